package ui

import (
	"fmt"
	"time"

	"github.com/hsterm/hsterm/oauth"
)

// nextRefresh is who refreshes the token next and when, or what keeps it back.
func (s scene) nextRefresh() []fact {
	o, t := s.portal, s.theme
	due := o.ExpiresAt.Add(-s.due())
	held := fact{name: "next refresh", ink: t.Warn}
	switch {
	case o.Kind != oauth.KindOAuth || o.Status != oauth.StatusActive || o.ExpiresAt.IsZero():
		return nil
	case o.Lease.Held(s.now):
		held.value, held.ink = "under way", t.Accent
		held.aside = "by " + o.Lease.Owner
		if began := o.Lease.AttemptStartedAt; !began.IsZero() {
			held.aside += " for " + coarse(max(0, s.now.Sub(began)))
		}
		return []fact{held}
	case oauth.Pause{Until: o.AppPausedUntil}.Holds(s.now):
		held.value = "paused by HubSpot until " + s.clock(o.AppPausedUntil)
		held.aside = "the whole app"
		return []fact{held}
	case oauth.Pause{Until: o.NextAttemptAt}.Holds(s.now):
		held.value = "held back until " + s.clock(o.NextAttemptAt)
		held.aside = plural(o.FailCount, "refresh", "refreshes") + " failed in a row"
		return []fact{held}
	}
	key := s.keys.of("portal.keep-fresh")
	switch {
	case o.KeepFresh:
		return []fact{{"next refresh", s.soon(due), t.Text, "by itself: kept fresh"}}
	case due.After(s.now):
		return []fact{{"next refresh", "with a call after " + s.soon(due), t.Text, key + " keeps it fresh"}}
	}
	return []fact{{"next refresh", "with the next call", t.Text, key + " keeps it fresh"}}
}

// soon is a time within a day without its date, else with it.
func (s scene) soon(at time.Time) string {
	switch d := at.Sub(s.now); {
	case d <= 0:
		return "now"
	case d < 24*time.Hour:
		return at.In(s.zone).Format(time.TimeOnly)
	}
	return s.clock(at)
}

// tokenAge is how long ago the stored token was written.
func (s scene) tokenAge() string {
	if s.now.Sub(s.portal.TokenAt) < time.Minute {
		return "new" // nothing that counts seconds beside the countdown
	}
	if s.portal.TokenAt.IsZero() {
		return ""
	}
	return coarse(s.now.Sub(s.portal.TokenAt)) + " old"
}

// clockFact is there when this computer's clock and HubSpot's are apart: what
// this process measured, else what the portal's events say.
func (s scene) clockFact() []fact {
	words := ""
	if s.skew != 0 {
		words = skewText(s.skew)
	} else if e, ok := oauth.ClockTrouble(s.history.events); ok {
		words = "was off at " + s.clock(e.At)
	}
	if words == "" {
		return nil
	}
	return []fact{{"clock", words, s.theme.Warn, s.keys.of("tab.diagnose") + " says what that does"}}
}

// skewText is how far the local clock is ahead (+) or behind (-).
func skewText(skew time.Duration) string { return fmt.Sprintf("%+d s off", int64(skew/time.Second)) }

// lastRefreshes is how many refreshes have a place in the line of how long they
// took.
const lastRefreshes = 24

// durations are the last refreshes one by one, oldest first: as high as they took
// long, a cross for one that failed.
func (s scene) durations(width int) []string {
	t, heights := s.theme, s.theme.Glyphs.Spark
	var took []oauth.Event
	for _, e := range s.history.events {
		if (e.Kind == oauth.EventRefreshed || e.Kind == oauth.EventReconnect) && len(took) < min(lastRefreshes, width-factName) {
			took = append(took, e)
		}
	}
	if len(took) < 2 {
		return nil
	}
	var slowest, fastest time.Duration
	failed := 0
	for _, e := range took {
		switch {
		case e.Outcome != oauth.OutcomeOK:
			failed++
		default:
			slowest = max(slowest, e.Duration)
			if fastest == 0 || e.Duration < fastest {
				fastest = e.Duration
			}
		}
	}
	var r run
	r.add(t.Muted, left(fmt.Sprintf("last %d", len(took)), factName, t.Glyphs.Ellipsis))
	for i := len(took) - 1; i >= 0; i-- {
		if e := took[i]; e.Outcome != oauth.OutcomeOK {
			r.add(t.Bad, t.Glyphs.Cancel)
		} else {
			// From nothing, not from the fastest: 190 ms beside 180 ms is no mountain.
			r.add(t.Muted, heights[int(int64(len(heights)-1)*int64(e.Duration)/max(1, int64(slowest)))])
		}
	}
	words := shortTime(fastest) + " to " + shortTime(slowest)
	switch {
	case failed == 0 && shortTime(fastest) == shortTime(slowest):
		words = shortTime(fastest) + " each"
	case failed == len(took):
		words = "all failed"
	case failed > 0:
		words = fmt.Sprintf("%d failed, %s", failed, words)
	}
	if room := width - r.cells - 2; room >= textWidth(words) {
		r.gap(t.Text, 2).add(t.Muted, words)
	}
	return []string{r.String()}
}
