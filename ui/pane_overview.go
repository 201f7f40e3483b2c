package ui

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/hsterm/hsterm/oauth"
	"github.com/hsterm/hsterm/theme"
)

// overviewPane shows what is stored about a portal, and how it fares.
type overviewPane struct{ top int }

func newOverviewPane() *overviewPane { return &overviewPane{} }

func (p *overviewPane) show(scene) tea.Cmd                   { return nil }
func (p *overviewPane) update(scene, result) tea.Cmd         { return nil }
func (p *overviewPane) typing() bool                         { return false }
func (p *overviewPane) typed(scene, tea.KeyPressMsg) tea.Cmd { return nil }
func (p *overviewPane) pasted(scene, string) tea.Cmd         { return nil }

func (p *overviewPane) move(s scene, f frame, by motion) tea.Cmd {
	p.top = scrolled(p.top, len(p.lines(s, f.width)), f.height, by)
	return nil
}

func (p *overviewPane) view(s scene, f frame) picture {
	return window(s.theme, p.lines(s, f.width), f, p.top)
}

// fact is one line of the overview: a name, the value, and an aside.
type fact struct {
	name  string
	value string
	ink   theme.Ink
	aside string
}

func (p *overviewPane) lines(s scene, width int) []string {
	var lines []string
	for _, f := range p.stored(s) {
		lines = append(lines, f.line(s.theme, width))
	}
	lines = append(lines, "", s.theme.Strong.Render("health"))
	for _, f := range p.health(s) {
		lines = append(lines, f.line(s.theme, width))
	}
	return lines
}

const factName = 13

func (f fact) line(t theme.Theme, width int) string { return f.named(t, width, factName) }

// named is the fact with its name in that many cells.
func (f fact) named(t theme.Theme, width, name int) string {
	var r run
	r.add(t.Muted, left(f.name, name, t.Glyphs.Ellipsis))
	r.add(f.ink, cut(f.value, width-name, t.Glyphs.Ellipsis))
	if f.aside != "" && width-r.cells > 4 {
		r.gap(t.Text, 2).add(t.Muted, cut(f.aside, width-r.cells-2, t.Glyphs.Ellipsis))
	}
	return r.String()
}

// stored are the fields of DESIGN 4.
func (p *overviewPane) stored(s scene) []fact {
	o, t := s.portal, s.theme
	facts := []fact{
		{"account", hubText(o.HubID), t.Text, join(o.HubDomain, o.Region, accountWord(o.AccountType))},
	}
	if o.Kind == oauth.KindOAuth {
		who := o.User
		if who == "" && o.UserID != 0 {
			who = fmt.Sprintf("user %d", o.UserID)
		}
		facts = append(facts,
			fact{"granted by", who, t.Text, s.day(o.CreatedAt)},
			fact{"app", o.AppName, t.Text, join(string(s.app.APIVersion), o.ClientID)},
		)
	} else {
		facts = append(facts, fact{"kind", strings.ReplaceAll(string(o.Kind), "-", " "), t.Text, "added " + s.day(o.CreatedAt)})
	}
	facts = append(facts, fact{"token", o.TokenHint, t.Text, fmt.Sprintf("version %d", o.Version)}, s.expiry())
	missing := o.MissingScopes(s.app.Scopes)
	scopes := fact{"scopes", fmt.Sprintf("%d granted", len(o.Scopes)), t.Text, ""}
	if len(missing) > 0 {
		scopes.ink, scopes.aside = t.Warn, fmt.Sprintf("%d missing", len(missing))
	}
	facts = append(facts, scopes)
	if o.Kind == oauth.KindOAuth {
		facts = append(facts, fact{"keep fresh", onOff(o.KeepFresh), t.Text, ""})
	}
	return facts
}

// expiry is when the token ends and when it will be refreshed.
func (s scene) expiry() fact {
	o, t := s.portal, s.theme
	switch st := stateOf(o, s.now); st {
	case stateStatic:
		return fact{"expires", "never", t.Text, ""}
	case stateExpired:
		return fact{"expires", s.clock(o.ExpiresAt), t.Bad, ttlWords(o, st, s.now, t.Glyphs)}
	default:
		if o.ExpiresAt.IsZero() {
			return fact{"expires", "unknown", t.Muted, ""}
		}
		ink := t.Text
		if st == stateDue {
			ink = t.Warn
		}
		return fact{"expires", s.clock(o.ExpiresAt), ink, "in " + clockTime(o.TTL(s.now)) + "  refresh from " + s.clock(o.ExpiresAt.Add(-s.due()))}
	}
}

func (p *overviewPane) health(s scene) []fact {
	h, t := s.portal.Health, s.theme
	refreshes := fact{"refreshes", "none yet", t.Muted, ""}
	if total := h.RefreshOK + h.RefreshFailed; total > 0 {
		refreshes = fact{"refreshes", fmt.Sprintf("%s of %s good", thousands(h.RefreshOK), thousands(total)), t.Text, ""}
		if h.RefreshFailed > 0 {
			refreshes.ink = t.Warn
		}
	}
	last := fact{"last refresh", "never", t.Muted, ""}
	if !h.LastRefreshAt.IsZero() {
		last = fact{"last refresh", s.clock(h.LastRefreshAt), t.Text, ago(h.LastRefreshAt, s.now)}
		if h.LastRefreshMS > 0 {
			last.aside += "  took " + shortTime(time.Duration(h.LastRefreshMS)*time.Millisecond)
		}
	}
	unauthorized := fact{"last 401", "none", t.Text, ""}
	if !h.Last401At.IsZero() {
		unauthorized = fact{"last 401", s.clock(h.Last401At), t.Text, ago(h.Last401At, s.now)}
	}
	calls := fact{"calls", thousands(h.Calls), t.Text, ""}
	if h.Calls > 0 {
		calls.aside = fmt.Sprintf("%.1f %% under 120 s", 100*float64(h.CallsUnder120)/float64(h.Calls))
	}
	if s.portal.Kind != oauth.KindOAuth {
		return []fact{unauthorized, calls}
	}
	return []fact{refreshes, last, unauthorized, calls}
}

// clock is a time of day where the reader is, with the day when it is another.
func (s scene) clock(t time.Time) string {
	t, now := t.In(s.zone), s.now.In(s.zone)
	if t.YearDay() == now.YearDay() && t.Year() == now.Year() {
		return t.Format("15:04:05")
	}
	return t.Format("2 Jan 15:04")
}

// day is a date where the reader is.
func (s scene) day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(s.zone).Format("2 Jan 2006")
}

// join puts two spaces between what is not empty.
func join(parts ...string) string {
	var kept []string
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, "  ")
}

func onOff(on bool) string {
	if on {
		return "on"
	}
	return "off"
}

// thousands groups digits: 1,204.
func thousands(n int64) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
