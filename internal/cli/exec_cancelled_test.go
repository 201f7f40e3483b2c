package cli

import (
	"context"
	"syscall"
	"testing"

	"github.com/hsterm/hsterm/oauth"
)

// A signal that comes while everything is given back ends the command before it
// begins.
func TestExecDoesNotStartWhatWasInterrupted(t *testing.T) {
	l := newConnected(t)
	p, _ := l.explorer()
	ctx, cancel := context.WithCancelCause(t.Context())
	p.atClose(func(context.Context) { cancel(interrupted(syscall.SIGTERM)) })
	err := p.execute(ctx, []string{"exec", "acme", "--", "false"})
	if oauth.ClassOf(err) != oauth.ClassInterrupted {
		t.Errorf("it ended with %v", err)
	}
}
