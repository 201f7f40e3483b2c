package db

import (
	"context"
	"fmt"
	"testing"

	"golang.org/x/sync/errgroup"

	"github.com/hsterm/hsterm/oauth"
)

// Goroutines of one process unlock, read and write at once.
func TestManyGoroutines(t *testing.T) {
	made, p := onePortal(t)
	s := openStore(t, testOptions(made.Path())) // locked
	group, ctx := errgroup.WithContext(context.Background())
	var wins [8]bool
	for i := range wins {
		group.Go(func() error {
			if _, err := s.Grant(ctx, p.ID); err != nil {
				return err
			}
			if _, err := s.Portals(ctx); err != nil {
				return err
			}
			if _, err := s.Revision(ctx); err != nil {
				return err
			}
			_, ok, err := s.Acquire(ctx, claim(p, fmt.Sprint(i)))
			wins[i] = ok
			if err != nil {
				return err
			}
			return s.RecordCall(ctx, oauth.CallRecord{PortalID: p.ID, At: noon()})
		})
	}
	must(t, group.Wait())
	won := 0
	for _, ok := range wins {
		if ok {
			won++
		}
	}
	if got := reload(t, s, p.ID); won != 1 || got.Health.Calls != int64(len(wins)) {
		t.Errorf("%d won, %d calls", won, got.Health.Calls)
	}
}
