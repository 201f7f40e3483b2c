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
	if e := s.trouble(); e != nil {
		c := failureCard(e, s.circumstance())
		c.keys = append(c.keys, cardKey{s.keys.of("tab.diagnose"), "diagnose"})
		lines = append(c.view(s.theme, width), "")
	}
	for _, f := range p.stored(s) {
		lines = append(lines, f.line(s.theme, width))
	}
	lines = append(lines, "", s.theme.Strong.Render("health"))
	lines = append(lines, s.sparkline(width)...)
	lines = append(lines, s.durations(width)...)
	for _, f := range s.health() {
		lines = append(lines, f.line(s.theme, width))
	}
	return append(lines, s.recent(width)...)
}

// sparkline is the refreshes of the last 24 hours, one cell an hour.
func (s scene) sparkline(width int) []string {
	const hours = 24
	t, heights := s.theme, s.theme.Glyphs.Spark
	if !s.history.read || s.portal.Kind != oauth.KindOAuth || width < factName+hours {
		return nil
	}
	good, bad := s.history.hours(hours, s.now)
	// A quiet portal refreshes twice an hour: that is a low, even line.
	most, all := 8, 0
	for i := range good {
		most = max(most, good[i]+bad[i])
		all += good[i] + bad[i]
	}
	if all == 0 {
		return nil
	}
	var r run
	r.add(t.Muted, left("last 24 h", factName, t.Glyphs.Ellipsis))
	for i := range good {
		n := good[i] + bad[i]
		ink := t.Muted
		switch {
		case bad[i] > 0:
			ink = t.Bad
		case n == 0:
			ink = t.Faint
		}
		height := n * (len(heights) - 1) / most
		if n > 0 {
			height = max(1, height)
		}
		r.add(ink, heights[height])
	}
	return []string{r.String()}
}

// mostRecent is how many events the overview ends with.
const mostRecent = 5

// recent is what happened last.
func (s scene) recent(width int) []string {
	if len(s.history.events) == 0 {
		return nil
	}
	lines := []string{"", s.theme.Strong.Render("recent")}
	events := s.history.events[:min(mostRecent, len(s.history.events))]
	col := s.eventColumns(events, width)
	for _, e := range events {
		lines = append(lines, s.eventLine(e, col, false))
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
		r.gap(t.Text, 2)
		r.add(t.Muted, cut(f.aside, width-r.cells, t.Glyphs.Ellipsis))
	}
	return r.String()
}

// stored are the fields of DESIGN 4.
func (p *overviewPane) stored(s scene) []fact {
	o, t := s.portal, s.theme
	facts := []fact{
		{"account", hubText(o.HubID), t.Text, join(o.HubDomain, o.Region, AccountWord(o.AccountType))},
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
	facts = append(facts, fact{"token", strings.ReplaceAll(o.TokenHint, "····", t.Glyphs.Dots), t.Text, join(fmt.Sprintf("version %d", o.Version), s.tokenAge())}, s.expiry())
	facts = append(facts, s.nextRefresh()...)
	facts = append(facts, s.clockFact()...)
	missing := o.MissingScopes(s.app.Scopes)
	scopes := fact{"scopes", fmt.Sprintf("%d granted", len(o.Scopes)), t.Text, ""}
	if len(missing) > 0 {
		scopes.value += fmt.Sprintf("  %d missing", len(missing))
		scopes.ink, scopes.aside = t.Warn, s.keys.of("portal.connect")+" reconnects to get "+themOrIt(len(missing))
	}
	facts = append(facts, scopes)
	if o.Protected {
		facts = append(facts, fact{"protected", "on", t.Text, s.lockWords()})
	}
	return facts
}

func themOrIt(n int) string {
	if n == 1 {
		return "it"
	}
	return "them"
}

// expiry is when the token ends and when it will be refreshed.
func (s scene) expiry() fact {
	o, t := s.portal, s.theme
	switch {
	case stateOf(o, s.now) == stateStatic:
		return fact{"expires", "never", t.Text, ""}
	case o.ExpiresAt.IsZero():
		return fact{"expires", "unknown", t.Muted, ""}
	case o.TTL(s.now) <= 0:
		return fact{"expires", "expired " + ago(o.ExpiresAt, s.now), t.Bad, s.clock(o.ExpiresAt)}
	case o.Status != oauth.StatusActive:
		return fact{"expires", s.clock(o.ExpiresAt), t.Muted, "not refreshed any more"}
	}
	ink, end, ttl := t.Text, s.clock(o.ExpiresAt), o.TTL(s.now)
	if ttl < 24*time.Hour { // "in 10h" says which day it is
		end = o.ExpiresAt.In(s.zone).Format(time.TimeOnly)
	}
	aside := "in " + clockTime(ttl)
	switch {
	case ttl <= s.due():
		ink, aside = t.Warn, aside+"  due now"
	case ttl < 24*time.Hour:
		aside += "  due " + o.ExpiresAt.Add(-s.due()).In(s.zone).Format(time.TimeOnly)
	}
	return fact{"expires", end, ink, aside}
}

// health is how the portal fares.
func (s scene) health() []fact {
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
	if s.portal.Kind != oauth.KindOAuth {
		return []fact{unauthorized, calls}
	}
	if h.Calls > 0 {
		calls.aside = share(h.CallsUnder120, h.Calls)
		if h.Calls < 1000 {
			calls.aside += " with"
		}
		calls.aside += " under 2 min to live"
	}
	return []fact{refreshes, last, unauthorized, calls}
}

// share is part of all for people: "none", "0.3 %", "25 %".
func share(part, all int64) string {
	percent := 100 * float64(part) / float64(all)
	switch {
	case part == 0:
		return "none"
	case percent < 0.1:
		return "<0.1 %"
	case percent < 10 && part < all:
		return strings.TrimSuffix(fmt.Sprintf("%.1f", percent), ".0") + " %"
	}
	return fmt.Sprintf("%.0f %%", percent)
}
