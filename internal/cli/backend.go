package cli

import (
	"github.com/hsterm/hsterm/ui"
)

// backend is what the screen works with: the store, the engine and the outside
// world, each behind the interface that the screen declares.
func (p *program) backend() ui.Backend {
	return ui.Backend{
		Portals: portalsBackend{
			store: p.parts.store, connector: p.connector(), keeper: p.keeper(), tokens: p.refresher(),
			unbroken: &p.unbroken, removed: &removed{},
		},
		Tokens:   tokensBackend{tokens: p.refresher()},
		Calls:    p.runner(),
		Consents: consentsBackend{store: p.parts.store, connector: p.connector(), unbroken: &p.unbroken},
		Apps:     &appsBackend{p: p, store: p.parts.store, client: p.client()},
		Desktop:  desktopBackend{p: p},
		Sent:     p.parts.store,
	}
}
