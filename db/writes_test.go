package db

import (
	"bytes"
	"context"
	"fmt"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/hsterm/hsterm/oauth"
)

// testWrite creates a contact in a portal at noon.
func testWrite(p oauth.Portal) oauth.Write {
	return oauth.Write{
		PortalID: p.ID, Method: "POST", Path: "/crm/objects/2026-09/contacts", Query: "a=1",
		Body: []byte(`{"properties":{"email":"` + marker + `@acme.com"}}`), At: noon(),
	}
}

// begin puts a write on record, and returns 0 when it is held back.
func begin(t testing.TB, s *Store, w oauth.Write, again bool) (int64, *oauth.Doubt) {
	t.Helper()
	id, doubt, err := s.BeginWrite(context.Background(), w, again)
	must(t, err)
	if (id == 0) != (doubt != nil) {
		t.Fatalf("write %d, doubt %+v", id, doubt)
	}
	return id, doubt
}

func end(t testing.TB, s *Store, id int64, outcome oauth.WriteOutcome) {
	t.Helper()
	must(t, s.EndWrite(context.Background(), id, outcome))
}

func countWrites(t testing.TB, s *Store) (n int) {
	t.Helper()
	must(t, s.pool.QueryRow(`SELECT count(*) FROM writes`).Scan(&n))
	return n
}

// A process that is killed says nothing: another store on the file stands for the
// one that comes after it.
func TestAWriteOutlivesItsProcess(t *testing.T) {
	killed, p := onePortal(t)
	begin(t, killed, testWrite(p), false)
	s := openStore(t, testOptions(killed.Path())) // locked
	_, doubt := begin(t, s, testWrite(p), false)
	if doubt == nil || !doubt.At.Equal(noon()) || doubt.Answered {
		t.Errorf("doubt %+v", doubt)
	}
}

func TestTheEndOfAWrite(t *testing.T) {
	for outcome, held := range map[oauth.WriteOutcome]bool{oauth.WriteDone: false, oauth.WriteRefused: false, oauth.WriteUnknown: true} {
		s, p := onePortal(t)
		id, _ := begin(t, s, testWrite(p), false)
		end(t, s, id, outcome)
		_, doubt := begin(t, s, testWrite(p), false)
		if (doubt != nil) != held || held && !doubt.Answered {
			t.Errorf("%s: doubt %+v", outcome, doubt)
		}
	}
}

// What is sent although there is a doubt ends it when it is carried out: whoever
// sent it had looked. A refusal says nothing about the one before.
func TestAWriteThatIsSentAgain(t *testing.T) {
	for outcome, held := range map[oauth.WriteOutcome]bool{oauth.WriteDone: false, oauth.WriteRefused: true, oauth.WriteUnknown: true} {
		s, p := onePortal(t)
		first, _ := begin(t, s, testWrite(p), false)
		end(t, s, first, oauth.WriteUnknown)
		second, _ := begin(t, s, testWrite(p), true)
		end(t, s, second, outcome)
		if _, doubt := begin(t, s, testWrite(p), false); (doubt != nil) != held {
			t.Errorf("%s: doubt %+v", outcome, doubt)
		}
	}
	s, p := onePortal(t)
	first, _ := begin(t, s, testWrite(p), false)
	begin(t, s, testWrite(p), true) // still under way when the first ends
	end(t, s, first, oauth.WriteDone)
	if _, doubt := begin(t, s, testWrite(p), false); doubt == nil {
		t.Error("the end of the first forgot the second")
	}
}

func TestOnlyTheSameWriteIsHeldBack(t *testing.T) {
	s, p := onePortal(t)
	other := connect(t, s, addApp(t, s, "other"), 148231, "acme-other")
	begin(t, s, testWrite(p), false)
	for name, change := range map[string]func(*oauth.Write){
		"portal": func(w *oauth.Write) { w.PortalID = other.ID },
		"method": func(w *oauth.Write) { w.Method = "PATCH" },
		"path":   func(w *oauth.Write) { w.Path += "/1" },
		"query":  func(w *oauth.Write) { w.Query = "" },
		"body":   func(w *oauth.Write) { w.Body = append(bytes.Clone(w.Body), ' ') },
		"place":  func(w *oauth.Write) { w.Path, w.Query = w.Path+"a", "=1" },
	} {
		w := testWrite(p)
		change(&w)
		if id, doubt := begin(t, s, w, false); doubt != nil {
			t.Errorf("another %s is held back: %+v", name, doubt)
		} else {
			end(t, s, id, oauth.WriteDone)
		}
	}
	if _, doubt := begin(t, s, testWrite(p), false); doubt == nil {
		t.Error("the end of others ended this one")
	}
}

func TestAWriteIsRememberedForTenMinutes(t *testing.T) {
	for after, held := range map[time.Duration]bool{
		0: true, 10*time.Minute - time.Millisecond: true, 10 * time.Minute: false, time.Hour: false,
		-time.Minute: true, -time.Hour: false, // the clock was set back
	} {
		s, p := onePortal(t)
		begin(t, s, testWrite(p), false)
		later := testWrite(p)
		later.At = noon().Add(after)
		if _, doubt := begin(t, s, later, false); (doubt != nil) != held {
			t.Errorf("after %s: doubt %+v", after, doubt)
		}
		if n := countWrites(t, s); n != 1 {
			t.Errorf("after %s: %d rows", after, n)
		}
	}
}

// The row tells neither body nor query, and a guess at the body proves nothing
// without the key.
func TestARowOfAWriteTellsLittle(t *testing.T) {
	s, p := onePortal(t)
	begin(t, s, testWrite(p), false)
	var method, path string
	var mark []byte
	must(t, s.pool.QueryRow(`SELECT method, path, fingerprint FROM writes`).Scan(&method, &path, &mark))
	if method != "POST" || path != "/crm/objects/2026-09/contacts" || len(mark) != 32 {
		t.Errorf("%s %s, %d bytes", method, path, len(mark))
	}
	otherKey, err := newSealer(bytes.Repeat([]byte{8}, keySize), s.install)
	must(t, err)
	otherPlace, err := newSealer(memoryKey(), "other install")
	must(t, err)
	for _, other := range []*sealer{otherKey, otherPlace} {
		if bytes.Equal(other.fingerprint(testWrite(p)), mark) {
			t.Error("the fingerprint does not depend on the key")
		}
	}
}

func TestAWriteNeedsItsPortal(t *testing.T) {
	ctx := context.Background()
	s, p := onePortal(t)
	begin(t, s, testWrite(p), false)
	must(t, s.RemovePortal(ctx, p.ID, oauth.Event{}))
	if n := countWrites(t, s); n != 0 {
		t.Errorf("%d rows of a portal that is gone", n)
	}
	_, _, err := s.BeginWrite(ctx, testWrite(p), false)
	wantClass(t, err, oauth.ClassNotFound)
	end(t, s, 4711, oauth.WriteDone) // of no row
}

// Of many who send the same at once, one does.
func TestOneOfManyBeginsAWrite(t *testing.T) {
	made, p := onePortal(t)
	group, ctx := errgroup.WithContext(context.Background())
	var begun [8]bool
	for i := range begun {
		s := made
		if i%2 == 1 {
			s = openStore(t, testOptions(made.Path()))
		}
		group.Go(func() error {
			id, _, err := s.BeginWrite(ctx, testWrite(p), false)
			begun[i] = id != 0
			return err
		})
	}
	must(t, group.Wait())
	if text := fmt.Sprint(begun); countWrites(t, made) != 1 || bytes.Count([]byte(text), []byte("true")) != 1 {
		t.Error(text)
	}
}
