package oauth

import (
	"fmt"
	"time"
)

// Pause keeps every refresh of an app back, in every process on the store. It
// follows a 429 of the token endpoint, which counts by client and not by portal,
// and lapses by itself.
type Pause struct {
	Until  time.Time // UTC; zero when there never was one
	Reason string    // one sentence, the server's verdict
}

// Holds tells whether the pause is on at now. A time beyond the longest wait there
// is means that the clock was set back since.
func (p Pause) Holds(now time.Time) bool { return heldUntil(p.Until, now) }

func heldUntil(until, now time.Time) bool {
	return now.Before(until) && until.Sub(now) <= MaxRetryAfter
}

// pauseOf is what a failed refresh means for the other portals of its app: nothing,
// unless the server counts requests. It lasts as long as the server said; next,
// what the portal waits for, counts only where it did not say.
func pauseOf(e *Error, told, next time.Time) Pause {
	switch {
	case e.Class != ClassRateLimited:
		return Pause{}
	case told.IsZero():
		told = next
	}
	return Pause{Until: told, Reason: e.Message}
}

// paused is the failure of a refresh that is not sent because its app is paused.
func paused(g Grant) *Error {
	p, pause := g.Portal, g.App.Pause
	at := pause.Until
	if p.NextAttemptAt.After(at) && heldUntil(p.NextAttemptAt, at) {
		at = p.NextAttemptAt
	}
	message := fmt.Sprintf("The app %s is paused until %s.", g.App.Name, pause.Until.Local().Format("15:04:05"))
	return aboutPortal(p, &Error{
		Class: ClassRateLimited, RetryAt: at, Message: sentences(message, pause.Reason), Hint: "Try again then.",
	})
}

func sentences(first, second string) string {
	if second == "" {
		return first
	}
	return first + " " + second
}
