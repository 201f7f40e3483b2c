package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/hsterm/hsterm/test/terminal"
)

// Shot says in what terminal a picture is taken, and after which keys.
type Shot struct {
	Cols, Rows int
	Palette    Palette
	Keys       string
	Title      string
	Mute       bool
}

// How long a screen has to be still: after a key before the next one, and
// before the picture. What counts down every second is still in between.
const (
	pause  = 60 * time.Millisecond
	still  = 250 * time.Millisecond
	settle = 2 * time.Second
)

// Take runs cmd, plays the keys and returns the screen.
func (s Shot) Take(ctx context.Context, cmd *exec.Cmd) (terminal.Screen, error) {
	if cmd.Env == nil {
		cmd.Env = append(os.Environ(), "TERM=xterm-256color", "COLORTERM=truecolor", "NO_COLOR=")
	}
	t, err := terminal.Start(cmd, terminal.Options{
		Cols: s.Cols, Rows: s.Rows, Background: s.Palette.Background, Foreground: s.Palette.Foreground, Mute: s.Mute,
	})
	if err != nil {
		return terminal.Screen{}, err
	}
	defer t.Close()
	if _, err := t.WaitFor(ctx, "first output", func(screen terminal.Screen) bool {
		return strings.TrimSpace(screen.Text()) != ""
	}); err != nil {
		return terminal.Screen{}, err
	}
	rest(ctx, t, still)
	for step := range strings.FieldsSeq(s.Keys) {
		if err := play(ctx, t, step); err != nil {
			return terminal.Screen{}, fmt.Errorf("step %q: %w", step, err)
		}
		rest(ctx, t, pause)
	}
	screen := rest(ctx, t, still)
	return screen, ctx.Err()
}

// rest lets the program answer the last key and come to rest.
func rest(ctx context.Context, t *terminal.Terminal, quiet time.Duration) terminal.Screen {
	ctx, cancel := context.WithTimeout(ctx, settle)
	defer cancel()
	wait(ctx, quiet)
	return t.Settle(ctx, quiet)
}

// play does one step of a key script.
func play(ctx context.Context, t *terminal.Terminal, step string) error {
	verb, rest, found := strings.Cut(step, ":")
	if !found || rest == "" {
		return t.Press(step)
	}
	switch verb {
	case "wait":
		d, err := time.ParseDuration(rest)
		if err != nil {
			return err
		}
		wait(ctx, d)
		return ctx.Err()
	case "text":
		_, err := t.WaitText(ctx, strings.ReplaceAll(rest, "_", " "))
		return err
	case "type":
		return t.Send(strings.ReplaceAll(rest, "_", " "))
	}
	return t.Press(step)
}

func wait(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}
