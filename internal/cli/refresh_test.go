package cli

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/hsterm/hsterm/internal/sandbox"
)

func TestRefreshCommand(t *testing.T) {
	l := newConnected(t)
	l.connect("--portal", "771204").want(t, 0, "globex", "Connected")
	l.run("refresh", "acme").want(t, 0, "refreshed", "")
	l.run("refresh", "--due").want(t, 0, "", "Nothing to refresh.")
	if err := l.server.Revoke(acme); err != nil {
		t.Fatal(err)
	}
	r := l.run("refresh", "--all", "--json")
	r.want(t, 4, "[", `{"error":{"class":"revoked"`)
	var rows []refreshJSON
	if err := json.Unmarshal([]byte(r.stdout), &rows); err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		if failed := row.Error != nil; failed != (row.Alias == "acme") || failed != (row.Outcome == "failed") {
			t.Errorf("the row of %s is %+v", row.Alias, row)
		}
	}
	for _, args := range [][]string{{}, {"acme", "--all"}, {"--all", "--due"}, {"--all", "--concurrency", "0"}} {
		l.run(append([]string{"refresh"}, args...)...).want(t, 2, "", "hsterm: ")
	}
	l.run("refresh", "globex", "nobody").want(t, 3, "", "nobody")
}

func TestRefreshOfShortTokens(t *testing.T) {
	l := newConnected(t, func(c *sandbox.Config) { c.TTL = 1e9 })
	first := l.run("token", "acme")
	first.want(t, 0, "hstermtestsecret", "")
	l.run("refresh", "acme").want(t, 0, "refreshed", "")
}

func TestServerFailure(t *testing.T) {
	l := newConnected(t)
	if err := l.server.AddFault(sandbox.Fault{Route: "token", Times: 1, Status: 503}); err != nil {
		t.Fatal(err)
	}
	l.run("refresh", "acme").want(t, 7, "failed", "0 of 1")
	_ = l.server.Close()
	l.run("api", "acme", "/account-info/2026-09/details").want(t, 7, "", "acme")
}

func TestStaticTokenHasNothingToRefresh(t *testing.T) {
	l := newLab(t)
	token, err := l.server.NewStaticToken(220145, []string{"oauth"})
	if err != nil {
		token, err = l.server.NewStaticToken(acme, []string{"oauth"})
	}
	if err != nil {
		t.Fatal(err)
	}
	l.feed(token+"\n", "add-token", "key", "--api-url", l.server.URL()).want(t, 0, "key", "Connected key")
	l.run("token", "key").want(t, 0, token, "")
	l.run("refresh", "key").want(t, 2, "", "static token")
	l.run("refresh", "--all").want(t, 0, "", "Nothing")
	r := l.run("list", "--json")
	r.want(t, 0, `"expires_at":null,"ttl_seconds":null`, "")
	if !strings.Contains(r.stdout, `"kind":"private-app"`) {
		t.Errorf("the kind is missing: %s", r.stdout)
	}
	l.feed("nonsense\n", "add-token", "other", "--api-url", l.server.URL()).want(t, 5, "", "Nothing was stored")
	l.feed(token+"\n", "add-token", "other", "--kind", "magic").want(t, 2, "", "not a kind")
}
