package cli

import "context"

// screen is `hsterm` alone.
func (p *program) screen(_ context.Context) error {
	return p.needsTerminal()
}

// needsTerminal explains that the screen cannot be drawn here.
func (p *program) needsTerminal() error {
	if isTerminal(p.in) && isTerminal(p.out) {
		return nil
	}
	return usageError("In scripts use the commands, such as hsterm list --json. See hsterm --help.",
		"the screen needs a terminal")
}
