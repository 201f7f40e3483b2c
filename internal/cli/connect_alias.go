package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/hsterm/hsterm/oauth"
)

// withAlias asks for the portal that --alias names, if there is one: the same
// command run again reconnects what it connected. A portal that this consent
// cannot renew is refused before the browser opens.
func (p *program) withAlias(ctx context.Context, f connectFlags, request oauth.ConsentRequest) (oauth.ConsentRequest, error) {
	portals, err := p.parts.store.Portals(ctx)
	if err != nil {
		return request, err
	}
	i := slices.IndexFunc(portals, func(portal oauth.Portal) bool { return strings.EqualFold(portal.Alias, f.alias) })
	if i < 0 {
		return request, nil
	}
	asked, hubID := request.Portal, request.HubID
	known := portals[i]
	request.Portal, request.HubID, request.Alias = known, known.HubID, known.Alias
	switch {
	case known.Kind != oauth.KindOAuth:
		return request, usageError("Give another alias, or free this one: hsterm rename "+known.Alias+" NEW",
			"The alias %s is that of a static token, which no consent renews.", known.Alias)
	case !f.mayUse(known.AppName):
		return request, usageError("Give another alias, or reconnect it with its own app: hsterm connect --alias "+known.Alias,
			"The alias %s is that of a portal of the app %s.", known.Alias, known.AppName)
	case f.portal != "" && (hubID != known.HubID || (asked.ID != 0 && asked.ID != known.ID && !isNumber(f.portal))):
		return request, usageError("Give another alias, or leave --portal out to reconnect "+known.Alias+".",
			"The alias %s is that of account %s, not of %s.", known.Alias, hubText(known), f.portal)
	}
	return request, nil
}

// isNumber tells a hub id from an alias, which is never digits alone.
func isNumber(text string) bool { return text != "" && strings.Trim(text, "0123456789") == "" }

// otherAccount says what to do when a consent came back for another account than
// the one that was to be connected.
func otherAccount(err error, f connectFlags, request oauth.ConsentRequest) error {
	var e *oauth.Error
	if !errors.As(err, &e) || e.Class != oauth.ClassWrongPortal || !strings.HasPrefix(e.Hint, "Nothing was changed") {
		return err
	}
	named := *e
	if f.alias == "" || f.portal != "" {
		named.Hint = "Nothing was changed. Connect again and choose the right account, or store the other one as a portal of its own with --accept-other-portal."
		return &named
	}
	named.Hint = fmt.Sprintf("Nothing was changed. Choose account %s, or connect the other one under another alias: hsterm connect --app %s --alias NAME",
		hubText(request.Portal), request.App.Name)
	return &named
}
