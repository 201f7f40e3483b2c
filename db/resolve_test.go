package db

import (
	"context"
	"strings"
	"testing"

	"github.com/hsterm/hsterm/oauth"
)

func TestResolve(t *testing.T) {
	s := newStore(t)
	one, two := addApp(t, s, "one"), addApp(t, s, "two")
	connect(t, s, one, 100, "acme-prod")
	connect(t, s, one, 200, "acme-dev")
	connect(t, s, two, 200, "globex")
	connect(t, s, two, 300, "acme")
	connect(t, s, two, 400, "2024-trial")
	tests := map[string]struct {
		alias string
		class oauth.Class
		says  []string
	}{
		"acme-prod":         {alias: "acme-prod"},
		"ACME-Prod":         {alias: "acme-prod"},
		"acme":              {alias: "acme"}, // exact before prefix
		"acme-p":            {alias: "acme-prod"},
		"GLO":               {alias: "globex"},
		"100":               {alias: "acme-prod"},
		"2024":              {alias: "2024-trial"}, // no such hub id, so a prefix
		"200":               {class: oauth.ClassUsage, says: []string{"acme-dev (one)", "globex (two)"}},
		"acm":               {class: oauth.ClassUsage, says: []string{"acme (two)", "acme-dev", "acme-prod"}},
		"acme-":             {class: oauth.ClassUsage, says: []string{"acme-dev", "acme-prod"}},
		"acme-prdo":         {class: oauth.ClassNotFound, says: []string{"acme-prod"}},
		"glbex":             {class: oauth.ClassNotFound, says: []string{"globex"}},
		"trial":             {class: oauth.ClassNotFound, says: []string{"2024-trial"}},
		"nothing":           {class: oauth.ClassNotFound, says: []string{"hsterm list"}},
		"999":               {class: oauth.ClassNotFound},
		"0":                 {class: oauth.ClassNotFound},
		"":                  {class: oauth.ClassUsage},
		"%":                 {class: oauth.ClassNotFound},
		"acme-prod\x1b[31m": {class: oauth.ClassNotFound, says: []string{`\x1b`}},
	}
	for ref, test := range tests {
		p, err := s.Resolve(context.Background(), ref)
		if test.class == "" {
			if must(t, err); p.Alias != test.alias {
				t.Errorf("%q is %s, want %s", ref, p.Alias, test.alias)
			}
			continue
		}
		e := wantClass(t, err, test.class)
		for _, text := range test.says {
			if !strings.Contains(e.Message+e.Hint, text) {
				t.Errorf("%q: %s %s, want %s", ref, e.Message, e.Hint, text)
			}
		}
	}
}

// What changes or removes a portal takes no beginnings.
func TestResolveExact(t *testing.T) {
	s := newStore(t)
	one, two := addApp(t, s, "one"), addApp(t, s, "two")
	connect(t, s, one, 100, "acme-prod")
	connect(t, s, one, 200, "acme-dev")
	connect(t, s, two, 200, "globex")
	for ref, alias := range map[string]string{"acme-prod": "acme-prod", "ACME-Prod": "acme-prod", "100": "acme-prod"} {
		if p, err := s.ResolveExact(context.Background(), ref); err != nil || p.Alias != alias {
			t.Errorf("%q is %s, %v", ref, p.Alias, err)
		}
	}
	for ref, says := range map[string]string{
		"acme-p": "Did you mean acme-prod?", "A": "Did you mean acme-dev or acme-prod?", "globx": "Did you mean globex?", "10": "hsterm list",
	} {
		_, err := s.ResolveExact(context.Background(), ref)
		if e := wantClass(t, err, oauth.ClassNotFound); !strings.Contains(e.Hint, says) {
			t.Errorf("%q: %s", ref, e.Hint)
		}
	}
	_, err := s.ResolveExact(context.Background(), "200")
	wantClass(t, err, oauth.ClassUsage)
}

func TestResolveWithNothingThere(t *testing.T) {
	_, err := newStore(t).Resolve(context.Background(), "acme")
	if e := wantClass(t, err, oauth.ClassNotFound); !strings.Contains(e.Hint, "hsterm connect") {
		t.Error(e.Hint)
	}
}

func TestRename(t *testing.T) {
	ctx := context.Background()
	s, p := onePortal(t)
	connect(t, s, oauth.App{ID: p.AppID}, 9, "globex")
	for alias, class := range map[string]oauth.Class{
		"globex": oauth.ClassUsage, "GLOBEX": oauth.ClassUsage, "": oauth.ClassUsage, "12": oauth.ClassUsage,
		"a b": oauth.ClassUsage, "-x": oauth.ClassUsage, "a/b": oauth.ClassUsage, "é": oauth.ClassUsage,
		strings.Repeat("a", 64): oauth.ClassUsage, "Acme-Prod": "", "acme.prod_2": "", strings.Repeat("a", 63): "",
	} {
		if err := s.Rename(ctx, p.ID, alias); oauth.ClassOf(err) != class {
			t.Errorf("%q: %v", alias, err)
		}
	}
	wantClass(t, s.Rename(ctx, 77, "x"), oauth.ClassNotFound)
	must(t, s.Rename(ctx, p.ID, "final"))
	events, err := s.Events(ctx, oauth.EventFilter{Limit: 1})
	if must(t, err); events[0].Kind != oauth.EventRenamed || events[0].Alias != "final" || !strings.HasPrefix(events[0].Detail, "was ") {
		t.Errorf("%+v", events[0])
	}
	grantOf(t, s, p.ID) // the alias is not sealed
}

func TestSettings(t *testing.T) {
	ctx := context.Background()
	s, p := onePortal(t)
	must(t, s.SetKeepFresh(ctx, p.ID, true))
	must(t, s.SetProtected(ctx, p.ID, true))
	if got := reload(t, s, p.ID); !got.KeepFresh || !got.Protected {
		t.Errorf("%+v", got)
	}
	must(t, s.SetKeepFresh(ctx, p.ID, false))
	if got := reload(t, s, p.ID); got.KeepFresh || !got.Protected {
		t.Errorf("%+v", got)
	}
	wantClass(t, s.SetProtected(ctx, 77, true), oauth.ClassNotFound)
}

func TestAliasFrom(t *testing.T) {
	free := func(string) bool { return false }
	for domain, want := range map[string]string{
		"acme.com": "acme", "www.acme.com": "acme", "ACME.example": "acme", "my-shop.acme.com": "my-shop",
		"": "portal-7", "123.com": "portal-7", "--.com": "portal-7", "bücher.example": "bcher",
		strings.Repeat("a", 99) + ".com": strings.Repeat("a", 55),
	} {
		if got := aliasFrom(domain, 7, free); got != want {
			t.Errorf("%s gives %s, want %s", domain, got, want)
		}
	}
	if got := aliasFrom("", 0, func(a string) bool { return a == "portal" }); got != "portal-2" {
		t.Error(got)
	}
}

func TestDistance(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"a", "", 1}, {"acme", "acme", 0}, {"acme", "amce", 1}, {"acme", "acne", 1}, {"acme", "acmee", 1}, {"kitten", "sitting", 3}} {
		if got := distance(c.a, c.b); got != c.want {
			t.Errorf("%s %s: %d", c.a, c.b, got)
		}
	}
}
