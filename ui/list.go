package ui

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/hsterm/hsterm/oauth"
)

// order is how the list is sorted.
type order int

const (
	byAlias   order = iota
	byUrgency       // what needs a hand first, then what expires first
	orderCount
)

func (o order) word() string {
	return [orderCount]string{"by name", "by urgency"}[o]
}

// list is the portals, which of them are shown, and which one is chosen. The
// choice follows the portal, not the row, so that a reload or another order
// leaves it where it is.
type list struct {
	portals []oauth.Portal // all, by alias
	texts   []texts        // of portals, what they are found by
	shown   []int          // indexes into portals that pass the filter, in order
	at      int            // index into shown
	top     int            // first visible row
	chosen  int64          // ID of the portal at at
	filter  filter
	order   order
	widest  widths
	cache   map[rowKey]string
	counted census
	marked  map[int64]bool // by portal
}

// widths are the longest texts of each column, in cells.
type widths struct{ alias, hub, app int }

func newList() list {
	return list{cache: map[rowKey]string{}, filter: newFilter(), marked: map[int64]bool{}}
}

// set takes portals as they are stored now.
func (l *list) set(portals []oauth.Portal, now time.Time) {
	l.portals = portals
	l.widest = widths{}
	l.texts = make([]texts, len(portals))
	for i, p := range portals {
		l.texts[i] = textsOf(&p)
		l.widest.alias = max(l.widest.alias, textWidth(p.Alias)+prodWidth(p))
		l.widest.hub = max(l.widest.hub, len(hubText(p.HubID)))
		l.widest.app = max(l.widest.app, textWidth(appCell(p)))
	}
	l.counted = census{}
	l.unmarkGone()
	l.forget()
	l.sift(now)
}

// put replaces one portal, or adds it in its place.
func (l *list) put(p oauth.Portal, now time.Time) {
	portals := slices.Clone(l.portals)
	if i := slices.IndexFunc(portals, func(o oauth.Portal) bool { return o.ID == p.ID }); i >= 0 {
		portals[i] = p
	} else {
		i, _ := slices.BinarySearchFunc(portals, p.Alias, func(o oauth.Portal, alias string) int { return strings.Compare(o.Alias, alias) })
		portals = slices.Insert(portals, i, p)
	}
	l.set(portals, now)
}

// sift works out what is shown.
func (l *list) sift(now time.Time) {
	l.shown = l.shown[:0]
	for i := range l.portals {
		if l.filter.query.finds(&l.portals[i], l.texts[i], now) {
			l.shown = append(l.shown, i)
		}
	}
	if l.order == byUrgency {
		slices.SortStableFunc(l.shown, func(a, b int) int {
			pa, pb := l.portals[a], l.portals[b]
			return cmp.Or(
				cmp.Compare(stateOf(pa, now).urgency(), stateOf(pb, now).urgency()),
				pa.ExpiresAt.Compare(pb.ExpiresAt),
			)
		})
	}
	l.find()
}

// find puts the choice back on its portal, or on the row it was on when the
// portal is gone.
func (l *list) find() {
	for row, i := range l.shown {
		if l.portals[i].ID == l.chosen {
			l.at = row
			return
		}
	}
	l.choose(l.at)
}

// choose selects a row, the nearest one there is.
func (l *list) choose(row int) {
	l.at = max(0, min(row, len(l.shown)-1))
	if len(l.shown) > 0 {
		l.chosen = l.portals[l.shown[l.at]].ID
	}
}

// pick chooses a portal.
func (l *list) pick(id int64) {
	l.chosen = id
	l.find()
}

// follow scrolls as little as it must to keep the choice visible in rows rows.
func (l *list) follow(rows int) {
	l.top = min(l.top, l.at)
	l.top = max(l.top, l.at-rows+1)
	l.top = max(0, min(l.top, len(l.shown)-rows))
}

func (l *list) selected() (oauth.Portal, bool) {
	if len(l.shown) == 0 {
		return oauth.Portal{}, false
	}
	return l.portals[l.shown[l.at]], true
}

// visible are the portals on the screen when there is room for rows of them.
func (l *list) visible(rows int) []int {
	first := min(l.top, len(l.shown))
	last := max(first, min(l.top+rows, len(l.shown)))
	return l.shown[first:last]
}

// counting tells whether a visible row counts down.
func (l *list) counting(now time.Time, at layout) bool {
	for _, i := range l.visible(listRows(at)) {
		switch stateOf(l.portals[i], now) {
		case stateActive, stateDue:
			return true
		}
	}
	return false
}

// ticked follows the clock where the filter or the order looks at it.
func (l *list) ticked(now time.Time) {
	if l.order == byUrgency || l.filter.query.timed() {
		l.sift(now)
	}
}

// forget drops the cached parts of rows.
func (l *list) forget() { clear(l.cache) }

// due are the portals that "refresh all that are due" means.
func (l *list) due(now time.Time) []oauth.Portal {
	var due []oauth.Portal
	for _, p := range l.portals {
		switch stateOf(p, now) {
		case stateDue, stateExpired:
			due = append(due, p)
		}
	}
	return due
}

func (l *list) byID(id int64) (oauth.Portal, bool) {
	for i := range l.portals {
		if p := &l.portals[i]; p.ID == id {
			return *p, true
		}
	}
	return oauth.Portal{}, false
}

// appCell is the app in a row, where a token without one is simply static.
func appCell(p oauth.Portal) string {
	if p.AppName == "" && p.Kind != oauth.KindOAuth {
		return stateStatic.word()
	}
	return p.AppName
}

func appText(p oauth.Portal) string {
	if p.AppName != "" {
		return p.AppName
	}
	if p.Kind != oauth.KindOAuth {
		return strings.ReplaceAll(string(p.Kind), "-", " ")
	}
	return ""
}
