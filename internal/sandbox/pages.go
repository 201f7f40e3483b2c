package sandbox

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"strings"
)

//go:embed pages/*.html
var pageFiles embed.FS

func parsePages() (*template.Template, error) {
	t, err := template.ParseFS(pageFiles, "pages/*.html")
	if err != nil {
		return nil, fmt.Errorf("sandbox: its own pages do not parse: %w", err)
	}
	return t, nil
}

// pageView is everything a page shows.
type pageView struct {
	Style    string // CSP nonce of the style element
	Title    string
	Detail   string
	Hint     string
	App      string
	Returns  string // host the browser goes back to
	Nonce    string
	Accounts []accountView
	Required []scope
	Optional []scope
}

type accountView struct {
	HubID     int64
	Name      string
	Domain    string
	User      string
	Region    string
	Kind      string
	Initial   string
	Installed bool
	Chosen    bool
}

// Name is the scope as it stands in URLs.
func (s scope) Name() string { return s.name }

// What is the sentence the consent page shows.
func (s scope) What() string { return s.what }

// consentPage asks the person. The caller holds mu.
func (s *Server) consentPage(q *call, req *consentRequest, nonce string) answer {
	v := pageView{
		Title: "Connect " + req.app.name, App: req.app.name, Nonce: nonce, Returns: hostOf(req.redirect),
		Required: describe(req.scopes), Optional: describe(missingFrom(req.scopes, req.optional)),
	}
	chosen := req.hubID
	if chosen == 0 {
		chosen = s.book.nextAccount(req)
	}
	for _, a := range s.book.accounts {
		if a.deleted {
			continue
		}
		who := a.person(s.book.plan.userID)
		g := s.book.grants[req.app.key(a, who)]
		v.Accounts = append(v.Accounts, accountView{
			HubID: a.hubID, Name: a.name, Domain: a.domain, User: who.email, Region: strings.ToUpper(a.region),
			Kind: kindWords(a.kind), Initial: a.name[:1], Installed: g != nil && g.live, Chosen: a.hubID == chosen,
		})
	}
	return s.page(q, http.StatusOK, "consent.html", v, originOf(req.redirect))
}

func describe(names []string) []scope {
	var out []scope
	for _, n := range names {
		if s, ok := findScope(n); ok {
			out = append(out, s)
		}
	}
	return out
}

func kindWords(kind string) string {
	switch kind {
	case "SANDBOX":
		return "Sandbox"
	case "DEVELOPER_TEST":
		return "Developer test"
	}
	return ""
}

func hostOf(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return ""
	}
	return u.Host
}

func originOf(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return ""
	}
	return u.Scheme + "://" + u.Host
}

// page renders HTML that loads nothing. formTarget is an origin the form may end up at:
// browsers apply form-action to the redirect after the form too.
func (s *Server) page(q *call, status int, name string, v pageView, formTarget string) answer {
	v.Style = s.ids.text(12)
	var out bytes.Buffer
	if err := s.pages.ExecuteTemplate(&out, name, v); err != nil {
		return newAnswer(http.StatusInternalServerError, "text/plain; charset=utf-8", []byte("the page could not be drawn"))
	}
	csp := "default-src 'none'; style-src 'nonce-" + v.Style + "'; base-uri 'none'; frame-ancestors 'none'; form-action 'self' " + formTarget
	return newAnswer(status, "text/html; charset=utf-8", out.Bytes()).
		with("Content-Security-Policy", strings.TrimSpace(csp)).
		with("Cache-Control", "no-store").with("Referrer-Policy", "no-referrer")
}

// landing tells a person who opened the bare address where they are.
func (s *Server) landing(q *call) answer {
	s.book.mu.Lock()
	v := pageView{Title: "hsterm sandbox"}
	for _, a := range s.book.accounts {
		v.Accounts = append(v.Accounts, accountView{HubID: a.hubID, Name: a.name, Domain: a.domain, Region: strings.ToUpper(a.region), Kind: kindWords(a.kind), Initial: a.name[:1]})
	}
	s.book.mu.Unlock()
	return s.page(q, http.StatusOK, "landing.html", v, "")
}

// nothingHere is HTML on purpose: HubSpot's gateway answers unknown routes that way.
func (s *Server) nothingHere(q *call) answer {
	return s.page(q, http.StatusNotFound, "error.html", pageView{
		Title: "Page not found", Detail: "There is no " + q.r.Method + " " + withoutSecrets(q.r.URL.Path) + " here.",
	}, "")
}
