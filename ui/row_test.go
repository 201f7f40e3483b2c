package ui

import (
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// TestNamesAreCutLast: the app goes first, then the bar gets shorter, then the
// hub id goes, and the names stay whole for as long as anything else is left.
func TestNamesAreCutLast(t *testing.T) {
	w := widths{alias: 12, hub: 6, app: 11}
	for _, c := range []struct {
		width                int
		alias, hub, app, ttl int
	}{
		{120, 12, 6, 11, 79},
		{61, 12, 6, 11, 20},
		{60, 12, 6, 0, 32},
		{46, 12, 6, 0, 18},
		{44, 12, 0, 0, 24},
		{27, 12, 0, 0, 7},
		{26, 11, 0, 0, 7},
		{20, 6, 0, 0, 6},
	} {
		got := columnsFor(c.width, w)
		if want := (columns{c.width, c.alias, c.hub, c.app, c.ttl}); got != want {
			t.Errorf("%d cells: %+v, not %+v", c.width, got, want)
		}
	}
}

// TestHeadsSayWhatIsHidden, in the fullest form that fits.
func TestHeadsSayWhatIsHidden(t *testing.T) {
	places := []string{"5 of 9  ↑ 2 more  ↓ 3 more", "↑ 2 more  ↓ 3 more", "↑ 2  ↓ 3", "5 of 9"}
	for ttl, want := range map[int]string{
		60: "time to live                      5 of 9  ↑ 2 more  ↓ 3 more",
		32: "time to live  ↑ 2 more  ↓ 3 more",
		24: "time to live    ↑ 2  ↓ 3",
		14: "ttl   ↑ 2  ↓ 3",
		12: "ttl   5 of 9",
		7:  "ttl    ",
	} {
		c := columns{width: 100, alias: 10, ttl: ttl}
		got := ansi.Strip(heads(darkTheme(), c, 0, byAlias, places...))
		if got := string([]rune(got)[lead+10+gap:][:ttl]); got != want {
			t.Errorf("%d cells: %q, not %q", ttl, got, want)
		}
	}
}

// TestHiddenPortalsAreCounted also where the eyes are on the tabs.
func TestHiddenPortalsAreCounted(t *testing.T) {
	play(t, scenario, 80, 24, frozen, func(s *stage) {
		s.misses(" more  ")
		s.press("2")
		s.sees("1 of 7  ↓ 4 more")
		s.press("esc", "G", "2")
		s.sees("7 of 7  ↑ 4 more")
	})
}
