// Package cli is hsterm's command line and its composition root: the only place
// that sees every part. Each command has a file named after it.
//
// Data goes to stdout, words go to stderr, and the exit code says which class of
// failure ended a command.
package cli

import (
	"context"
	"errors"
	"io"
	"log"
	"os"
	"time"

	"github.com/hsterm/hsterm/oauth"
)

// Main runs one hsterm command and returns the exit code of the process. args
// leaves out the program's name; environ is in the form of [os.Environ].
func Main(args []string, stdin, stdout, stderr *os.File, environ []string) int {
	return MainAt(time.Now, args, stdin, stdout, stderr, environ)
}

// MainAt is [Main] by another clock, such as one that stands still for a picture.
func MainAt(now func() time.Time, args []string, stdin, stdout, stderr *os.File, environ []string) int {
	harden()
	log.SetOutput(io.Discard) // net/http reports there what servers send unasked: tokens, over the screen
	p := newProgram(stdin, stdout, stderr, newEnvironment(environ), now)
	p.plantFailpoints()
	ctx, stop := p.signals(context.Background())
	defer stop()
	err := p.guarded(ctx, args)
	p.tellSkew()
	p.rescue(ctx)
	p.close()
	return p.finish(ctx, args, err)
}

// guarded turns a panic into a failure that prints no values: they may hold a
// secret. The names of the functions that were running are enough to find it.
func (p *program) guarded(ctx context.Context, args []string) (err error) {
	defer func() {
		if value := recover(); value != nil {
			err = crashed(value)
		}
	}()
	return p.execute(ctx, args)
}

func (p *program) execute(ctx context.Context, args []string) error {
	root := newRootCommand(p)
	root.SetArgs(args)
	root.SetIn(p.in)
	root.SetOut(p.out)
	root.SetErr(p.err)
	return root.ExecuteContext(ctx)
}

// finish prints what went wrong and turns it into the exit code. A command that
// ended because of a signal says so, whatever the error it came back with, unless
// that error is about something that must not be overlooked.
func (p *program) finish(ctx context.Context, args []string, err error) int {
	if err == nil {
		return exitOK
	}
	var ended *childExit
	if errors.As(err, &ended) {
		return ended.code
	}
	if stopped := context.Cause(ctx); stopped != nil && !outranks(err) {
		err = stopped
	}
	if readerGone(err) {
		return exitReaderGone // head has what it wanted: nothing went wrong
	}
	p.printFailure(err, p.flags.json || wantsJSON(args))
	return exitCode(err)
}

// outranks tells whether an error says more than the interruption that came with
// it.
func outranks(err error) bool {
	switch oauth.ClassOf(err) {
	case oauth.ClassUnsaved, oauth.ClassStore, oauth.ClassUnknownOutcome, oauth.ClassInterrupted:
		return true
	}
	return false
}
