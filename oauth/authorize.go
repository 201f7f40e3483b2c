package oauth

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// authorization is one visit to the authorize URL.
type authorization struct {
	scopes      requestedScopes
	redirectURI string
	state       string
	challenge   string // "" without PKCE
	hubID       int64  // account to preselect, 0 when it is the user's choice
}

// requestedScopes is what a consent asks for.
type requestedScopes struct {
	required []string
	optional []string
	unlisted []string // those of required that the app does not list at all
}

// scopesToRequest sorts an app's scopes and the extra ones of one consent into
// HubSpot's two parameters: scope must hold every required scope of the app, and
// optional_scope may only hold ones the app lists as optional.
func scopesToRequest(app App, extra []string) requestedScopes {
	var r requestedScopes
	for _, scope := range app.Scopes {
		if !slices.Contains(r.required, scope) {
			r.required = append(r.required, scope)
		}
	}
	for _, scope := range app.OptionalScopes {
		if !slices.Contains(r.required, scope) && !slices.Contains(r.optional, scope) {
			r.optional = append(r.optional, scope)
		}
	}
	for _, scope := range extra {
		if !slices.Contains(r.required, scope) && !slices.Contains(r.optional, scope) {
			r.required = append(r.required, scope)
			r.unlisted = append(r.unlisted, scope)
		}
	}
	return r
}

// authorizeURL builds the address of the consent page (RFC 6749 section 4.1.1).
// A query the app's authorize URL already has is kept, as section 3.1 asks.
// HubSpot preselects an account by its id in the path.
func authorizeURL(app App, a authorization) (string, error) {
	u, err := url.Parse(app.AuthorizeURL)
	if err != nil {
		return "", badServerURL("authorize URL", app.AuthorizeURL, "is not an absolute URL", DefaultAuthorizeURL)
	}
	const standard = "/oauth/authorize"
	if prefix, ok := strings.CutSuffix(u.Path, standard); ok && a.hubID > 0 && u.RawPath == "" {
		u.Path = prefix + "/oauth/" + strconv.FormatInt(a.hubID, 10) + "/authorize"
	}

	query := queryWriter{}
	query.add("client_id", app.ClientID)
	query.add("redirect_uri", a.redirectURI)
	query.add("response_type", "code")
	query.add("scope", strings.Join(a.scopes.required, " "))
	query.add("optional_scope", strings.Join(a.scopes.optional, " "))
	query.add("state", a.state)
	if a.challenge != "" {
		query.add("code_challenge", a.challenge)
		query.add("code_challenge_method", "S256")
	}
	u.RawQuery = query.after(u.RawQuery)
	return u.String(), nil
}

// queryWriter writes a query in the order its parameters were added, with %20
// for a space: a page that reads its query with decodeURIComponent would take a
// plus literally.
type queryWriter struct {
	pairs []string
	names []string
}

func (q *queryWriter) add(name, value string) {
	if value == "" {
		return
	}
	escaped := strings.ReplaceAll(url.QueryEscape(value), "+", "%20")
	q.pairs = append(q.pairs, name+"="+escaped)
	q.names = append(q.names, name)
}

// after returns the query with the pairs of given before it, but for those that
// would name a parameter twice, which RFC 6749 section 3.1 forbids.
func (q *queryWriter) after(given string) string {
	var kept []string
	for pair := range strings.SplitSeq(given, "&") {
		name, _, _ := strings.Cut(pair, "=")
		if plain, err := url.QueryUnescape(name); err == nil {
			name = plain
		}
		if pair != "" && !slices.Contains(q.names, name) {
			kept = append(kept, pair)
		}
	}
	return strings.Join(append(kept, q.pairs...), "&")
}
