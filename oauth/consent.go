package oauth

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"
)

// Consent is one consent under way. URL is to be opened in a browser; Wait until
// it comes back, or Paste where it ended; then Complete; Close in any case.
type Consent struct {
	connector *Connector
	request   ConsentRequest
	scopes    requestedScopes
	target    redirectTarget
	redirect  string
	url       string
	verifier  Secret // empty without PKCE
	timeout   time.Duration
	notices   []string

	attempt *attempt
	server  *callbackServer // nil when the address is to be pasted
	timer   *time.Timer
	stopped sync.Once

	// What Complete has reached; a second call goes on from there.
	completing sync.Mutex
	accept     bool
	granted    *grantedToken
	connected  *Connected
}

// URL is the address of the consent page. It holds the state, and no secret.
func (c *Consent) URL() string { return c.url }

// RedirectURI is where the browser comes back to.
func (c *Consent) RedirectURI() string { return c.redirect }

// Deadline is when the consent is given up.
func (c *Consent) Deadline() time.Time { return c.attempt.deadline }

// Listening tells whether the browser's coming back is noticed. If not, the
// address it ends at has to be pasted.
func (c *Consent) Listening() bool { return c.server != nil }

// Notices are sentences worth a look before the browser opens.
func (c *Consent) Notices() []string { return slices.Clone(c.notices) }

// Wait ends when an answer with the right state has arrived or was pasted, with
// the time limit (ClassTimedOut), with ctx (ClassInterrupted) or with Close. The
// ports are free again when it returns. A denial is ClassConsentDenied.
func (c *Consent) Wait(ctx context.Context) error {
	select {
	case <-c.attempt.done:
	case <-ctx.Done():
		c.attempt.end(interrupted(ctx.Err()))
		<-c.attempt.done // an answer may have been quicker
	}
	c.timer.Stop()
	c.stop()
	_, err := c.attempt.result()
	return err
}

// Close ends the consent and frees its ports. It may be called any number of
// times, also while Wait waits, and takes nothing from an answer that is in.
func (c *Consent) Close() error {
	c.attempt.end(interrupted(context.Canceled))
	c.timer.Stop()
	c.stop()
	return nil
}

// expire is the timer's.
func (c *Consent) expire() {
	c.attempt.end(c.timedOut())
	c.stop()
}

func (c *Consent) stop() {
	c.stopped.Do(func() {
		if c.server != nil {
			c.server.close()
		}
	})
}

// timedOut says where to look: most of what goes wrong stays on HubSpot's page.
func (c *Consent) timedOut() *Error {
	return &Error{
		Class:   ClassTimedOut,
		Message: fmt.Sprintf("No answer came within %s.", wordedDuration(c.timeout)),
		Hint: "Most failures stay on HubSpot's page and never come back here: a scope that the app or the account does not have, " +
			"an account that is gone or that you cannot get into, " +
			"a redirect URI that is not registered exactly as " + c.redirect + ", or a user who is not a super admin. " +
			"If the browser did end at that address, connect again and paste it.",
	}
}

// wordedDuration writes a time limit as people say it.
func wordedDuration(d time.Duration) string {
	switch {
	case d == time.Minute:
		return "a minute"
	case d >= time.Minute && d%time.Minute == 0:
		return fmt.Sprintf("%d minutes", d/time.Minute)
	default:
		return d.String()
	}
}

// expectedHub is the account the consent must come back for, 0 for any.
func (c *Consent) expectedHub() int64 {
	if c.request.Portal.ID != 0 && c.request.Portal.HubID != 0 {
		return c.request.Portal.HubID
	}
	return c.request.HubID
}
