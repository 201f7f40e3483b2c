package oauth

import (
	"fmt"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
)

// redirectTarget is a redirect URI taken apart: where the browser comes back to.
type redirectTarget struct {
	uri      string // as registered, byte for byte
	scheme   string
	host     string // without port and brackets, lower case
	port     int
	path     string // escaped, "/" when empty
	loopback bool   // plain http to this machine: a callback server can be there
}

// parseRedirect takes a redirect URI apart and refuses what cannot work: HubSpot
// takes https, or http to localhost, compared byte for byte; RFC 6749 section
// 3.1.2 forbids a fragment.
func parseRedirect(uri string) (redirectTarget, error) {
	u, err := url.Parse(uri)
	if err != nil || u.Host == "" || u.Opaque != "" {
		return redirectTarget{}, badRedirect(uri, "is not an absolute URL")
	}
	t := redirectTarget{uri: uri, scheme: u.Scheme, host: strings.ToLower(u.Hostname()), path: u.EscapedPath()}
	if t.path == "" {
		t.path = "/"
	}
	if t.port, err = portOf(u); err != nil {
		return redirectTarget{}, badRedirect(uri, err.Error())
	}
	switch {
	case u.Scheme == "https":
	case u.Scheme != "http":
		return redirectTarget{}, badRedirect(uri, "is neither http nor https")
	case t.host != "localhost" && t.host != "127.0.0.1" && t.host != "::1":
		return redirectTarget{}, badRedirect(uri, "is plain http to another machine")
	default:
		t.loopback = true
	}
	switch query := u.Query(); {
	case u.User != nil:
		return redirectTarget{}, badRedirect(uri, "carries a user name")
	case strings.Contains(uri, "#"):
		return redirectTarget{}, badRedirect(uri, "has a fragment")
	case query.Has("code") || query.Has("state") || query.Has("error"):
		return redirectTarget{}, badRedirect(uri, "has a parameter in its query that the answer brings too")
	case strings.ContainsFunc(uri, func(r rune) bool { return r <= ' ' || r > '~' }):
		return redirectTarget{}, badRedirect(uri, "has a character in it that a URL cannot hold")
	}
	return t, nil
}

// portOf returns the port a URL names or its scheme implies.
func portOf(u *url.URL) (int, error) {
	text := u.Port()
	switch {
	case text == "" && strings.HasSuffix(u.Host, ":"):
		return 0, fmt.Errorf("has a colon without a port")
	case text == "" && u.Scheme == "https":
		return 443, nil
	case text == "":
		return 80, nil
	}
	port, err := strconv.Atoi(text)
	if err != nil || port < 1 || port > 65535 {
		return 0, fmt.Errorf("has a port that does not exist")
	}
	return port, nil
}

// isLoopbackName tells whether a URL's host, without port and brackets, is this
// machine.
func isLoopbackName(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	addr, err := netip.ParseAddr(host)
	return err == nil && addr.Unmap().IsLoopback()
}

func badRedirect(uri, why string) error {
	return &Error{
		Class:   ClassUsage,
		Message: fmt.Sprintf("The redirect URI %s %s.", plainText(uri, 120), why),
		Hint:    "Use http://localhost:PORT/PATH, such as " + DefaultRedirectURI + ", exactly as it is registered for the app in HubSpot.",
	}
}
