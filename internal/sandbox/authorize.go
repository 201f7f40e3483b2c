package sandbox

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// consentRequest is an authorize URL that passed every check, waiting for the person.
type consentRequest struct {
	app       *app
	redirect  string
	state     string
	scopes    []string
	optional  []string
	challenge string
	hubID     int64 // preselected account, 0 for none
	expires   time.Time
}

// pageError is a consent failure that HubSpot shows on its own page: the browser never
// comes back to the client with it.
type pageError struct {
	title  string
	detail string
}

func (e *pageError) Error() string { return e.title + ": " + e.detail }

// authorize checks the URL, then shows the consent page or, with auto-consent, answers for the person.
func (s *Server) authorize(q *call) answer {
	s.book.mu.Lock()
	defer s.book.mu.Unlock()
	hub := q.r.PathValue("hub_id")
	if plan := s.book.plan; plan.auto && plan.hubID != 0 {
		hub = "" // chosen whatever was asked, so also where the asked account is gone
	}
	req, err := s.book.checkAuthorize(q.query, hub)
	if err != nil {
		return s.refuse(q, err)
	}
	req.expires = s.now().Add(consentLife)
	if s.book.plan.auto {
		return s.consentAlone(q, req)
	}
	return s.consentPage(q, req, s.book.park(req))
}

// checkAuthorize reads an authorize URL. The caller holds mu.
func (b *book) checkAuthorize(v url.Values, hub string) (*consentRequest, error) {
	for key, values := range v {
		if len(values) > 1 {
			return nil, &pageError{"Duplicate parameter", "The address holds " + key + " more than once."}
		}
	}
	client := b.apps[v.Get("client_id")]
	if client == nil {
		return nil, &pageError{"Unknown app", "No app has this client_id. Check the client id in the app's settings."}
	}
	if t := v.Get("response_type"); t != "" && t != "code" {
		return nil, &pageError{"Unsupported response type", "Only response_type=code is supported."}
	}
	if !slices.Contains(client.redirects, v.Get("redirect_uri")) {
		return nil, &pageError{"Redirect URL mismatch", "The redirect_uri " + quoted(v.Get("redirect_uri")) +
			" is not one the app has registered. It must match exactly, port and path included: " + strings.Join(client.redirects, ", ")}
	}
	req := &consentRequest{
		app: client, redirect: v.Get("redirect_uri"), state: v.Get("state"),
		scopes: union(splitScopes(v.Get("scope"))), optional: union(splitScopes(v.Get("optional_scope"))),
		challenge: v.Get("code_challenge"),
	}
	if err := req.checkScopes(); err != nil {
		return nil, err
	}
	if err := checkChallenge(req.challenge, v.Get("code_challenge_method")); err != nil {
		return nil, err
	}
	if hub == "" {
		return req, nil
	}
	return req, b.preselect(req, hub)
}

func (r *consentRequest) checkScopes() error {
	if len(r.scopes) == 0 {
		return &pageError{"Scopes missing", "The address has no scope. Every app asks for oauth at least."}
	}
	if unknown := unknownScopes(append(append([]string{}, r.scopes...), r.optional...)); len(unknown) > 0 {
		return &pageError{"Unknown scope", "HubSpot has no scope named " + quoted(unknown...) + ". Scopes are separated by spaces."}
	}
	if missing := missingFrom(r.scopes, r.app.required); len(missing) > 0 {
		return &pageError{"Required scope missing", "The app requires " + quoted(missing...) + ", which scope does not ask for."}
	}
	if extra := missingFrom(append(append([]string{}, r.app.optional...), r.app.required...), r.optional); len(extra) > 0 {
		return &pageError{"Optional scope not allowed", "The app does not list " + quoted(extra...) + " as optional."}
	}
	return nil
}

// checkChallenge takes S256 alone: plain protects nothing (RFC 9700 section 2.1.1).
func checkChallenge(challenge, method string) error {
	if challenge == "" && method == "" {
		return nil
	}
	if method != "S256" || len(challenge) != 43 || !wordy(challenge) {
		return &pageError{"Code challenge not supported", "Send code_challenge_method=S256 with a challenge of 43 base64url characters."}
	}
	return nil
}

func (b *book) preselect(req *consentRequest, hub string) error {
	id, err := strconv.ParseInt(hub, 10, 64)
	if err != nil {
		return &pageError{"Unknown account", "The address names an account that does not exist."}
	}
	a, err := b.find(id)
	if err != nil || a.deleted {
		return &pageError{"Unknown account", "You have no access to account " + hub + ", or it no longer exists."}
	}
	req.hubID = id
	return nil
}

// refuse shows a consent failure on the sandbox's own page. Nothing is sent to the redirect URI.
func (s *Server) refuse(q *call, err error) answer {
	var page *pageError
	if !errors.As(err, &page) {
		page = &pageError{"Something went wrong", err.Error()}
	}
	return s.page(q, http.StatusBadRequest, "error.html", pageView{
		Title: page.title, Detail: page.detail,
		Hint: "Nothing was connected and nothing was sent back to the app. Correct this, then start again there.",
	}, "")
}

// quoted lists names the way a person reads them.
func quoted(names ...string) string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = strconv.Quote(n)
	}
	return strings.Join(out, ", ")
}
