package oauth

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

// Sizes of bodies that are read from OAuth endpoints, in bytes.
const maxTokenBody = 64 << 10

// Client talks to the OAuth endpoints of HubSpot, or of another server that
// follows RFC 6749. Client authentication goes in the form body, the only way
// HubSpot takes it. Its failures are *Error, made by [Classify].
//
// The zero Client works. It is safe for concurrent use.
type Client struct {
	HTTP      *http.Client     // nil: NewHTTPClient()
	Now       func() time.Time // nil: time.Now
	UserAgent string           // such as hsterm/1.2.0; "" for hsterm
	Meter     *SkewMeter       // fed with the Date of every answer; nil: not measured

	once sync.Once
	own  *http.Client
}

// Exchange trades a code for tokens (RFC 6749 section 4.1.3).
func (c *Client) Exchange(ctx context.Context, app App, x Exchange) (Token, error) {
	form := url.Values{
		"grant_type":   {"authorization_code"},
		"code":         {x.Code.Reveal()},
		"redirect_uri": {x.RedirectURI},
	}
	if !x.Verifier.Empty() {
		form.Set("code_verifier", x.Verifier.Reveal())
	}
	return c.token(ctx, app, EndpointExchange, form, x.Code, x.Verifier)
}

// Refresh gets a new access token (RFC 6749 section 6). A refresh token that is
// refused comes back as ClassRevoked; whether that ends the connection is for
// the [Refresher] to find out.
func (c *Client) Refresh(ctx context.Context, app App, refresh Secret) (Token, error) {
	form := url.Values{"grant_type": {"refresh_token"}, "refresh_token": {refresh.Reveal()}}
	return c.token(ctx, app, EndpointRefresh, form, refresh)
}

func (c *Client) token(ctx context.Context, app App, ep Endpoint, form url.Values, sent ...Secret) (Token, error) {
	at := c.now()
	a, err := c.postForm(ctx, app, ep, tokenPath(app.APIVersion), form, sent...)
	if err != nil {
		return Token{}, err
	}
	if e := Classify(a); e != nil {
		return Token{}, e
	}
	return parseToken(a, at)
}

// postForm sends a form with the app's id and secret to an OAuth endpoint. Its
// error is about the app's URL; everything else is in the answer.
func (c *Client) postForm(ctx context.Context, app App, ep Endpoint, path string, form url.Values, sent ...Secret) (Answer, error) {
	form.Set("client_id", app.ClientID)
	if !app.ClientSecret.Empty() {
		form.Set("client_secret", app.ClientSecret.Reveal())
	}
	target, err := endpointURL(app.APIURL, app.APIVersion, path)
	if err != nil {
		return Answer{}, err
	}
	req, err := http.NewRequest(http.MethodPost, target, strings.NewReader(form.Encode()))
	if err != nil {
		return Answer{}, misconfigured("The API URL cannot be used.", "Set the app's API URL, such as https://api.hubapi.com.")
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return c.send(ctx, ep, req, append(sent, app.ClientSecret)...), nil
}

// bearer sends a request without a body to an API path, with an access token.
func (c *Client) bearer(ctx context.Context, method, target string, access Secret) (Answer, error) {
	req, err := http.NewRequest(method, target, nil)
	if err != nil {
		return Answer{}, misconfigured("The API URL cannot be used.", "Set the app's API URL, such as https://api.hubapi.com.")
	}
	req.Header.Set("Authorization", "Bearer "+access.Reveal())
	return c.send(ctx, EndpointAPI, req, access), nil
}

// send carries a request out, with hsterm's limits whatever client was injected.
func (c *Client) send(ctx context.Context, ep Endpoint, req *http.Request, sent ...Secret) Answer {
	a := Answer{Endpoint: ep, Method: req.Method, Secrets: sent}
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", userAgent(c.UserAgent))

	var way departure
	within, done := limited(ctx, &way)
	defer done()
	start := c.now()
	resp, err := c.http().Do(req.WithContext(within))
	if err == nil {
		c.Meter.Observe(resp.Header, start, c.now())
		a.Status, a.Header = resp.StatusCode, resp.Header
		leaveSwitched(resp)
		a.Body, err = readBody(resp.Body, maxTokenBody)
	}
	a.Now = c.now()
	if err != nil {
		a.Err, a.Unsent = err, way.unsent()
		if cause := context.Cause(within); cause != nil { // a limit, or the caller's doing, however deep it hides
			a.Err = cause
		}
	}
	return a
}

// leaveSwitched ends a 101 that nobody asked for. Its body is the connection
// itself (net/http), and reading that obeys neither a context nor a time limit.
func leaveSwitched(resp *http.Response) {
	if resp.StatusCode == http.StatusSwitchingProtocols {
		closeBody(resp.Body)
		resp.Body = http.NoBody
	}
}

// readBody reads a body to its end and closes it; beyond limit it is errTooLarge.
func readBody(body io.ReadCloser, limit int64) ([]byte, error) {
	defer func() { _ = body.Close() }()
	data, err := io.ReadAll(io.LimitReader(body, limit+1))
	if err == nil && int64(len(data)) > limit {
		err = errTooLarge
	}
	return data, err
}

// http returns the client to use. Redirects are refused even by one that was
// injected: a 307 would carry the form, secrets and all, to another host.
func (c *Client) http() *http.Client {
	c.once.Do(func() {
		if c.HTTP == nil {
			c.own = NewHTTPClient()
			return
		}
		own := *c.HTTP
		own.CheckRedirect = refuseRedirect
		own.Jar = nil
		c.own = &own
	})
	return c.own
}

func (c *Client) now() time.Time { return clockOr(c.Now)() }

func userAgent(name string) string {
	if name == "" {
		return "hsterm"
	}
	return name
}
