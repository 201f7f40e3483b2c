package cli

import "github.com/hsterm/hsterm/oauth"

// tellSkew says after a command that this computer's clock is off, as far as the
// answers to it showed: what is said of expiry is wrong by as much then.
func (p *program) tellSkew() {
	if p.parts.client == nil || p.actor() == "tui" {
		return // the screen shows it while it is open
	}
	if skew := p.parts.client.Skew(); skew != 0 {
		p.words("%s Set the clock: every time here is off by as much.", oauth.SkewSentence(skew))
	}
}
