package cli

import (
	"fmt"
	"strings"

	"github.com/hsterm/hsterm/oauth"
)

// connectedJSON is what came of a consent.
type connectedJSON struct {
	Portal        portalJSON `json:"portal"`
	Replaced      bool       `json:"replaced"`
	MissingScopes []string   `json:"missing_scopes"`  // required and not granted
	Declined      []string   `json:"declined_scopes"` // optional and not granted
	AddedScopes   []string   `json:"added_scopes"`
	RemovedScopes []string   `json:"removed_scopes"`
	Notices       []string   `json:"notices"`
}

// printConnected prints the alias on stdout, for scripts, and on stderr what is
// worth knowing.
func (p *program) printConnected(c oauth.Connected) error {
	if p.flags.json {
		return p.data(connectedJSON{
			Portal:        portalView(c.Portal, p.now()),
			Replaced:      c.Replaced,
			MissingScopes: orEmpty(c.Missing),
			Declined:      orEmpty(c.Declined),
			AddedScopes:   orEmpty(c.Added),
			RemovedScopes: orEmpty(c.Removed),
			Notices:       orEmpty(c.Notices),
		})
	}
	word := "Connected"
	if c.Replaced {
		word = "Reconnected"
	}
	p.words("%s %s: %s", word, safe(c.Portal.Alias), safe(joined("account "+hubText(c.Portal), c.Portal.HubDomain)))
	for _, line := range []struct {
		what   string
		scopes []string
	}{
		{"Newly granted", c.Added},
		{"No longer granted", c.Removed},
		{"Optional and not granted", c.Declined},
		{"Required but not granted", c.Missing},
	} {
		if len(line.scopes) > 0 {
			p.words("%s: %s", line.what, safe(strings.Join(line.scopes, " ")))
		}
	}
	if len(c.Missing) > 0 {
		p.words("Calls that need a missing scope are refused. The app at HubSpot has to list it, and the account has to have it.")
	}
	for _, notice := range c.Notices {
		p.words("%s", safe(notice))
	}
	_, err := fmt.Fprintln(p.out, safe(c.Portal.Alias))
	return err
}
