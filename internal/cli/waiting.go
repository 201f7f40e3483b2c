package cli

import "github.com/hsterm/hsterm/oauth"

// waiting tells why a command stands still: after a kill, for up to a minute. The
// screen, which would be torn by it, shows the lease itself. Refreshes run side by
// side, so it is one write, and takes the place of a line of progress.
func (p *program) waiting() func(oauth.Portal) {
	if p.actor() != "cli" {
		return nil
	}
	start := ""
	if isTerminal(p.err) {
		start = "\r\x1b[K"
	}
	return func(portal oauth.Portal) {
		p.words("%s%s: a refresh that another process began has not ended; waiting for it until %s.",
			start, safe(portal.Alias), portal.Lease.Until.Local().Format("15:04:05"))
	}
}
