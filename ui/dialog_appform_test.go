package ui

import (
	"strings"
	"testing"

	"github.com/hsterm/hsterm/oauth"
)

// TestEditApp: a wrong client secret can be replaced where it was found out.
func TestEditApp(t *testing.T) {
	play(t, scenario, 80, 24, frozen, func(s *stage) {
		s.fake.apps[0].ClientSecret = oauth.NewSecret("hstermtestsecret-old")
		s.press("a", "e")
		s.sees("Edit main", "empty keeps the stored one", "enter save")
		s.misses("hstermtestsecret", "add the app")
		golden(s.t, "app_edit_80x24", s.frame(), 80, 24)
		before := s.fake.apps[0]
		s.press("enter")
		s.sees("Apps", "main changed: t checks client id and secret", "app main changed ✓")
		if app := s.fake.apps[0]; app.ID != before.ID || app.ClientSecret.Reveal() != "hstermtestsecret-old" ||
			strings.Join(app.Scopes, " ") != strings.Join(before.Scopes, " ") || app.APIVersion != before.APIVersion {
			s.t.Errorf("stored %+v, not %+v", app, before)
		}
		s.press("e")
		s.typeText("hstermtestsecret-new")
		s.press("enter")
		if got := s.fake.apps[0].ClientSecret.Reveal(); got != "hstermtestsecret-new" {
			s.t.Error("the secret was not replaced")
		}
		s.hinder(fails("UpdateApp", &oauth.Error{Class: oauth.ClassUsage, Message: "Portals depend on the app main.", Hint: "Add a second app."}))
		s.press("e", "enter")
		s.sees("Portals depend on the app main.", "Add a second app.")
	})
}

// TestFormLeadsBack: esc goes back to where the form was opened from.
func TestFormLeadsBack(t *testing.T) {
	play(t, scenario, 80, 24, nil, func(s *stage) {
		for _, c := range []struct{ open, back string }{{"a", "Apps"}, {"n", "Connect a portal with which app?"}} {
			s.press(c.open, "n")
			s.sees("New app")
			s.press("esc")
			s.sees(c.back)
			s.misses("New app")
			s.press("esc")
			s.misses(c.back)
		}
	})
}
