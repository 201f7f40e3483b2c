package cli

import (
	"context"
	"time"

	"github.com/hsterm/hsterm/internal/sandbox"
	"github.com/hsterm/hsterm/oauth"
)

// scene is one thing that happens in the demo, at a time before now.
type scene struct {
	ago   time.Duration
	alias string
	play  func(ctx context.Context, s *stage, alias string) error
}

// hubs of the sandbox's accounts, by the alias they get.
func demoHubs() map[string]int64 {
	return map[string]int64{
		"acme-prod": 62515, "acme-sandbox": 148231, "globex": 771204, "northwind": 903344,
		"umbrella": 118820, "initech": 550012, "hooli-key": 220145,
	}
}

// demoScenes are ordered by time. What each portal ends up as: two fresh, one
// fresh that lacks a scope, one due, one expired, one uninstalled, one static.
func demoScenes() []scene {
	const day = 24 * time.Hour
	return []scene{
		{41 * day, "hooli-key", addStatic},
		{26 * day, "acme-prod", connect(5 * time.Minute)},
		{26 * day, "acme-prod", keepFresh},
		{19 * day, "initech", connect(4 * time.Minute)},
		{12 * day, "acme-sandbox", connect(4 * time.Minute)},
		{9 * day, "umbrella", connect(150 * time.Second)},
		{3 * day, "globex", connect(5 * time.Minute)},
		{2 * day, "northwind", connect(4 * time.Minute)},
		{52 * time.Minute, "acme-prod", refresh(5 * time.Minute)},
		{51 * time.Minute, "acme-prod", call("/crm/objects/2026-09/contacts?limit=10")},
		{48 * time.Minute, "globex", refresh(5 * time.Minute)},
		{44 * time.Minute, "hooli-key", call("/account-info/2026-09/details")},
		{40 * time.Minute, "northwind", serverDown},
		{38 * time.Minute, "northwind", refresh(4 * time.Minute)},
		{37 * time.Minute, "northwind", call("/crm/owners/2026-09?limit=5")},
		{31 * time.Minute, "acme-sandbox", refresh(4 * time.Minute)},
		{30 * time.Minute, "acme-sandbox", call("/crm/objects/2026-09/companies?limit=10")},
		{22 * time.Minute, "acme-prod", refresh(5 * time.Minute)},
		{21 * time.Minute, "acme-prod", call("/crm/objects/2026-09/deals?limit=10")},
		{18 * time.Minute, "acme-prod", call("/crm/objects/2026-09/tickets?limit=5")},
		{14 * time.Minute, "globex", endedEarly},
		{14 * time.Minute, "globex", call("/crm/objects/2026-09/contacts?limit=10")},
		{12 * time.Minute, "globex", loseScope("crm.objects.deals.read")},
		{11 * time.Minute, "globex", refused("/crm/objects/2026-09/deals?limit=10")},
		{330 * time.Second, "umbrella", refresh(150 * time.Second)},
		{5 * time.Minute, "umbrella", call("/crm/objects/2026-09/contacts?limit=10")},
		{4 * time.Minute, "initech", uninstalled},
		{142 * time.Second, "northwind", refresh(4 * time.Minute)},
		{70 * time.Second, "globex", refresh(5 * time.Minute)},
		{45 * time.Second, "acme-sandbox", refresh(4 * time.Minute)},
		{9 * time.Second, "acme-prod", refresh(5 * time.Minute)},
		{5 * time.Second, "acme-prod", call("/crm/objects/2026-09/contacts?limit=10")},
	}
}

// play sets the clock to each scene's time and plays it.
func (s *stage) play(ctx context.Context, scenes []scene) error {
	for _, scene := range scenes {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		s.offset.Store(int64(-scene.ago))
		if err := scene.play(ctx, s, scene.alias); err != nil {
			return aboutPortal(err, scene.alias)
		}
	}
	return nil
}

// addStatic adds a private app's token.
func addStatic(ctx context.Context, s *stage, alias string) error {
	token, err := s.server.NewStaticToken(demoHubs()[alias], s.app.Scopes)
	if err != nil {
		return sandboxError(err)
	}
	connected, err := s.p.connector().AddStatic(ctx, oauth.StaticRequest{
		Alias: alias, Kind: oauth.KindPrivateApp, Token: oauth.NewSecret(token),
		APIURL: s.app.APIURL, APIVersion: s.app.APIVersion,
	})
	s.portals[alias] = connected.Portal
	return err
}

func keepFresh(ctx context.Context, s *stage, alias string) error {
	return s.p.parts.store.SetKeepFresh(ctx, s.portals[alias].ID, true)
}

// endedEarly lets the token end at the server before its time, as HubSpot's do
// now and then: the next call meets a 401.
func endedEarly(_ context.Context, s *stage, alias string) error {
	return sandboxError(s.server.Expire(demoHubs()[alias]))
}

// loseScope takes a scope out of the grant, as an account's administrator can.
func loseScope(scope string) func(context.Context, *stage, string) error {
	return func(_ context.Context, s *stage, alias string) error {
		var kept []string
		for _, granted := range s.app.Scopes {
			if granted != scope {
				kept = append(kept, granted)
			}
		}
		return sandboxError(s.server.SetScopes(demoHubs()[alias], kept))
	}
}

// serverDown lets one refresh meet a server that is down.
func serverDown(ctx context.Context, s *stage, alias string) error {
	if err := s.server.AddFault(sandbox.Fault{Route: "token", Status: 503}); err != nil {
		return sandboxError(err)
	}
	return s.expect(ctx, alias, oauth.ClassTransient)
}

// uninstalled removes the app from the account; the refresh that follows is
// refused for good.
func uninstalled(ctx context.Context, s *stage, alias string) error {
	if err := s.server.Uninstall(demoHubs()[alias]); err != nil {
		return sandboxError(err)
	}
	return s.expect(ctx, alias, oauth.ClassRevoked)
}
