package db

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hsterm/hsterm/oauth"
)

func TestHangingKeyringEndsInTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ring := &fakeRing{hang: make(chan struct{}), broken: errors.New("too late")}
		defer close(ring.hang)
		keys := KeyOptions{Keyring: ring}
		vault := keys.vault(SourceSystem, "x.db", "install")
		calls := map[string]func() error{
			"choose": func() error { _, err := keys.choose(context.Background()); return err },
			"create": func() error { _, err := vault.create(context.Background(), &slot{id: "s"}); return err },
			"fetch":  func() error { _, err := vault.fetch(context.Background(), slot{id: "s"}, 1); return err },
		}
		for name, call := range calls {
			began := time.Now()
			e := wantClass(t, call(), oauth.ClassStore)
			if took := time.Since(began); took > ringLimit {
				t.Errorf("%s took %v", name, took)
			}
			if !strings.Contains(e.Message, "3s") {
				t.Errorf("%s: %s", name, e.Message)
			}
		}
	})
}

func TestProbeLeavesNothing(t *testing.T) {
	ring := newRing()
	must(t, KeyOptions{Keyring: ring}.system().probe(context.Background()))
	if len(ring.entries) != 0 {
		t.Errorf("left %v", ring.entries)
	}
}
