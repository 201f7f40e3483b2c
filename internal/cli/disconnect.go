package cli

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"github.com/hsterm/hsterm/db"
	"github.com/hsterm/hsterm/oauth"
)

// disconnectedJSON is a portal that was removed, and what is left to be known.
type disconnectedJSON struct {
	Alias   string `json:"alias"`
	HubID   int64  `json:"hub_id"`
	Removed bool   `json:"removed"`
	Revoked bool   `json:"revoked"` // at HubSpot; the notice says why not
	Notice  string `json:"notice"`
}

type disconnectFlags struct{ revoke, uninstall, yes bool }

func newDisconnectCommand(p *program) *cobra.Command {
	var f disconnectFlags
	cmd := &cobra.Command{
		Use:   "disconnect PORTAL",
		Short: "Remove a portal and its tokens",
		Long: `Removes a portal and its tokens from this machine, after you typed its alias or with
--yes. --revoke also asks HubSpot to revoke the refresh token; when that fails the
portal is removed all the same, and you are told. --uninstall takes the app off the
account, of which HubSpot tells the account's admins by e-mail; when that fails,
nothing is removed.`,
		Example:           "  hsterm disconnect acme\n  hsterm disconnect acme --revoke --yes",
		Args:              arguments("PORTAL"),
		ValidArgsFunction: p.completePortal,
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			store, portal, err := p.resolveExact(ctx, args[0])
			if err != nil {
				return err
			}
			if err := p.mayDisconnect(ctx, portal, f); err != nil {
				return err
			}
			return aboutPortal(p.disconnect(ctx, store, portal, f), portal.Alias)
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&f.revoke, "revoke", false, "revoke the refresh token at HubSpot too")
	flags.BoolVar(&f.uninstall, "uninstall", false, "uninstall the app from the account first")
	flags.BoolVar(&f.yes, "yes", false, "do not ask")
	return cmd
}

// mayDisconnect asks before something is lost that only a new consent brings
// back.
func (p *program) mayDisconnect(ctx context.Context, portal oauth.Portal, f disconnectFlags) error {
	if err := mayRemove(portal); err != nil {
		return err
	}
	switch {
	case f.uninstall && portal.Kind != oauth.KindOAuth:
		return aboutPortal(usageError("Remove the private app or the key in HubSpot.",
			"%s holds a static token; there is no app to uninstall.", portal.Alias), portal.Alias)
	case f.yes:
		return nil
	case !p.interactive():
		return usageError("Say --yes to remove it without a question.",
			"Removing %s needs a yes, and there is no terminal to ask.", portal.Alias)
	}
	typed, err := p.askLine(ctx, "Type "+portal.Alias+" to remove it: ")
	switch {
	case err != nil:
		return err
	case typed != portal.Alias:
		return &oauth.Error{
			Class: oauth.ClassOther, Portal: portal.Alias,
			Message: "Nothing was removed: what was typed is not " + portal.Alias + ".", Hint: "Type the alias as it is, or say --yes.",
		}
	}
	return nil
}

// mayRemove refuses to remove a protected portal.
func mayRemove(portal oauth.Portal) error {
	if !portal.Protected {
		return nil
	}
	return aboutPortal(usageError("Take the protection off first: hsterm protect "+portal.Alias+" off",
		"%s is protected.", portal.Alias), portal.Alias)
}

// uninstall takes the app off the account, for which it needs a token that works.
func (p *program) uninstall(ctx context.Context, portal oauth.Portal) error {
	grant, err := p.freshPortal(ctx, portal.ID, oauth.FreshOptions{Policy: oauth.PolicyInteractive})
	if err == nil {
		err = p.client().Uninstall(ctx, grant.APIURL, grant.APIVersion, grant.Access)
	}
	var e *oauth.Error
	if errors.As(err, &e) {
		kept := *e
		kept.Message = "The app was not uninstalled and nothing was removed: " + e.Message
		kept.Hint = "Leave --uninstall out to remove " + portal.Alias + " here. The app can be taken off the account in HubSpot too: Settings, Integrations, Connected apps."
		return &kept
	}
	if err == nil {
		p.words("Uninstalled the app from account %s.", hubText(portal))
	}
	return err
}

func (p *program) disconnect(ctx context.Context, store *db.Store, portal oauth.Portal, f disconnectFlags) error {
	if f.uninstall {
		if err := p.uninstall(ctx, portal); err != nil {
			return err
		}
	}
	if f.revoke {
		if err := store.Unlock(ctx); err != nil {
			return err
		}
	}
	notice, err := p.connector().Disconnect(ctx, portal.ID, f.revoke)
	if err != nil {
		return err
	}
	if p.flags.json {
		return p.data(disconnectedJSON{
			Alias: portal.Alias, HubID: portal.HubID, Removed: true, Revoked: f.revoke && notice == "", Notice: notice,
		})
	}
	if notice != "" {
		p.words("%s", safe(notice))
	}
	p.words("Removed %s.", portal.Alias)
	return nil
}
