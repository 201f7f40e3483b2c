package ui

import (
	"context"
	"errors"
	"io"
	"os"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"github.com/hsterm/hsterm/oauth"
)

// frameRate sets both the first frame and the cost of doing nothing.
const frameRate = 60

// Run shows the screen until it is quit or ctx ends. An interrupt from outside
// is an *oauth.Error of ClassInterrupted.
func Run(ctx context.Context, o Options, in io.Reader, out io.Writer) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	o.Context = ctx
	environ := o.Environ
	if environ == nil {
		environ = os.Environ()
	}
	options := []tea.ProgramOption{
		// Signals come in through ctx. The library's own handler blocks for good when
		// an interrupt arrives while the program is ending for another reason.
		tea.WithContext(ctx), tea.WithoutSignalHandler(), tea.WithInput(in), tea.WithOutput(out),
		tea.WithEnvironment(environ), tea.WithFPS(frameRate),
	}
	if noColor(environ) {
		// The library reads NO_COLOR as a boolean; any text counts.
		o.Profile = colorprofile.ASCII
		options = append(options, tea.WithColorProfile(colorprofile.ASCII))
	}
	_, err := tea.NewProgram(New(o), options...).Run()
	if errors.Is(err, tea.ErrInterrupted) || ctx.Err() != nil {
		return &oauth.Error{Class: oauth.ClassInterrupted, Message: "interrupted", Err: err}
	}
	return err
}

// noColor tells whether NO_COLOR is set to anything at all (no-color.org).
func noColor(environ []string) bool {
	for _, e := range environ {
		if len(e) > len("NO_COLOR=") && e[:len("NO_COLOR=")] == "NO_COLOR=" {
			return true
		}
	}
	return false
}
