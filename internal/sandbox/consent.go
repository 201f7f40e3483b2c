package sandbox

import (
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// consentPlan says what happens without a person at the consent page.
type consentPlan struct {
	auto   bool  // answer at once
	hubID  int64 // choose this account whatever was asked; 0 for the natural one
	userID int64 // who is signed in; 0 for the account's first user
	deny   bool  // press Deny
}

// park keeps a checked request behind a nonce that only the page knows. The caller holds mu.
func (b *book) park(req *consentRequest) string {
	nonce := b.mint.text(24)
	b.consents[nonce] = req
	b.queue = append(b.queue, nonce)
	if len(b.queue) > maxConsents {
		delete(b.consents, b.queue[0])
		b.queue = b.queue[1:]
	}
	return nonce
}

// decide takes the consent page's form.
func (s *Server) decide(q *call) answer {
	form, _ := q.form()
	s.book.mu.Lock()
	defer s.book.mu.Unlock()
	nonce := form.Get("nonce")
	req := s.book.consents[nonce]
	if req == nil || s.now().After(req.expires) {
		return s.refuse(q, &pageError{"This page is no longer valid", "It was used already or is too old. Start again in the app."})
	}
	if form.Get("action") == "deny" {
		delete(s.book.consents, nonce)
		return deny(q, req)
	}
	hubID, err := strconv.ParseInt(form.Get("hub_id"), 10, 64)
	if err != nil {
		return s.refuse(q, &pageError{"No account chosen", "Go back and choose an account."})
	}
	a, err := s.book.allow(req, hubID)
	if err != nil {
		return s.refuse(q, err)
	}
	delete(s.book.consents, nonce)
	return s.connect(q, req, a)
}

// allow checks that the account can give the app what it requires. The caller holds mu.
func (b *book) allow(req *consentRequest, hubID int64) (*account, error) {
	a, err := b.find(hubID)
	if err != nil || a.deleted {
		return nil, &pageError{"Unknown account", "This account does not exist any more."}
	}
	if above := a.cannotGrant(req.scopes); len(above) > 0 {
		return nil, &pageError{"Scopes not available", a.name + "'s subscription does not include " + quoted(above...) + ", which the app requires."}
	}
	return a, nil
}

// connect grants what was asked and sends the browser back with a code. The caller holds mu.
func (s *Server) connect(q *call, req *consentRequest, a *account) answer {
	q.hubID = a.hubID
	optional := missingFrom(a.cannotGrant(req.optional), req.optional)
	value := s.book.mint.code(a.region)
	s.book.codes[value] = &authCode{
		app: req.app, account: a, user: a.person(s.book.plan.userID), scopes: union(req.scopes, optional), redirect: req.redirect,
		challenge: req.challenge, expires: s.now().Add(codeLife),
	}
	s.book.forgetCodes(s.now().Add(-consentLife))
	return goBack(q, req, url.Values{"code": {value}})
}

// forgetCodes drops codes that ended before then. The caller holds mu.
func (b *book) forgetCodes(then time.Time) {
	for value, c := range b.codes {
		if c.expires.Before(then) {
			delete(b.codes, value)
		}
	}
}

func deny(q *call, req *consentRequest) answer {
	return goBack(q, req, url.Values{
		"error":             {"access_denied"},
		"error_description": {"The user denied the app access to their account."},
	})
}

// goBack redirects to the client with its state unchanged.
func goBack(q *call, req *consentRequest, result url.Values) answer {
	u, err := url.Parse(req.redirect)
	if err != nil {
		return q.empty(http.StatusInternalServerError)
	}
	v := u.Query()
	for key := range result {
		v.Set(key, result.Get(key))
	}
	if req.state != "" {
		v.Set("state", req.state)
	}
	u.RawQuery = v.Encode()
	return q.redirect(u.String())
}

// consentAlone answers for the person: the account of the path, else the first one not
// connected yet, else the first. The caller holds mu.
func (s *Server) consentAlone(q *call, req *consentRequest) answer {
	plan := s.book.plan
	if plan.deny {
		return deny(q, req)
	}
	hubID := req.hubID
	if plan.hubID != 0 {
		hubID = plan.hubID
	}
	if hubID == 0 {
		hubID = s.book.nextAccount(req)
	}
	a, err := s.book.allow(req, hubID)
	if err != nil {
		return s.refuse(q, err)
	}
	return s.connect(q, req, a)
}

func (b *book) nextAccount(req *consentRequest) int64 {
	first := int64(0)
	for _, a := range b.accounts {
		if a.deleted || len(a.cannotGrant(req.scopes)) > 0 {
			continue
		}
		if g := b.grants[req.app.key(a, a.person(b.plan.userID))]; g == nil || !g.live {
			return a.hubID
		}
		if first == 0 {
			first = a.hubID
		}
	}
	return first
}
