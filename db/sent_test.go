package db

import (
	"bytes"
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/hsterm/hsterm/oauth"
)

func testSent(p oauth.Portal) oauth.SentCall {
	return oauth.SentCall{
		PortalID: p.ID, At: noon(), Sample: "search-contacts", Method: "POST", Path: "/crm/objects/2026-09/contacts/search",
		Query: "q=" + marker + "@acme.com", Body: []byte(`{"query":"` + marker + `"}`), Status: 200, Class: "", Elapsed: 118 * time.Millisecond,
		Size: 4711, CorrelationID: "019cd9fe-1",
	}
}

func sentOf(t testing.TB, s *Store, id int64) []oauth.SentCall {
	t.Helper()
	calls, err := s.Sent(context.Background(), id)
	must(t, err)
	return calls
}

func TestASentCallIsKept(t *testing.T) {
	s, p := onePortal(t)
	want := testSent(p)
	must(t, s.KeepSent(context.Background(), want))
	got := sentOf(t, s, p.ID)
	if len(got) != 1 {
		t.Fatalf("%d calls", len(got))
	}
	want.ID = got[0].ID
	if fmt.Sprintf("%+v", got[0]) != fmt.Sprintf("%+v", want) {
		t.Errorf("got  %+v\nwant %+v", got[0], want)
	}
	must(t, s.ForgetSent(context.Background(), want.ID))
	must(t, s.ForgetSent(context.Background(), want.ID)) // gone already
	if n := len(sentOf(t, s, p.ID)); n != 0 {
		t.Errorf("%d calls after one was forgotten", n)
	}
}

// Query and body may be about people: without the key they are not there, and the
// file does not hold them in clear.
func TestTheRequestOfASentCallIsSealed(t *testing.T) {
	s, p := onePortal(t)
	must(t, s.KeepSent(context.Background(), testSent(p)))
	var blob []byte
	must(t, s.pool.QueryRow(`SELECT request FROM sent_calls`).Scan(&blob))
	if len(blob) == 0 || bytes.Contains(blob, []byte(marker)) {
		t.Errorf("the request is stored as %q", blob)
	}
	locked := sentOf(t, openStore(t, testOptions(s.Path())), p.ID)
	if len(locked) != 1 || !locked[0].Partial || locked[0].Query != "" || locked[0].Body != nil || locked[0].Status != 200 {
		t.Errorf("locked: %+v", locked)
	}
}

// A request put into another row does not open there.
func TestASentRequestBelongsToItsRow(t *testing.T) {
	s, p := onePortal(t)
	must(t, s.KeepSent(context.Background(), testSent(p)))
	other := testSent(p)
	other.Body = nil
	must(t, s.KeepSent(context.Background(), other))
	tamper(t, s, `UPDATE sent_calls SET request = (SELECT request FROM sent_calls ORDER BY id LIMIT 1) WHERE id = (SELECT max(id) FROM sent_calls)`)
	got := sentOf(t, s, p.ID)
	if !got[0].Partial || got[0].Body != nil || got[1].Partial {
		t.Errorf("%+v", got)
	}
}

func TestSentCallsAreBounded(t *testing.T) {
	s, p := onePortal(t)
	other := connect(t, s, addApp(t, s, "other"), 148231, "acme-other")
	must(t, s.KeepSent(context.Background(), testSent(other)))
	const more = 3
	for n := range oauth.SentKept + more {
		call := testSent(p)
		call.Size = n
		must(t, s.KeepSent(context.Background(), call))
	}
	got := sentOf(t, s, p.ID)
	var rows int
	must(t, s.pool.QueryRow(`SELECT count(*) FROM sent_calls`).Scan(&rows))
	if len(got) != oauth.SentKept || rows != oauth.SentKept+1 || got[0].Size != oauth.SentKept+more-1 || got[len(got)-1].Size != more {
		t.Errorf("%d calls in %d rows, sizes %d to %d", len(got), rows, got[0].Size, got[len(got)-1].Size)
	}
}

func TestWhatIsNotKeptOfSentCalls(t *testing.T) {
	ctx := context.Background()
	s, p := onePortal(t)
	for _, path := range []string{"/oauth/v1/access-tokens/" + marker, "/OAuth/2026-09/token/introspect", "//oauth/x"} {
		call := testSent(p)
		call.Path = path
		must(t, s.KeepSent(ctx, call))
	}
	if got := sentOf(t, s, p.ID); len(got) != 0 {
		t.Errorf("kept: %+v", got)
	}
	long := testSent(p)
	long.Body = bytes.Repeat([]byte("x"), oauth.SentMaxBody+1)
	must(t, s.KeepSent(ctx, long))
	if got := sentOf(t, s, p.ID); len(got) != 1 || !got[0].Partial || got[0].Body != nil {
		t.Errorf("kept: %+v", got)
	}
	must(t, s.RemovePortal(ctx, p.ID, oauth.Event{}))
	if got := sentOf(t, s, p.ID); len(got) != 0 {
		t.Errorf("of a portal that is gone: %+v", got)
	}
	must(t, s.KeepSent(ctx, testSent(p))) // no failure either
}
