package oauth

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// What a token is used for, the hint of introspection (RFC 7662).
const (
	UseAccessToken  = "access_token"
	UseRefreshToken = "refresh_token"
)

// Introspect asks what a token is; use is [UseAccessToken] or
// [UseRefreshToken]. An unknown or revoked token is no failure: it is an
// Introspection that is not Active.
func (c *Client) Introspect(ctx context.Context, app App, token Secret, use string) (Introspection, error) {
	if app.APIVersion == V1 {
		return c.metadataV1(ctx, app, token, use)
	}
	form := url.Values{"token": {token.Reveal()}, "token_type_hint": {use}}
	a, err := c.postForm(ctx, app, EndpointIntrospect, introspectPath(app.APIVersion), form, token)
	if err != nil {
		return Introspection{}, err
	}
	if e := Classify(a); e != nil {
		return Introspection{}, e
	}
	return parseIntrospection(a, false)
}

// metadataV1 is the old way: the token is part of the path, and a good answer
// does not say that it is active.
func (c *Client) metadataV1(ctx context.Context, app App, token Secret, use string) (Introspection, error) {
	path := pathAccessTokenV1
	if use == UseRefreshToken {
		path = pathRefreshV1
	}
	target, err := endpointURL(app.APIURL, app.APIVersion, path+url.PathEscape(token.Reveal()))
	if err != nil {
		return Introspection{}, err
	}
	req, err := http.NewRequest(http.MethodGet, target, nil)
	if err != nil {
		return Introspection{}, misconfigured("The API URL cannot be used.", "Set the app's API URL, such as https://api.hubapi.com.")
	}
	a := c.send(ctx, EndpointIntrospect, req, token)
	// The token is part of the path: a 404 in JSON is about it. A server that has
	// no such path at all sends a web page.
	if unknownToken(a) || a.Status == http.StatusNotFound && a.read().object {
		return Introspection{TokenUse: use}, nil
	}
	if e := Classify(a); e != nil {
		return Introspection{}, e
	}
	return parseIntrospection(a, true)
}

// unknownToken tells a refusal that is about the token in the request, not about
// the app or the path.
func unknownToken(a Answer) bool {
	if a.Err != nil || a.Status < 400 || waitsOut(a.Status) || a.Status == http.StatusTooManyRequests {
		return false
	}
	s := a.read()
	switch s.status {
	case "BAD_REFRESH_TOKEN", "BAD_ACCESS_TOKEN":
		return true
	}
	return s.rfcError == "invalid_token" || s.rfcError == "invalid_grant" && s.status == ""
}

// parseIntrospection reads a 200. active is what to assume where the answer has
// no such field.
func parseIntrospection(a Answer, active bool) (Introspection, error) {
	fields, what := object(a)
	if what == "" && !absent(fields["active"]) {
		if json.Unmarshal(fields["active"], &active) != nil {
			what = "has an active that is neither true nor false"
		}
	}
	if what != "" {
		return Introspection{}, &Error{
			Class: ClassBadResponse, Message: "The introspection endpoint's answer " + what + ".",
			Hint: "Check the app's API URL and API version.", Status: a.Status, CorrelationID: a.read().correlation,
		}
	}
	if !active {
		return Introspection{}, nil
	}
	text := func(name string) string { return plainText(jsonText(fields[name]), maxServerText) }
	return Introspection{
		Active:    true,
		HubID:     jsonID(fields["hub_id"]),
		UserID:    jsonID(fields["user_id"]),
		ClientID:  text("client_id"),
		AppID:     jsonID(fields["app_id"]),
		User:      firstText(text("user"), text("username")), // HubSpot, RFC 7662
		HubDomain: text("hub_domain"),
		Scopes:    grantedScopes(fields),
		ExpiresIn: remaining(fields, a.Now),
		TokenUse:  text("token_use"),
	}, nil
}

// remaining is HubSpot's expires_in, or RFC 7662's exp seen from now.
func remaining(fields map[string]json.RawMessage, now time.Time) time.Duration {
	if n, err := strconv.ParseInt(string(fields["expires_in"]), 10, 32); err == nil && n > 0 {
		return time.Duration(n) * time.Second
	}
	if n := jsonID(fields["exp"]); n > now.Unix() {
		return time.Unix(n, 0).Sub(now).Truncate(time.Second)
	}
	return 0
}

func firstText(texts ...string) string {
	for _, t := range texts {
		if strings.TrimSpace(t) != "" {
			return t
		}
	}
	return ""
}
