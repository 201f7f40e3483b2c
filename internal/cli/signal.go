package cli

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"github.com/hsterm/hsterm/oauth"
)

// signals ends the context at the first SIGINT, SIGTERM or SIGHUP and the
// process at the second. In between, close waits until no refresh is between its
// answer and its commit.
func (p *program) signals(parent context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(parent)
	arrived := make(chan os.Signal, 2)
	for _, s := range []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP} {
		// A SIGHUP that nohup ignored stays ignored.
		if !signal.Ignored(s) {
			signal.Notify(arrived, s)
		}
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
					os.Exit(exitInterrupted)
				}
			case <-done:
				return
			}
		}
	}()
	return ctx, func() { close(done) }
}

func interrupted(s os.Signal) error {
	word := "Interrupted."
	if s != os.Interrupt {
		word = "Stopped by a signal (" + s.String() + ")."
	}
	return &oauth.Error{Class: oauth.ClassInterrupted, Message: word}
}
