//go:build scoreboard

package test

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/hsterm/hsterm/db"
	"github.com/hsterm/hsterm/oauth"
)

// badAnswer is one way a server can fail, and what the program has to make of it.
type badAnswer struct {
	name  string
	class oauth.Class // "" for an answer that is odd, and good all the same

	// One of these spoils the answer.
	answer func(x *exchange)   // to a request that was read
	early  func(conn net.Conn) // before any is
	fault  string              // JSON of the sandbox's own fault
	secure *badTLS             // how TLS fails; answer may come on top

	args   []string     // of the program before the portal's alias; nil for refresh --json
	after  []string     // and behind it
	path   string       // end of the paths that are spoiled; "" for the token endpoint's
	status oauth.Status // stored afterwards; "" for active
	calls  int          // spoiled requests there may be; 0 for one, -1 for one or none
	slow   bool         // takes seconds of waiting, not of work
	wait   bounds       // until the next refresh is sent

	renewed bool // a call that brings a new token on the way
}

// bounds are the least and the most something may be.
type bounds struct{ least, most time.Duration }

func (c badAnswer) spoils(path string) bool {
	end := c.path
	if end == "" {
		end = "/token"
	}
	return strings.HasSuffix(path, end)
}

// command is what is run on the portal of the case.
func (c badAnswer) command(alias string) []string {
	if c.args == nil {
		return []string{"refresh", alias, "--json"}
	}
	return slices.Concat(c.args, []string{alias}, c.after)
}

func (c badAnswer) aboutCalls() bool { return len(c.args) > 0 && c.args[0] == "api" }

// exitOf is the promise of exit codes that scripts rely on.
func exitOf(class oauth.Class) int {
	switch class {
	case "":
		return 0
	case oauth.ClassRevoked, oauth.ClassExpired, oauth.ClassInvalid, oauth.ClassNotAToken:
		return 4
	case oauth.ClassPermissionDenied, oauth.ClassForbidden, oauth.ClassWrongCredential:
		return 5
	case oauth.ClassRateLimited:
		return 6
	case oauth.ClassTransient, oauth.ClassBadResponse:
		return 7
	case oauth.ClassAppMisconfigured:
		return 8
	case oauth.ClassUnknownOutcome:
		return 10
	default: // wrong_portal, rejected
		return 1
	}
}

func badAnswers(thief string) []badAnswer {
	return slices.Concat(badWire(), badSecrecy(), badFaults(thief), badStatuses(), badRedirects(thief), badBodies(), badTokens(),
		badLifetimes(), badLimits(), badSettings(), trueRefusals(), noRefusals(), oddButGood(), badCalls(thief), badWrites())
}

// Every bad answer there is, to the built program: each is called what it is,
// none ends a connection that is good, and nothing stored is lost.
func TestRow06BadAnswers(t *testing.T) {
	var stolen atomic.Int64
	thief := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { stolen.Add(1) }))
	defer thief.Close()
	stage := newBadStage(t)
	cases := badAnswers(thief.URL)
	slices.SortStableFunc(cases, func(a, b badAnswer) int { // the slow ones first: they wait side by side
		switch {
		case a.slow == b.slow:
			return 0
		case a.slow:
			return -1
		}
		return 1
	})
	var good atomic.Int64
	t.Run("cases", func(t *testing.T) {
		var all sync.WaitGroup
		quick := make(chan struct{}, 4)
		for i, c := range cases {
			if !c.slow {
				quick <- struct{}{}
			}
			all.Go(func() {
				t.Run(c.name, func(t *testing.T) {
					stage.play(t, c, i)
					if !t.Failed() {
						good.Add(1)
					}
				})
				if !c.slow {
					<-quick
				}
			})
		}
		all.Wait()
	})
	if n := stolen.Load(); n > 0 {
		t.Errorf("the host that redirects point to saw %d requests", n)
	}
	const least = 60
	if len(cases) < least {
		t.Errorf("%d cases; %d are promised", len(cases), least)
	}
	slowest := time.Duration(stage.slowest.Load())
	publish(t, score{
		Row: 6, Figure: "bad server answers called what they are, nothing stored changed, no false reconnect",
		Count: fmt.Sprintf("%d of %d, 0 redirects followed, slowest %.1f s", good.Load(), len(cases), slowest.Seconds()),
	})
}

// badStage is the one home and store that all cases share.
type badStage struct {
	w       *world
	store   *db.Store
	roots   *badRoots
	slowest atomic.Int64 // of the runs, nanoseconds
}

func newBadStage(t *testing.T) *badStage {
	t.Helper()
	w := newWorld(t)
	roots := newBadRoots(t, w.dir)
	w.set("SSL_CERT_FILE="+roots.file, "SSL_CERT_DIR="+filepath.Join(w.dir, "none"))
	return &badStage{w: w, store: openBadStore(t, w), roots: roots}
}

// openBadStore opens the program's own database, with the key it will find.
func openBadStore(t *testing.T, w *world) *db.Store {
	t.Helper()
	store, err := db.Open(t.Context(), db.Options{
		Path: filepath.Join(w.dir, "data", "hsterm", "hsterm.db"), Actor: "test",
		Keys: db.KeyOptions{Source: db.SourceEnv, Getenv: func(name string) string {
			for _, pair := range slices.Backward(w.env) {
				if value, ok := strings.CutPrefix(pair, name+"="); ok {
					return value
				}
			}
			return ""
		}},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	return store
}

// play connects a portal, runs the program against its bad server, and looks
// what is left: the same grant, and one that still works.
func (s *badStage) play(t *testing.T, c badAnswer, number int) {
	alias := fmt.Sprintf("portal-%d", number)
	if c.secure != nil {
		c.secure = c.secure.with(s.roots)
	}
	h := newBadHost(t, c, number)
	before := s.connect(t, h, alias)
	h.spoil(t)
	began := time.Now()
	r := s.run(t, c.command(alias)...)
	took := time.Since(began)
	s.remember(took)
	// The program's own limit, and what starting it may take on a busy machine.
	if limit := oauth.RequestTimeout + 5*time.Second; took > limit {
		t.Errorf("it took %s", took)
	}
	if class := r.class(t); class != c.class || r.code != exitOf(c.class) {
		t.Errorf("class %q, exit %d; wanted %q, %d\n%s", class, r.code, c.class, exitOf(c.class), r.stderr)
	}
	if strings.Contains(r.stdout+r.stderr, marker) && !c.aboutCalls() {
		t.Errorf("a secret is shown:\n%s%s", r.stdout, r.stderr)
	}
	if n := h.noticed(c.calls >= 0); n > max(1, c.calls) || n == 0 && c.calls >= 0 {
		t.Errorf("%d spoiled requests, wanted 1 to %d", n, max(1, c.calls))
	}
	if n := h.leaked.Load(); n > 0 {
		t.Errorf("%d requests were sent on a connection that is not secure", n)
	}
	s.settle(t, c, h, before)
}

func (s *badStage) run(t *testing.T, args ...string) result {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*patience)
	defer cancel()
	r, err := finish(s.w.command(ctx, args...), "")
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// class is that of the failure a command told in JSON.
func (r result) class(t *testing.T) oauth.Class {
	t.Helper()
	var told struct {
		Error struct{ Class, Message string }
	}
	if r.code == 0 {
		return ""
	}
	if err := json.Unmarshal([]byte(r.stderr), &told); err != nil || told.Error.Message == "" {
		t.Errorf("no failure in %q: %v", r.stderr, err)
	}
	return oauth.Class(told.Error.Class)
}

func (s *badStage) remember(took time.Duration) {
	for {
		old := s.slowest.Load()
		if int64(took) <= old || s.slowest.CompareAndSwap(old, int64(took)) {
			return
		}
	}
}
