package test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/hsterm/hsterm/test/terminal"
)

// screen is the program in a terminal, with the test's patience.
type screen struct {
	*terminal.Terminal
	t   *testing.T
	ctx context.Context
}

// screen runs the program in a terminal. What it wrote is kept where it is
// scanned for secrets.
func (w *world) screen(o terminal.Options, args ...string) *screen {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	w.t.Cleanup(cancel)
	return w.watch(ctx, w.command(context.Background(), args...), o)
}

// see waits for text and returns the screen that has it.
func (s *screen) see(text string) terminal.Screen {
	s.t.Helper()
	got, err := s.WaitText(s.ctx, text)
	if err != nil {
		s.t.Fatal(err)
	}
	return got
}

// seeNot waits until text has gone.
func (s *screen) seeNot(text string) {
	s.t.Helper()
	if _, err := s.WaitFor(s.ctx, "screen without "+text, func(now terminal.Screen) bool { return !now.Contains(text) }); err != nil {
		s.t.Fatal(err)
	}
}

// press sends keys by name.
func (s *screen) press(keys ...string) {
	s.t.Helper()
	if err := s.Press(keys...); err != nil {
		s.t.Fatal(err)
	}
}

// ends waits for the program to end with a code.
func (s *screen) ends(code int) {
	s.t.Helper()
	got, err := s.Wait(s.ctx)
	if err != nil {
		s.t.Fatalf("%v; the screen:\n%s", err, s.Screen().Text())
	}
	if got != code {
		s.t.Fatalf("ended with %d, not %d; the screen:\n%s", got, code, s.Screen().Text())
	}
}

func TestDemoShowsEveryStateAndLeavesNothing(t *testing.T) {
	w := newWorld(t)
	s := w.screen(terminal.Options{Cols: 120, Rows: 36}, "demo")
	for _, text := range []string{"acme-prod", "globex", "reconnect", "expired", "no expiry"} {
		s.see(text)
	}
	s.press("q")
	s.ends(0)
	if left, err := filepath.Glob(filepath.Join(w.dir, "hsterm*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
	for _, folder := range []string{"data", "config"} {
		if entries, err := os.ReadDir(filepath.Join(w.dir, folder)); err == nil && len(entries) > 0 {
			t.Errorf("the demo wrote to %s: %v", folder, entries)
		}
	}
}

// A terminal that answers no query gets its first frame and its prompt back as
// fast as any other, give or take the little the program waits for answers.
func TestATerminalThatNeverAnswers(t *testing.T) {
	const little = 2 * time.Second
	visit := func(mute bool) time.Duration {
		w := newWorld(t)
		start := time.Now()
		s := w.screen(terminal.Options{Mute: mute})
		s.see("hsterm")
		s.press("q")
		s.ends(0)
		return time.Since(start)
	}
	if talking, mute := visit(false), visit(true); mute > talking+little {
		t.Errorf("%s with a terminal that never answers, %s with one that does", mute, talking)
	}
}

// What the terminal answers to the program's questions must not end up at the
// shell's prompt, however soon one quits.
func TestQuittingAtOnceLeavesTheTerminalClean(t *testing.T) {
	w := newWorld(t)
	s := w.shell(`hsterm; IFS= read -r -t 1 rest; printf 'left[%s]\n' "$rest"`)
	s.see("hsterm")
	s.press("q")
	got := s.see("left[")
	if !got.Contains("left[]") {
		t.Errorf("at the prompt:\n%s", got.Text())
	}
	if got.Alt || got.CursorOff {
		t.Errorf("the terminal is left on the alternate screen (%v) or without a cursor (%v)", got.Alt, got.CursorOff)
	}
}

// Any value of NO_COLOR but the empty one means no colour.
func TestNoColour(t *testing.T) {
	for _, value := range []string{"1", "yes", "false"} {
		w := newWorld(t)
		w.set("NO_COLOR=" + value)
		s := w.screen(terminal.Options{}, "demo")
		got := s.see("acme-prod")
		for y, row := range got.Cells {
			for x, c := range row {
				if c.Style.Fg != nil || c.Style.Bg != nil {
					t.Fatalf("NO_COLOR=%s: %q at %d,%d has a colour", value, c.Content, x, y)
				}
			}
		}
		s.press("q")
		s.ends(0)
	}
}

// The terminal is pulled to every sort of size while the program runs.
func TestResizing(t *testing.T) {
	w := newWorld(t)
	s := w.screen(terminal.Options{Cols: 120, Rows: 36}, "demo")
	s.see("acme-prod")
	for _, size := range [][2]int{{80, 24}, {200, 60}, {40, 10}, {1, 1}, {19, 3}, {72, 8}, {300, 5}, {110, 24}} {
		if err := s.Resize(size[0], size[1]); err != nil {
			t.Fatal(err)
		}
		s.Settle(s.ctx, settled)
	}
	s.see("acme-prod")
	s.press("q")
	s.ends(0)
}

// However the program is told to go, the demo takes its folder along.
func TestSignalsEndTheScreen(t *testing.T) {
	for name, end := range map[string]func(*terminal.Terminal) error{
		"terminated": (*terminal.Terminal).Close,
		"hung up":    (*terminal.Terminal).HangUp,
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			s := w.screen(terminal.Options{}, "demo")
			s.see("acme-prod")
			if err := end(s.Terminal); err != nil {
				t.Error(err)
			}
			if left, err := filepath.Glob(filepath.Join(w.dir, "hsterm*")); err != nil || len(left) > 0 {
				t.Errorf("left behind: %v %v", left, err)
			}
			if text := string(s.Raw()); strings.Contains(text, "panic") || strings.Contains(text, "goroutine") {
				t.Errorf("it crashed:\n%s", text)
			}
		})
	}
}
