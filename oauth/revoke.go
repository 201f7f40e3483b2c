package oauth

import (
	"context"
	"net/http"
	"net/url"
)

// Revoke ends a refresh token at the server (RFC 7009). A token the server does
// not know is as good as revoked. Access tokens that were already issued live on
// for up to 30 minutes, and the app stays installed.
func (c *Client) Revoke(ctx context.Context, app App, refresh Secret) error {
	a, err := c.sendRevoke(ctx, app, refresh)
	if err != nil {
		return err
	}
	if a.ok() || unknownToken(a) {
		return nil
	}
	if app.APIVersion == V1 && a.Err == nil && a.Status == http.StatusNotFound && !looksLikeHTML(a.Header, a.Body) {
		return nil // unknown routes answer with a web page; this is about the token
	}
	if e := Classify(a); e != nil {
		return e
	}
	return nil
}

func (c *Client) sendRevoke(ctx context.Context, app App, refresh Secret) (Answer, error) {
	if app.APIVersion != V1 {
		form := url.Values{"token": {refresh.Reveal()}, "token_type_hint": {UseRefreshToken}}
		return c.postForm(ctx, app, EndpointRevoke, revokePath(app.APIVersion), form, refresh)
	}
	target, err := endpointURL(app.APIURL, app.APIVersion, pathRefreshV1+url.PathEscape(refresh.Reveal()))
	if err != nil {
		return Answer{}, err
	}
	req, err := http.NewRequest(http.MethodDelete, target, nil)
	if err != nil {
		return Answer{}, misconfigured("The API URL cannot be used.", "Set the app's API URL, such as https://api.hubapi.com.")
	}
	return c.send(ctx, EndpointRevoke, req, refresh), nil
}

// Uninstall removes the app from the portal that the access token belongs to.
// HubSpot tells the account's admins by e-mail.
func (c *Client) Uninstall(ctx context.Context, apiURL string, version APIVersion, access Secret) error {
	target, err := endpointURL(apiURL, version, uninstallPath(version))
	if err != nil {
		return err
	}
	a, err := c.bearer(ctx, http.MethodDelete, target, access)
	if err != nil {
		return err
	}
	if e := Classify(a); e != nil {
		return e
	}
	return nil
}
