package oauth

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// call is one request on its way, sent once or twice.
type call struct {
	t      *Transport
	req    *http.Request
	trace  Trace
	record CallRecord
	proved bool // the server refuses the access token, not the call
}

// allowed refuses to put the token on a request that would carry it anywhere but
// to the portal's API host, over TLS unless that is this machine.
func allowed(req *http.Request, g Grant) error {
	home, err := secureBase(g.APIURL)
	if err != nil {
		return err
	}
	host := &url.URL{Scheme: req.URL.Scheme, Host: req.Host}
	if req.URL.User != nil || !sameOrigin(req.URL, home) || (req.Host != "" && !sameOrigin(host, home)) {
		return aboutPortal(g.Portal, &Error{
			Class:   ClassUsage,
			Message: "The request is for another server than the portal's API, so it gets no token.",
			Hint:    "Give a path that begins with /, not a URL.",
		})
	}
	return nil
}

// send sends the request with a grant's token. The request itself is left as it
// is, as [http.RoundTripper] demands.
func (c *call) send(g Grant, body io.ReadCloser) (*http.Response, error) {
	var way departure
	r := c.req.Clone(way.watch(c.req.Context()))
	r.Body = body
	r.Header.Set("Authorization", "Bearer "+g.Access.Reveal())
	setDefault(r.Header, "User-Agent", userAgent(c.t.UserAgent))
	setDefault(r.Header, "Accept", "application/json")

	c.trace.Portal = g.Portal
	c.trace.Secrets = append(c.trace.Secrets, g.Access, g.Refresh, g.App.ClientSecret)
	c.trace.Sends++
	start := c.t.now()
	resp, err := c.t.base().RoundTrip(r)
	if err == nil {
		c.t.Meter.Observe(resp.Header, start, c.t.now())
		leaveSwitched(resp)
		if resp.StatusCode == http.StatusUnauthorized {
			// Not when it came: a refusal that a refresh cures must not look
			// like one of the token that the refresh brings.
			c.record.At401 = start.UTC()
		}
		return resp, nil
	}
	c.trace.Unsent = way.unsent()
	return nil, err
}

// again returns the body for a second sending; ok is false when there is none.
func (c *call) again() (body io.ReadCloser, ok bool) {
	if c.req.Body == nil || c.req.Body == http.NoBody {
		return c.req.Body, true
	}
	if c.req.GetBody == nil {
		return nil, false
	}
	body, err := c.req.GetBody()
	return body, err == nil
}

// count keeps the call's figures. The caller's context may be over by now, and
// the call counts all the same.
func (c *call) count(ctx context.Context) {
	const limit = 2 * time.Second
	if c.t.Calls == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), limit)
	defer cancel()
	_ = c.t.Calls.RecordCall(ctx, c.record)
}

// peek reads the beginning of a body and puts it back.
func peek(resp *http.Response) []byte {
	head, _ := io.ReadAll(io.LimitReader(resp.Body, maxTokenBody))
	resp.Body = &peeked{Reader: io.MultiReader(bytes.NewReader(head), resp.Body), Closer: resp.Body}
	return head
}

type peeked struct {
	io.Reader
	io.Closer
}

// discard ends with an answer that nobody will read. What it has left is read,
// within bounds, so that the connection can be used again.
func discard(resp *http.Response) {
	_, _ = io.CopyN(io.Discard, resp.Body, maxTokenBody)
	closeBody(resp.Body)
}

func closeBody(body io.Closer) {
	if body != nil {
		_ = body.Close()
	}
}

func setDefault(h http.Header, name, value string) {
	if strings.TrimSpace(h.Get(name)) == "" {
		h.Set(name, value)
	}
}
