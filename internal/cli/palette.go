package cli

import "os"

// palette dresses text for its mood.
type palette func(m mood, text string) string

// plain leaves text as it is.
func plain(_ mood, text string) string { return text }

// palette returns how text on f is dressed.
func (p *program) palette(*os.File) palette { return plain }
