package ui

import (
	"context"
	"time"

	"github.com/charmbracelet/colorprofile"
)

// Options are what a screen is made with. Backend and Now are needed, the rest
// may be left out.
type Options struct {
	Backend Backend
	Now     func() time.Time
	Zone    *time.Location // of the times shown, nil for the local one

	// Skew is how far this computer's clock is ahead of HubSpot's, 0 when that is
	// not worth a word. It must not block. Nil for never.
	Skew func() time.Duration

	// Theme is a name of theme.Names, or "" or "auto" for what the terminal's
	// background asks for.
	Theme string
	ASCII bool

	// Keys are those bound to other keys, from [Keymap.Tidy]; nil for none.
	Keys Keymap

	// NoMouse leaves the mouse to the terminal.
	NoMouse bool

	// Badge is shown beside the name, such as "sandbox"; "" for none.
	Badge string

	// Context is the parent of every call to the Backend; nil for one that never
	// ends. [Run] sets it.
	Context context.Context

	// Profile is assumed until the terminal's is known, and for good when Quiet.
	Profile colorprofile.Profile

	// Width and Height are assumed until the terminal's size is known.
	Width, Height int

	// Quiet asks the terminal nothing and keeps Theme, Profile and size: for
	// tests and pictures.
	Quiet bool

	// Environ overrides the process's environment in [Run]; nil for it.
	Environ []string
}

func (o Options) automatic() bool { return o.Theme == "" || o.Theme == "auto" }

func (o Options) base() context.Context {
	if o.Context == nil {
		return context.Background()
	}
	return o.Context
}
