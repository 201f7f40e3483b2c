package cli

import (
	"fmt"
	"strings"
	"time"

	"github.com/hsterm/hsterm/oauth"
)

// mood says how a word about a portal should look.
type mood int

const (
	moodPlain mood = iota
	moodGood
	moodDue
	moodBad
	moodMuted
)

// statusWord is the one word for the state of a portal, and how it should look.
func statusWord(portal oauth.Portal, now time.Time) (string, mood) {
	switch portal.Status {
	case oauth.StatusReconnectRequired:
		return "reconnect", moodBad
	case oauth.StatusAppMisconfigured:
		return "app misconfigured", moodBad
	}
	switch portal.TTLState(now, oauth.PolicyInteractive.Buffer(portal.Lifetime)) {
	case oauth.TTLStatic:
		return "active", moodGood
	case oauth.TTLExpired:
		return "expired", moodBad
	case oauth.TTLDue:
		return "due", moodDue
	}
	return "active", moodGood
}

// lifeWords is what is left of a token: mm:ss, how long ago it ended, or in short
// why the portal is broken.
func lifeWords(portal oauth.Portal, now time.Time) string {
	switch {
	case portal.Status == oauth.StatusReconnectRequired, portal.Status == oauth.StatusAppMisconfigured:
		return headline(portal.StatusReason)
	case !portal.Expires():
		return "no expiry"
	case portal.TTL(now) <= 0:
		return "expired " + ago(-portal.TTL(now))
	}
	return clock(portal.TTL(now))
}

// headline is what a reason begins with, up to its first colon or the end of its
// first sentence. A row has room for that; show and JSON have the rest.
func headline(reason string) string {
	head, _, _ := strings.Cut(reason, ": ")
	head, _, _ = strings.Cut(head, ". ")
	return strings.TrimSuffix(head, ".")
}

// clock prints a duration as mm:ss, with hours in front when there are any.
func clock(d time.Duration) string {
	s := max(0, wholeSeconds(d))
	if s >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%02d:%02d", s/60, s%60)
}

// ago prints a past duration in its largest unit.
func ago(d time.Duration) string {
	switch {
	case d < time.Minute:
		return fmt.Sprintf("%d s ago", max(0, int(d/time.Second)))
	case d < time.Hour:
		return fmt.Sprintf("%d min ago", int(d/time.Minute))
	case d < 48*time.Hour:
		return fmt.Sprintf("%d h ago", int(d/time.Hour))
	}
	return fmt.Sprintf("%d d ago", int(d/(24*time.Hour)))
}

// when prints a time for a person: local, with how long ago it was.
func when(t, now time.Time) string {
	if t.IsZero() {
		return "never"
	}
	return t.Local().Format("2 Jan 2006 15:04:05") + "  " + ago(now.Sub(t))
}
