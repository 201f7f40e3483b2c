package oauth

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// ValidateApp checks what an app must have to be of any use: a name, a client
// id, redirect URIs that can work, URLs that are https unless they stay on this
// machine, and a version hsterm speaks. The first thing wrong is returned, of
// ClassUsage. Whether the scopes make sense is [LintApp]'s business.
func ValidateApp(app App) error {
	if err := validateName("the name of an app", app.Name); err != nil {
		return err
	}
	if strings.TrimSpace(app.ClientID) == "" || !visibleASCII(app.ClientID) {
		return &Error{
			Class:   ClassUsage,
			Message: "The app has no usable client id.",
			Hint:    "HubSpot shows it on the Auth tab of the app, beside the client secret.",
		}
	}
	if err := validateServerURL("authorize URL", app.AuthorizeURL, DefaultAuthorizeURL); err != nil {
		return err
	}
	if err := validateServerURL("API URL", app.APIURL, DefaultAPIURL); err != nil {
		return err
	}
	if u, _ := url.Parse(app.APIURL); u.RawQuery != "" || u.ForceQuery {
		return badServerURL("API URL", app.APIURL, "has a query", DefaultAPIURL)
	}
	if !slices.Contains(APIVersions(), app.APIVersion) {
		return &Error{
			Class:   ClassUsage,
			Message: fmt.Sprintf("%q is not an API version hsterm speaks.", plainText(string(app.APIVersion), 40)),
			Hint:    "Choose one of 2026-09, 2026-03, v3 or v1.",
		}
	}
	if len(app.RedirectURIs) == 0 {
		return &Error{
			Class:   ClassUsage,
			Message: "The app has no redirect URI.",
			Hint:    "Register " + DefaultRedirectURI + " for it in HubSpot and give it here.",
		}
	}
	for _, uri := range app.RedirectURIs {
		if _, err := parseRedirect(uri); err != nil {
			return err
		}
	}
	return nil
}

// validateServerURL refuses a URL a secret must not be sent to.
func validateServerURL(what, text, standard string) error {
	u, err := url.Parse(text)
	switch {
	case err != nil || u.Hostname() == "" || u.Opaque != "" || !visibleASCII(text):
		return badServerURL(what, text, "is not an absolute URL", standard)
	case u.User != nil:
		return badServerURL(what, text, "carries a user name", standard)
	case strings.Contains(text, "#"):
		return badServerURL(what, text, "has a fragment", standard)
	case u.Scheme == "http" && !isLoopbackName(u.Hostname()):
		return badServerURL(what, text, "is plain http to another machine", standard)
	case u.Scheme != "https" && u.Scheme != "http":
		return badServerURL(what, text, "is not https", standard)
	}
	if _, err := portOf(u); err != nil {
		return badServerURL(what, text, err.Error(), standard)
	}
	return nil
}

func badServerURL(what, text, why, standard string) error {
	// A user name in a URL is often a credential that ended up in the wrong place.
	if u, err := url.Parse(text); err == nil && u.User != nil {
		u.User = nil
		text = u.String()
	}
	return &Error{
		Class:   ClassUsage,
		Message: fmt.Sprintf("The %s %s %s.", what, plainText(text, 120), why),
		Hint:    "Use https (plain http only on this machine); HubSpot's own is " + standard + ".",
	}
}

// visibleASCII tells whether text has neither spaces nor control characters nor
// anything beyond ASCII.
func visibleASCII(text string) bool {
	return text != "" && !strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r > '~' })
}

// onHubSpot tells whether an API URL is HubSpot's own. What only HubSpot
// promises, such as hub ids, is asked of no other server.
func onHubSpot(apiURL string) bool { return inDomain(apiURL, "hubapi.com") }

// onHubSpotPages tells whether a consent page is one of HubSpot's.
func onHubSpotPages(authorizeURL string) bool { return inDomain(authorizeURL, "hubspot.com") }

func inDomain(address, domain string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	host := strings.ToLower(u.Hostname())
	return host == domain || strings.HasSuffix(host, "."+domain)
}
