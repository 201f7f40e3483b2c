package cli

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"os/signal"
	"syscall"

	"golang.org/x/term"

	"github.com/hsterm/hsterm/oauth"
)

// signals ends the context at the first SIGINT, SIGTERM or SIGHUP and the
// process at the second. In between, close waits until no refresh is between its
// answer and its commit.
func (p *program) signals(parent context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(parent)
	arrived := make(chan os.Signal, 2)
	restore := terminalState(p.in)
	for _, s := range []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP} {
		// A SIGHUP that nohup ignored stays ignored.
		if !signal.Ignored(s) {
			signal.Notify(arrived, s)
		}
	}
	// A reader that goes away (hsterm refresh --all | head -1) must not end the
	// process between an answer and its commit: the write fails instead. Ignoring
	// the signal would do the same for children too.
	unread := make(chan os.Signal, 1)
	if !signal.Ignored(syscall.SIGPIPE) {
		signal.Notify(unread, syscall.SIGPIPE)
	}
	done := make(chan struct{})
	go func() {
		defer signal.Stop(arrived)
		select {
		case s := <-arrived:
			cancel(interrupted(s))
		case <-done:
			return
		}
		for {
			select {
			case s := <-arrived:
				// A window that closes sends SIGHUP twice, by the kernel and by
				// the shell: that is one wish, not impatience.
				if s != syscall.SIGHUP {
					restore()
					p.leave()
					os.Exit(exitInterrupted)
				}
			case <-done:
				return
			}
		}
	}()
	return ctx, func() {
		signal.Stop(unread)
		close(done)
	}
}

// terminalState remembers how a terminal is set, for restore to set it so again.
func terminalState(f *os.File) (restore func()) {
	if !isTerminal(f) {
		return func() {}
	}
	fd := int(f.Fd())
	state, err := term.GetState(fd)
	if err != nil {
		return func() {}
	}
	return func() { _ = term.Restore(fd, state) }
}

func interrupted(s os.Signal) error {
	word := "Interrupted."
	if s != os.Interrupt {
		word = "Stopped by a signal (" + s.String() + ")."
	}
	return &oauth.Error{Class: oauth.ClassInterrupted, Message: word}
}

// readerGone tells whether an error is that nobody reads a stream any more. On a
// connection the same errno is a failure like any other.
func readerGone(err error) bool {
	var write *fs.PathError
	return errors.As(err, &write) && errors.Is(write.Err, syscall.EPIPE)
}
