package ui

import (
	"bytes"
	"context"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"github.com/creack/pty"
)

// wire is the reading end of a terminal: it counts what is written to it, and tells
// of every picture that is complete.
type wire struct {
	bytes    atomic.Int64
	pictures chan struct{}
}

// read reads to the end. Pictures are synchronised updates, and end like one.
func (w *wire) read(master *os.File) {
	buf, end := make([]byte, 64<<10), []byte(ansi.ResetModeSynchronizedOutput)
	for {
		n, err := master.Read(buf)
		w.bytes.Add(int64(n))
		if bytes.HasSuffix(buf[:n], end) {
			select {
			case w.pictures <- struct{}{}:
			default:
			}
		}
		if err != nil {
			return
		}
	}
}

// BenchmarkBytesPerTick is what one second costs on the wire with 40 rows that
// count down (B/tick), beside the bytes of the changed digits alone
// (digits-B/tick), which no renderer can do without. It writes to a real terminal:
// how the cursor may be moved depends on that. No renderer comes below three bytes a
// row either: the digit, a line down, and one back to the left.
func BenchmarkBytesPerTick(b *testing.B) {
	const rows, width, height = 40, 120, 46
	var seconds atomic.Int64
	now := func() time.Time { return noon().Add(time.Duration(seconds.Load()) * time.Second) }
	f := many(rows, now)
	for i := range f.portals {
		f.portals[i].ExpiresAt = noon().Add(time.Duration(1500+i*7) * time.Second)
		f.portals[i].Lifetime = 30 * time.Minute
	}
	master, tty, err := pty.Open()
	if err != nil {
		b.Fatal(err)
	}
	if err := pty.Setsize(tty, &pty.Winsize{Cols: width, Rows: height}); err != nil {
		b.Fatal(err)
	}
	out := &wire{pictures: make(chan struct{}, 100)}
	go out.read(master)
	ctx, cancel := context.WithCancel(context.Background())
	m := New(Options{Backend: f.backend(), Now: now, Zone: time.UTC, Profile: colorprofile.TrueColor, Theme: "dark", Width: width, Height: height, Quiet: true, Context: ctx})
	p := tea.NewProgram(peeking{m}, tea.WithContext(ctx), tea.WithInput(tty), tea.WithOutput(tty), tea.WithWindowSize(width, height),
		tea.WithColorProfile(colorprofile.TrueColor), tea.WithoutSignalHandler(), tea.WithEnvironment([]string{"TERM=xterm-256color"}), tea.WithFPS(120))
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_, _ = p.Run()
	}()
	p.Send(tea.ModeReportMsg{Mode: ansi.ModeSynchronizedOutput, Value: ansi.ModeReset})
	out.quiet()
	before := out.bytes.Load()
	digits, ticks := 0, int64(0)
	last := frameText(m, p)
	for b.Loop() {
		seconds.Store(ticks%1200 + 1)
		ticks++
		p.Send(struct{}{})
		<-out.pictures
		next := frameText(m, p)
		digits += changed(last, next)
		last = next
	}
	written := float64(out.bytes.Load() - before)
	b.ReportMetric(written/float64(ticks), "B/tick")
	b.ReportMetric(float64(digits)/float64(ticks), "digits-B/tick")
	b.ReportMetric(written/float64(digits), "times")
	cancel()
	<-ended
	_ = tty.Close()
	_ = master.Close()
}

// quiet waits until no picture has come for a while.
func (w *wire) quiet() {
	for {
		select {
		case <-w.pictures:
		case <-time.After(300 * time.Millisecond):
			return
		}
	}
}

// frameText is the screen's text, taken between two updates.
func frameText(m *Model, p *tea.Program) []string {
	lines := make(chan []string)
	p.Send(peekMsg(func() { lines <- m.picture().lines }))
	out := <-lines
	for i := range out {
		out[i] = ansi.Strip(out[i])
	}
	return out
}

// peeking runs peekMsg between two updates.
type peeking struct{ *Model }

type peekMsg func()

func (p peeking) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if peek, ok := msg.(peekMsg); ok {
		peek()
		return p, nil
	}
	_, cmd := p.Model.Update(msg)
	return p, cmd
}

// changed is the bytes of the characters that differ.
func changed(a, b []string) int {
	n := 0
	for i := range b {
		x, y := []rune(a[i]), []rune(strings.TrimSuffix(b[i], "\n"))
		for j := range y {
			if j >= len(x) || x[j] != y[j] {
				n += len(string(y[j]))
			}
		}
	}
	return n
}
