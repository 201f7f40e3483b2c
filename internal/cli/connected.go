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
	MissingScopes []string   `json:"missing_scopes"`
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
		{"Required but not granted", c.Missing},
		{"Newly granted", c.Added},
		{"No longer granted", c.Removed},
	} {
		if len(line.scopes) > 0 && (c.Replaced || line.what == "Required but not granted") {
			p.words("%s: %s", line.what, safe(strings.Join(line.scopes, " ")))
		}
	}
	for _, notice := range c.Notices {
		p.words("%s", safe(notice))
	}
	_, err := fmt.Fprintln(p.out, safe(c.Portal.Alias))
	return err
}
