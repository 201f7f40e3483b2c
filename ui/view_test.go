package ui

import (
	"bytes"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
)

// A second that passes costs a line down, a step back and a digit for each row, and
// little more: the renderer of Bubble Tea, on a terminal that knows backspace.
func TestATickWritesLittleMoreThanDigits(t *testing.T) {
	const rows, width, height = 40, 120, 46
	const aRow, theRest = 3, 270 // bytes; the rest is the clock, the overview, and tens that change
	at := noon()
	now := func() time.Time { return at }
	f := many(rows, now)
	for i := range f.portals {
		f.portals[i].ExpiresAt = noon().Add(time.Duration(1500+i*7) * time.Second)
		f.portals[i].Lifetime = 30 * time.Minute
	}
	m := New(Options{Backend: f.backend(), Now: now, Zone: time.UTC, Profile: colorprofile.TrueColor, Theme: "dark", Width: width, Height: height, Quiet: true})
	m.load()
	m.Update(taskMsg{result: result{key: taskKey{owner: ownerLoad}, value: stock{portals: f.portals, apps: f.apps, revision: 1}, last: true}, gen: m.tasks.gen})

	var written bytes.Buffer
	renderer := uv.NewTerminalRenderer(&written, []string{"TERM=xterm-256color"})
	renderer.SetColorProfile(colorprofile.TrueColor)
	renderer.SetFullscreen(true)
	renderer.SetBackspace(true)
	renderer.SetTabStops(width)
	cells := uv.NewScreenBuffer(width, height)
	for second := range 45 {
		at = noon().Add(time.Duration(second) * time.Second)
		var msg tea.Msg = struct{}{}
		m.Update(msg)
		written.Reset()
		uv.NewStyledString(m.View().Content).Draw(cells, cells.Bounds())
		renderer.Render(cells.RenderBuffer)
		if err := renderer.Flush(); err != nil {
			t.Fatal(err)
		}
		if n := written.Len(); second > 0 && (n < rows || n > rows*aRow+theRest) {
			t.Errorf("second %d: %d bytes: %q", second, n, written.String())
		}
	}
}
