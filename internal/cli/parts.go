package cli

// parts are what commands are made of. Each is opened at its first use.
type parts struct{}

// close gives back what was opened.
func (p *program) close() {}
