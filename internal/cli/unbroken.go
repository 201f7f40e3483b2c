package cli

import (
	"context"
	"sync"

	"github.com/hsterm/hsterm/oauth"
)

// unbroken counts the calls of the screen that the end of the program must not
// cut off: after the server's answer the store is the only place that has it.
type unbroken struct {
	mu      sync.Mutex
	ended   bool
	running sync.WaitGroup
}

// enter lets a call begin, unless the program is ending.
func (u *unbroken) enter() (leave func(), ok bool) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.ended {
		return nil, false
	}
	u.running.Add(1)
	return u.running.Done, true
}

// drain lets no call begin any more and returns when all have ended, or ctx has.
func (u *unbroken) drain(ctx context.Context) {
	u.mu.Lock()
	u.ended = true
	u.mu.Unlock()
	done := make(chan struct{})
	go func() {
		u.running.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-ctx.Done():
	}
}

// errEnding is the answer to a call that came too late.
func errEnding() error {
	return &oauth.Error{
		Class: oauth.ClassInterrupted, Message: "hsterm is ending; nothing was sent.",
		Hint: "Start it again and repeat this.",
	}
}
