package oauth

import (
	"context"
	"net/http"
	"strings"
)

// Account asks account-info which portal an access token or a static token
// belongs to. It is also the cheapest proof that a token works.
func (c *Client) Account(ctx context.Context, apiURL string, version APIVersion, access Secret) (Account, error) {
	target, err := endpointURL(apiURL, version, accountPath(version))
	if err != nil {
		return Account{}, err
	}
	a, err := c.bearer(ctx, http.MethodGet, target, access)
	if err != nil {
		return Account{}, err
	}
	if e := Classify(a); e != nil {
		return Account{}, e
	}
	fields, what := object(a)
	id := jsonID(fields["portalId"])
	if what == "" && id == 0 {
		what = "has no portalId"
	}
	if what != "" {
		return Account{}, &Error{
			Class: ClassBadResponse, Message: "The account-info answer " + what + ".",
			Hint: "Check the API URL.", Status: a.Status, CorrelationID: a.read().correlation,
		}
	}
	text := func(name string) string { return plainText(jsonText(fields[name]), maxServerText) }
	return Account{
		HubID:       id,
		AccountType: text("accountType"),
		UIDomain:    hostName(text("uiDomain")),
		Region:      text("dataHostingLocation"),
		TimeZone:    text("timeZone"),
	}, nil
}

// hostName lets through only what can be a host: links are built from it.
func hostName(text string) string {
	const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:"
	if strings.Trim(text, letters) != "" {
		return ""
	}
	return text
}
