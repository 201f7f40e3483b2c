package oauth

import (
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strings"
)

// Paths of HubSpot's OAuth endpoints below an app's API URL. Sources:
// developers.hubspot.com, OAuth API reference, and the v1 deprecation notice.
const (
	pathToken         = "/oauth/%s/token"
	pathIntrospect    = "/oauth/%s/token/introspect"
	pathRevoke        = "/oauth/%s/token/revoke"
	pathAccessTokenV1 = "/oauth/v1/access-tokens/"
	pathRefreshV1     = "/oauth/v1/refresh-tokens/"
	pathAccount       = "/account-info/%s/details"
	pathUninstall     = "/appinstalls/%s/external-install"
)

// orNewest fills in the newest version for an app that names none.
func (v APIVersion) orNewest() APIVersion {
	if v == "" {
		return V2026_09
	}
	return v
}

// orV3 is the version for APIs that never had a v1 path of this shape.
func (v APIVersion) orV3() APIVersion {
	if v == V1 {
		return V3
	}
	return v.orNewest()
}

func tokenPath(v APIVersion) string      { return fmt.Sprintf(pathToken, v.orNewest()) }
func introspectPath(v APIVersion) string { return fmt.Sprintf(pathIntrospect, v.orNewest()) }
func revokePath(v APIVersion) string     { return fmt.Sprintf(pathRevoke, v.orNewest()) }
func accountPath(v APIVersion) string    { return fmt.Sprintf(pathAccount, v.orV3()) }
func uninstallPath(v APIVersion) string  { return fmt.Sprintf(pathUninstall, v.orV3()) }

// endpointURL joins an app's API URL, which may have a path prefix and a
// trailing slash, with an escaped path. A URL that a secret must not travel to
// is ClassAppMisconfigured.
func endpointURL(apiURL string, version APIVersion, path string) (string, error) {
	if version != "" && !slices.Contains(APIVersions(), version) {
		return "", misconfigured(fmt.Sprintf("The API version %q is not one hsterm speaks.", plainText(string(version), 20)),
			"Choose one of 2026-09, 2026-03, v3 or v1.")
	}
	base, err := secureBase(apiURL)
	if err != nil {
		return "", err
	}
	return base.Scheme + "://" + base.Host + strings.TrimRight(base.EscapedPath(), "/") + path, nil
}

// secureBase parses an API URL and refuses what would carry a secret in clear
// or to somewhere unclear.
func secureBase(apiURL string) (*url.URL, error) {
	const hint = "Set the app's API URL, such as https://api.hubapi.com."
	u, err := url.Parse(apiURL)
	switch {
	case err != nil || u.Hostname() == "" || u.Opaque != "":
		return nil, misconfigured("The API URL is not a URL with a host.", hint)
	case u.User != nil || u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		return nil, misconfigured("The API URL may have no user, query or fragment.", hint)
	case u.Scheme == "https", u.Scheme == "http" && loopbackName(u.Hostname()):
		return u, nil
	case u.Scheme == "http":
		return nil, misconfigured("Secrets are sent over plain http to this machine only, and the API URL names another.",
			"Use https, or a loopback address such as http://127.0.0.1:8899.")
	default:
		return nil, misconfigured("The API URL must begin with https://.", hint)
	}
}

// loopbackName tells whether host (no port) is this machine: 127.0.0.0/8, ::1
// or localhost.
func loopbackName(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	addr, err := netip.ParseAddr(host)
	return err == nil && addr.Zone() == "" && addr.Unmap().IsLoopback()
}

// sameOrigin tells whether two URLs have the same scheme, host and port.
func sameOrigin(a, b *url.URL) bool {
	return strings.EqualFold(a.Scheme, b.Scheme) && strings.EqualFold(hostPort(a), hostPort(b))
}

func hostPort(u *url.URL) string {
	port := u.Port()
	switch {
	case port != "":
	case strings.EqualFold(u.Scheme, "http"):
		port = "80"
	default:
		port = "443"
	}
	return net.JoinHostPort(u.Hostname(), port)
}

func misconfigured(message, hint string) *Error {
	return &Error{Class: ClassAppMisconfigured, Message: message, Hint: hint}
}
