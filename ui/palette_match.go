package ui

import (
	"cmp"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/hsterm/hsterm/oauth"
)

// mostFound is how many matches the palette keeps: nobody scrolls further, typing
// another letter is shorter.
const mostFound = 200

// offer is one thing the palette can do: run an action, or go to a portal.
type offer struct {
	action *action // nil for a portal
	why    string  // why the action does not work now, "" when it does
	portal int64   // ID of the portal to go to
	about  string  // what matching looks at, in lower case: the name first
	name   int     // how much of about is the name
}

// offers are what can be found here and now: actions in the order the footer
// ranks them, then those that do not work and can say why, then the portals.
func (m *Model) offers() []offer {
	var able, unable []offer
	seen := map[string]bool{}
	reachable := m.reachable()
	slices.SortStableFunc(reachable, func(a, b *action) int { return cmp.Compare(palettePlace(a), palettePlace(b)) })
	for _, a := range reachable {
		if a.id == paletteID || seen[a.id] {
			continue
		}
		seen[a.id] = true
		o := newOffer(a.label, a.help+" "+a.id)
		o.action = a
		if m.enabled(a) {
			able = append(able, o)
		} else if _, o.why = a.enabled(m); o.why != "" {
			unable = append(unable, o)
		}
	}
	out := append(able, unable...)
	for _, p := range m.list.portals {
		o := newOffer(p.Alias, hubText(p.HubID)+" "+p.HubDomain)
		o.portal = p.ID
		out = append(out, o)
	}
	return out
}

// palettePlace puts what the footer never names behind what it does, and steps
// through a list or a tab last: nobody looks for them here.
func palettePlace(a *action) int {
	switch {
	case a.hint > 0:
		return a.hint
	case a.scope == inList, a.scope == inDetail:
		return 2000
	}
	return 1000
}

func newOffer(name, rest string) offer {
	name = strings.ToLower(name)
	return offer{about: name + " " + strings.ToLower(rest), name: len(name)}
}

// matching are the offers that match, best first. Those that do not work are offered
// only to who asks for them, and portals come last among equals.
func matching(offers []offer, want string) []offer {
	words := strings.Fields(strings.ToLower(want))
	var ranks [matchRanks][]offer
	for _, o := range offers {
		if o.why != "" && len(words) == 0 {
			continue
		}
		if r, ok := o.rank(words); ok {
			ranks[r] = append(ranks[r], o)
		}
	}
	var out []offer
	for _, r := range ranks {
		out = append(out, r[:min(len(r), mostFound-len(out))]...)
	}
	return out
}

// How well an offer matches, best first.
const (
	rankBegins  = iota // the name begins with it
	rankNamed          // it is in the name
	rankWord           // it begins a word of the explanation
	rankScatter        // its letters are in the name, in their order
	matchRanks
)

// rank is how well an offer matches the worst matching of words.
func (o offer) rank(words []string) (int, bool) {
	worst, name := rankBegins, o.about[:o.name]
	for _, w := range words {
		r := rankScatter
		switch {
		case strings.HasPrefix(name, w):
			r = rankBegins
		case strings.Contains(name, w):
			r = rankNamed
		case strings.Contains(o.about, " "+w), strings.Contains(o.about, "."+w):
			r = rankWord
		case !fuzzy(name, w):
			return 0, false
		}
		worst = max(worst, r)
	}
	return worst, true
}

// jump chooses a portal in the list, which shows all again if it hid that one.
func (m *Model) jump(id int64) tea.Cmd {
	p, ok := m.list.byID(id)
	if !ok {
		return nil
	}
	var cmd tea.Cmd
	if !m.list.filter.query.match(p, m.now) {
		cmd = m.clearFilter()
	}
	m.list.pick(id)
	m.focus, m.zoomed = focusList, false
	return tea.Batch(cmd, m.show())
}

// offered is the portal an offer leads to.
func (m *Model) offered(o offer) (oauth.Portal, bool) {
	if o.action != nil {
		return oauth.Portal{}, false
	}
	return m.list.byID(o.portal)
}
