package cli

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/hsterm/hsterm/oauth"
)

// consentRequest finds out which app asks which account.
func (p *program) consentRequest(ctx context.Context, f connectFlags) (oauth.ConsentRequest, error) {
	request := oauth.ConsentRequest{
		Alias: f.alias, ExtraScopes: splitScopes(f.scopes), AcceptOther: f.acceptOther,
		Timeout: f.timeout, PasteOnly: f.paste,
	}
	if f.alias != "" {
		if err := oauth.ValidateAlias(f.alias); err != nil {
			return request, err
		}
	}
	var err error
	if f.portal != "" {
		if request.Portal, request.HubID, err = p.askedPortal(ctx, f); err != nil {
			return request, err
		}
	}
	if f.alias != "" {
		if request, err = p.withAlias(ctx, f, request); err != nil {
			return request, err
		}
	}
	name := f.app
	if name == "" {
		name = request.Portal.AppName
	}
	request.App, err = p.appToConnect(ctx, name)
	if f.alias == "" && isNumber(f.portal) && request.App.UserLevel {
		// A hub id names the account and none of its users: the grant that comes
		// back finds its own connection, or makes one.
		request.Portal = oauth.Portal{}
	}
	return request, err
}

// askedPortal is the stored portal that is meant, or the hub id of one that is
// not stored yet.
func (p *program) askedPortal(ctx context.Context, f connectFlags) (oauth.Portal, int64, error) {
	hubID, numberErr := strconv.ParseInt(f.portal, 10, 64)
	if numberErr == nil && hubID <= 0 {
		return oauth.Portal{}, 0, usageError("Give the number HubSpot shows as Hub ID.", "%q is no hub id.", f.portal)
	}
	if numberErr == nil {
		portal, err := p.portalOnAccount(ctx, hubID, f)
		return portal, hubID, err
	}
	portal, err := p.parts.store.Resolve(ctx, f.portal)
	switch {
	case err != nil:
		return oauth.Portal{}, 0, err
	case portal.Kind != oauth.KindOAuth:
		return oauth.Portal{}, 0, usageError("Add the new token: hsterm add-token "+portal.Alias,
			"%s holds a static token, which no consent renews.", portal.Alias)
	case !f.mayUse(portal.AppName):
		// Another app's grant on the same account is a connection of its own.
		return oauth.Portal{}, portal.HubID, nil
	}
	return portal, portal.HubID, nil
}

// portalOnAccount is the connection on an account that the flags allow, the zero
// Portal when there is none. One account may be connected under several apps: then
// a person says which is meant, unless --alias does.
func (p *program) portalOnAccount(ctx context.Context, hubID int64, f connectFlags) (oauth.Portal, error) {
	portals, err := p.parts.store.Portals(ctx)
	if err != nil {
		return oauth.Portal{}, err
	}
	portals = slices.DeleteFunc(portals, func(portal oauth.Portal) bool {
		return portal.HubID != hubID || portal.Kind != oauth.KindOAuth || !f.mayUse(portal.AppName)
	})
	var names []string
	severalApps := false
	for _, portal := range portals {
		names = append(names, portal.Alias+" ("+portal.AppName+")")
		severalApps = severalApps || portal.AppID != portals[0].AppID
	}
	switch {
	case severalApps && f.alias == "":
		return oauth.Portal{}, usageError("Name the alias, or the app with --app.",
			"%d portals are on the account %d: %s.", len(names), hubID, strings.Join(names, ", "))
	case severalApps || len(portals) == 0:
		return oauth.Portal{}, nil
	}
	return portals[0], nil
}

// mayUse tells whether the flags allow an app. Names of apps are alike in upper
// and lower case.
func (f connectFlags) mayUse(app string) bool { return f.app == "" || strings.EqualFold(f.app, app) }

// appToConnect is the named app, or the only one.
func (p *program) appToConnect(ctx context.Context, name string) (oauth.App, error) {
	store := p.parts.store
	if name != "" {
		return store.App(ctx, name)
	}
	apps, err := store.Apps(ctx)
	if err != nil {
		return oauth.App{}, err
	}
	switch len(apps) {
	case 0:
		return oauth.App{}, &oauth.Error{
			Class: oauth.ClassNotFound, Message: "There is no app to connect with yet.",
			Hint: "Add one: hsterm app add NAME --client-id ID --scope oauth\nOr try it without HubSpot: hsterm demo",
		}
	case 1:
		return store.App(ctx, apps[0].Name)
	}
	var names []string
	for _, app := range apps {
		names = append(names, app.Name)
	}
	return oauth.App{}, usageError("Apps: "+strings.Join(names, ", ")+".", "There are several apps; say which with --app.")
}
