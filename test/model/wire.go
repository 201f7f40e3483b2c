package model

import (
	"io"
	"net/http"
	"net/url"
	"time"

	"github.com/hsterm/hsterm/oauth"
)

// wire carries requests to the model's server. It waits for the schedule when a
// request leaves, and again when the answer comes.
type wire struct{}

func (wire) RoundTrip(req *http.Request) (*http.Response, error) {
	c := callOf(req.Context())
	w := c.p.w
	body, err := io.ReadAll(req.Body)
	if err != nil {
		return nil, err
	}
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, err
	}
	a := w.leaves(c, form.Get("refresh_token"))
	how := c.park(opSend, 0)
	if gone := req.Context().Err(); gone != nil { // it stood longer than a request may take
		a.learns(w, answer{verdict: unusable})
		return nil, gone
	}
	answer := w.ask(form.Get("client_secret"), a.refresh, how.trouble, how.arg)
	how = c.park(opReceive, 0)
	// A process that stood still finds its time up and the answer there, both.
	if gone := req.Context().Err(); gone != nil && how.arg%2 == 1 {
		answer.verdict, answer.err = unusable, gone
	}
	a.learns(w, answer)
	return answer.response(req)
}

// learns notes what the process is told.
func (a *attempt) learns(w *world, got answer) {
	a.verdict, a.got, a.answered = got.verdict, got.got, w.clock.elapsed()
	now := w.rows[a.portal]
	a.overtaken = got.verdict == refused && now.Version > a.version && now.Status == oauth.StatusActive
	w.note("answered: " + string(got.verdict))
	w.tell("%s: learns %s %v", a.call, got.verdict, got.got)
}

// leaves checks that a request may be sent.
func (w *world) leaves(c *call, refresh string) *attempt {
	a := c.attempt
	if a == nil || a.sent() {
		w.violate("%s sends without a lease of its own", c)
		a = &attempt{call: c, portal: c.portal}
		w.attempts = append(w.attempts, a)
	}
	a.refresh = refresh
	if !c.probed {
		w.violate("%s sends without knowing whether an answer could be stored", c)
	}
	c.probed = false
	for _, other := range w.attempts {
		if other != a && other.portal == a.portal && other.version == a.version {
			w.checkOther(c, a, other)
		}
	}
	now, g := w.look(a.portal)
	if now.Version == a.version {
		w.checkRow(c, a, now, g)
	}
	return a
}

// checkOther compares an attempt that is sent with another on the same version.
func (w *world) checkOther(c *call, a, other *attempt) {
	if other.call.p == c.p && other.verdict == granted {
		w.violate("%s sends while it has new tokens that are not stored yet", c)
	}
	if other.gen != a.gen-1 {
		return // its lease was another's before, and was looked at then
	}
	const length = time.Minute
	onTheWire := other.sent() && other.verdict == undecided
	waited := a.elapsed-other.elapsed >= length || a.jumps != other.jumps
	lapsed := waited || !a.acquired.Before(other.until) || other.until.Sub(a.acquired) > 2*length
	if onTheWire && !lapsed {
		w.violate("%s sends while %s is on the wire with a lease until %s", c, other.call, other.until)
	}
}

// checkRow compares an attempt that is sent with what is stored about it.
func (w *world) checkRow(c *call, a *attempt, now row, g oauth.Grant) {
	const (
		length = time.Minute
		most   = 25 * time.Second // that a request may take, and somewhat more
	)
	wall := w.clock.now()
	left := time.UnixMilli(now.Until).Sub(wall)
	next := time.UnixMilli(now.Next)
	edited := g.App.EditedSince(g.Portal)
	setting := now.Class == oauth.ClassAppMisconfigured || now.Class == oauth.ClassBadResponse
	switch {
	case now.Owner == "" || now.Gen != a.gen || now.Attempt == "":
		w.violate("%s sends, and no attempt of it is on record: %+v", c, now)
	case now.Refresh != a.refresh:
		w.violate("%s sends a refresh token that is not the stored one", c)
	case left < most || left > 2*length:
		w.violate("%s sends with %s of its lease left", c, left)
	case now.Status == oauth.StatusReconnectRequired:
		w.violate("%s sends for a grant that is known to be dead", c)
	case now.Status == oauth.StatusAppMisconfigured && !edited && !c.options.Force:
		w.violate("%s sends for an app that is known to be wrong", c)
	case wall.Before(next) && next.Sub(wall) <= 10*time.Minute && c.looked == w.clock.jumps && !(setting && edited):
		w.violate("%s sends %s before it may", c, next.Sub(wall))
	}
}
