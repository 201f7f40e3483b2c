package ui

import (
	"fmt"
	"strings"
	"time"

	"github.com/hsterm/hsterm/oauth"
	"github.com/hsterm/hsterm/theme"
)

// state is what the screen makes of a portal: its stored status, and for an
// active one its TTL state.
type state int

const (
	stateActive state = iota
	stateStatic
	stateDue
	stateExpired
	stateReconnect
	stateMisconfigured
)

// buffer is how long before expiry the interactive policy refreshes p.
func buffer(p oauth.Portal) time.Duration { return oauth.PolicyInteractive.Buffer(p.Lifetime) }

func stateOf(p oauth.Portal, now time.Time) state {
	switch p.Status {
	case oauth.StatusReconnectRequired:
		return stateReconnect
	case oauth.StatusAppMisconfigured:
		return stateMisconfigured
	}
	switch p.TTLState(now, buffer(p)) {
	case oauth.TTLStatic:
		return stateStatic
	case oauth.TTLDue:
		return stateDue
	case oauth.TTLExpired:
		return stateExpired
	default:
		return stateActive
	}
}

// word names the state; with the glyph it tells without colour.
func (s state) word() string {
	switch s {
	case stateStatic:
		return "static"
	case stateDue:
		return "due"
	case stateExpired:
		return "expired"
	case stateReconnect:
		return "reconnect"
	case stateMisconfigured:
		return "app misconfigured"
	default:
		return "active"
	}
}

// brief is what a row says where there is no room for the reason: half a sentence
// would say less.
func (s state) brief(width int) string {
	long := s.word()
	switch s {
	case stateStatic:
		long = "no expiry"
	case stateReconnect:
		long = "reconnect needed"
	case stateMisconfigured:
		long = "app setting refused"
	}
	if len(long) > width {
		return s.word()
	}
	return long
}

func (s state) glyph(g theme.Glyphs) string {
	switch s {
	case stateStatic:
		return g.Static
	case stateDue:
		return g.Due
	case stateExpired:
		return g.Expired
	case stateReconnect, stateMisconfigured:
		return g.Broken
	default:
		return g.Active
	}
}

func (s state) ink(i theme.Inks) theme.Ink {
	switch s {
	case stateDue:
		return i.Warn
	case stateExpired, stateReconnect, stateMisconfigured:
		return i.Bad
	default:
		return i.Good
	}
}

// urgency orders states by how soon somebody has to act.
func (s state) urgency() int {
	switch s {
	case stateReconnect:
		return 0
	case stateMisconfigured:
		return 1
	case stateExpired:
		return 2
	case stateDue:
		return 3
	case stateActive:
		return 4
	default:
		return 5
	}
}

// clockTime is d as a countdown: mm:ss below an hour, coarser above.
func clockTime(d time.Duration) string {
	seconds := max(0, int64(d/time.Second))
	switch {
	case seconds < 3600:
		return fmt.Sprintf("%02d:%02d", seconds/60, seconds%60)
	case seconds < 100*3600:
		return fmt.Sprintf("%dh %02dm", seconds/3600, seconds/60%60)
	default:
		return fmt.Sprintf("%d d", seconds/86400)
	}
}

// coarse is d in its largest unit: "3 min", "2 h", "41 d".
func coarse(d time.Duration) string {
	switch {
	case d < time.Minute:
		return fmt.Sprintf("%d s", max(0, int64(d/time.Second)))
	case d < time.Hour:
		return fmt.Sprintf("%d min", int64(d/time.Minute))
	case d < 48*time.Hour:
		return fmt.Sprintf("%d h", int64(d/time.Hour))
	default:
		return fmt.Sprintf("%d d", int64(d/(24*time.Hour)))
	}
}

// ago is how long since t, "just now" within a minute so that nothing counts.
func ago(t, now time.Time) string {
	switch d := now.Sub(t); {
	case t.IsZero():
		return "never"
	case d < time.Minute:
		return "just now"
	default:
		return coarse(d) + " ago"
	}
}

// ttlWords is the time-to-live cell in words, for portals that do not count down.
func ttlWords(p oauth.Portal, s state, now time.Time, g theme.Glyphs) string {
	switch s {
	case stateReconnect:
		return because("reconnect", p.StatusReason)
	case stateMisconfigured:
		return because("app setting", p.StatusReason)
	case stateExpired:
		if since := now.Sub(p.ExpiresAt); since < time.Minute {
			return "expired just now"
		}
		return "expired " + ago(p.ExpiresAt, now)
	case stateStatic:
		age := p.TokenAt
		if age.IsZero() {
			age = p.CreatedAt
		}
		if age.IsZero() {
			return "no expiry"
		}
		return "no expiry " + g.Bullet + " " + coarse(max(0, now.Sub(age))) + " old"
	}
	return ""
}

func because(what, reason string) string {
	if reason == "" {
		return what
	}
	// A row has room for what a reason begins with; the card has the rest.
	headline, _, _ := strings.Cut(reason, ": ")
	return what + ": " + midSentence(headline)
}

// midSentence makes a sentence the end of another.
func midSentence(s string) string {
	s = strings.TrimSuffix(s, ".")
	if len(s) > 1 && s[0] >= 'A' && s[0] <= 'Z' && s[1] >= 'a' && s[1] <= 'z' && !strings.HasPrefix(s, "HubSpot") {
		return string(s[0]-'A'+'a') + s[1:]
	}
	return s
}

// bar is the share of the lifetime that is left, in width cells.
func bar(r *run, inks theme.Inks, ink theme.Ink, g theme.Glyphs, p oauth.Portal, now time.Time, width int) {
	lifetime := p.Lifetime
	if lifetime <= 0 {
		lifetime = 30 * time.Minute
	}
	ttl := min(max(0, p.TTL(now)), lifetime)
	halves := int((ttl*time.Duration(2*width) + lifetime - 1) / lifetime)
	full, half := halves/2, halves%2
	r.add(ink, repeat(g.BarFull, full))
	if half == 1 {
		r.add(ink, g.BarHalf)
	}
	r.add(inks.Faint, repeat(g.BarEmpty, width-full-half))
}
