package oauth

import (
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
)

// ownHost tells whether a Host header names the callback server: a page of
// another name that resolves to this machine (DNS rebinding) carries its own.
func ownHost(host string, port int) bool {
	name, given := host, ""
	if at := strings.LastIndexByte(host, ':'); at >= 0 && !strings.HasSuffix(host, "]") {
		name, given = host[:at], host[at+1:]
	}
	switch {
	case given == "" && (port != 80 || name != host):
		return false // only port 80 may be left out, and then with its colon
	case given != "" && given != strconv.Itoa(port):
		return false
	}
	return strings.EqualFold(name, "localhost") || name == "127.0.0.1" || name == "[::1]"
}

// fromThisMachine tells whether the peer is on loopback. The listener takes no
// others; this holds even if it were handed a wider one.
func fromThisMachine(remote string) bool {
	host, _, err := net.SplitHostPort(remote)
	if err != nil {
		return false
	}
	addr, err := netip.ParseAddr(host)
	return err == nil && addr.Unmap().IsLoopback()
}

// navigates tells whether a browser's own words about a request, if it says
// any, describe a person's tab going there: not a script, an image, a frame, or
// a page fetched in advance (Fetch Metadata, and Purpose for older browsers).
func navigates(h http.Header) bool {
	for _, mode := range h.Values("Sec-Fetch-Mode") {
		if mode != "navigate" {
			return false
		}
	}
	for _, dest := range h.Values("Sec-Fetch-Dest") {
		if dest != "document" {
			return false
		}
	}
	for _, name := range []string{"Sec-Purpose", "Purpose", "X-Purpose", "X-Moz"} {
		for _, purpose := range h.Values(name) {
			purpose = strings.ToLower(purpose)
			if strings.Contains(purpose, "prefetch") || strings.Contains(purpose, "prerender") || strings.Contains(purpose, "preview") {
				return false
			}
		}
	}
	return true
}
