//go:build scoreboard

package test

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/hsterm/hsterm/oauth"
)

// killPoints are where a process is killed, in the order of a refresh.
func killPoints() []string {
	return []string{
		"before-probe", "before-acquire", "after-acquire", "before-send",
		"on-the-wire", "after-answer", "in-commit", "after-save",
	}
}

// sentAt tells whether the request has left a process that is at a point.
func sentAt(point string) bool {
	return slices.Contains([]string{"on-the-wire", "after-answer", "in-commit", "after-save"}, point)
}

// storedAt tells whether the answer has been stored.
func storedAt(point string) bool { return point == "after-save" }

// leaseLapse is how long after a kill the lease is free for sure.
const leaseLapse = 61 * time.Second

// killTally is what came of all trials.
type killTally struct {
	mu                                            sync.Mutex
	trials, stored, again, told, failed, realtime int
}

// Row 2: a process is killed at a point of its refresh, and when its lease has
// lapsed the program is asked for the same token. Nothing is lost that could be
// kept: only where a server that rotates had answered, and the answer was not
// stored yet, the grant is gone, and then the program says just that.
func TestRow02Kill(t *testing.T) {
	t.Parallel()
	each := trials(10, 200)
	perBatch := trials(80, 400) // portals; a multiple of the points
	tally := &killTally{}
	for _, rotation := range []string{"off", "strict"} {
		k := &killRow{fleet: newFleet(t, perBatch, rotation), rotation: rotation, tally: tally}
		k.program = pointedProgram(t)
		batches := each * len(killPoints()) / perBatch
		for batch := range batches {
			// The whole set ends with one batch in which the lease lapses by waiting.
			k.batch(trials(0, 1) == 1 && batch == batches-1)
		}
	}
	publish(t, score{
		Row: 2, Figure: "kill -9 at 8 points of a refresh × refresh tokens kept or strictly rotated",
		Count: fmt.Sprintf("%d trials (%d waited a real minute): %d had been stored, %d refreshed once more, %d lost between answer and commit of a rotating server and told so, %d otherwise",
			tally.trials, tally.realtime, tally.stored, tally.again, tally.told, tally.failed),
	})
}

// killRow is one server of row 2 and the portals on it.
type killRow struct {
	*fleet
	rotation string
	program  string // with failpoints
	tally    *killTally
}

func (k *killRow) point(i int) string { return killPoints()[i%len(killPoints())] }

// lost tells whether nobody can know the newest refresh token any more.
func (k *killRow) lost(i int) bool {
	return k.rotation == "strict" && sentAt(k.point(i)) && !storedAt(k.point(i))
}

// batch tries every portal once.
func (k *killRow) batch(realtime bool) {
	k.t.Helper()
	n := len(k.portals)
	k.each(n, 4, k.expire)
	k.look()
	// A clock that is a minute behind takes a lease that has lapsed by now.
	how := pointed{clock: "-" + leaseLapse.String()}
	if realtime {
		how.clock = ""
	}
	k.each(n, 4, func(i int) error { return k.kill(i, how) })
	k.answered()
	if realtime {
		pass(k.t, leaseLapse)
	}
	k.look()
	failures := make([]error, n)
	k.each(n, 40, func(i int) error { // many wait for a late holder that never comes
		failures[i] = k.recover(i)
		return failures[i]
	})
	calls := k.refreshes()
	for i := range n {
		if want := k.callsToRecover(i); failures[i] == nil && calls[k.hub(i)] != want {
			failures[i] = fmt.Errorf("%s: %d more token calls, want %d", k.point(i), calls[k.hub(i)], want)
			k.t.Errorf("%d: %v", i, failures[i])
		}
	}
	k.tally.add(k, failures, realtime)
	k.reconnect()
}

// kill runs the program until it is killed at its point.
func (k *killRow) kill(i int, how pointed) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	how.point = k.point(i) + "=kill"
	cmd := k.pointedCommand(ctx, k.program, how, "token", alias(i))
	r, err := finish(cmd, "")
	if err != nil {
		return err
	}
	if !killed(cmd.ProcessState) || r.stdout != "" {
		return fmt.Errorf("%s: it ended with %d: %s", k.point(i), r.code, r.stderr)
	}
	return nil
}

// answered waits until the server has carried out what the killed processes sent.
func (k *killRow) answered() {
	k.t.Helper()
	k.until("the server has seen the requests that were sent, each once", func() bool {
		calls := k.refreshes()
		for i := range k.portals {
			if want := map[bool]int{true: 1}[sentAt(k.point(i))]; calls[k.hub(i)] != want {
				return false
			}
		}
		return true
	})
}

// callsToRecover is how many more token calls a portal needs: none when its token
// is stored, otherwise one.
func (k *killRow) callsToRecover(i int) int {
	if storedAt(k.point(i)) {
		return 0
	}
	return 1
}

// recover asks the ordinary program for the token and judges what it says.
func (k *killRow) recover(i int) error {
	ctx, cancel := context.WithTimeout(context.Background(), 2*patience)
	defer cancel()
	r, err := finish(k.command(ctx, "token", alias(i)), "")
	if err != nil {
		return err
	}
	p, err := k.store.Portal(ctx, k.portals[i].ID)
	if err != nil {
		return err
	}
	if k.lost(i) {
		unknown := strings.Contains(r.stderr, "outcome is unknown") && strings.Contains(p.StatusReason, "outcome is unknown")
		if r.code != 4 || !unknown || strings.Contains(r.stderr, "revoked") || p.Status != oauth.StatusReconnectRequired {
			return fmt.Errorf("%s: exit %d, %s, %q: %s", k.point(i), r.code, p.Status, p.StatusReason, r.stderr)
		}
		return nil
	}
	if r.code != 0 || p.Status != oauth.StatusActive || p.Version != k.portals[i].Version+1 {
		return fmt.Errorf("%s: exit %d, %s, version %d after %d: %s", k.point(i), r.code, p.Status, p.Version, k.portals[i].Version, r.stderr)
	}
	return k.works(r.stdout)
}

// add counts a batch.
func (c *killTally) add(k *killRow, failures []error, realtime bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i, err := range failures {
		c.trials++
		if realtime {
			c.realtime++
		}
		switch {
		case err != nil:
			c.failed++
		case k.lost(i):
			c.told++
		case storedAt(k.point(i)):
			c.stored++
		default:
			c.again++
		}
	}
}

// reconnect gives the lost portals a new consent, the first of each point by the
// program as a person would. Then all of them work.
func (k *killRow) reconnect() {
	k.t.Helper()
	for i := range k.portals {
		if k.lost(i) && i < len(killPoints()) {
			k.ok("connect", "--portal", strconv.FormatInt(k.hub(i), 10))
			if err := k.works(k.ok("token", alias(i))); err != nil {
				k.t.Errorf("%d after a reconnect: %v", i, err)
			}
		}
	}
	k.each(len(k.portals), 4, func(i int) error {
		if k.lost(i) {
			return k.connect(i)
		}
		return nil
	})
}

// pass lets real time go by.
func pass(t *testing.T, d time.Duration) {
	t.Helper()
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-t.Context().Done():
	}
}
