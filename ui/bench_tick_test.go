package ui

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

// counter counts what is written to a terminal and tells of each write.
type counter struct {
	bytes  atomic.Int64
	writes chan int
}

func (c *counter) Write(p []byte) (int, error) {
	c.bytes.Add(int64(len(p)))
	select {
	case c.writes <- len(p):
	default:
	}
	return len(p), nil
}

// BenchmarkBytesPerTick is what one second costs on the wire with 40 rows that
// count down (B/tick), beside the bytes of the changed digits alone
// (digits-B/tick), which no renderer can do without.
func BenchmarkBytesPerTick(b *testing.B) {
	const rows, width, height = 40, 120, 46
	var seconds atomic.Int64
	now := func() time.Time { return noon().Add(time.Duration(seconds.Load()) * time.Second) }
	f := many(rows, now)
	for i := range f.portals {
		f.portals[i].ExpiresAt = noon().Add(time.Duration(1500+i*7) * time.Second)
		f.portals[i].Lifetime = 30 * time.Minute
	}
	out := &counter{writes: make(chan int, 100)}
	ctx, cancel := context.WithCancel(context.Background())
	m := New(Options{Backend: f.backend(), Now: now, Zone: time.UTC, Profile: colorprofile.TrueColor, Theme: "dark", Width: width, Height: height, Quiet: true, Context: ctx})
	p := tea.NewProgram(peeking{m}, tea.WithContext(ctx), tea.WithInput(nil), tea.WithOutput(out), tea.WithWindowSize(width, height),
		tea.WithColorProfile(colorprofile.TrueColor), tea.WithoutSignalHandler(), tea.WithEnvironment([]string{"TERM=xterm-256color"}), tea.WithFPS(120))
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_, _ = p.Run()
	}()
	quiet(out)
	before := out.bytes.Load()
	digits, ticks := 0, int64(0)
	last := frameText(m, p)
	for b.Loop() {
		seconds.Store(ticks%1200 + 1)
		ticks++
		p.Send(struct{}{})
		<-out.writes
		next := frameText(m, p)
		digits += changed(last, next)
		last = next
	}
	b.ReportMetric(float64(out.bytes.Load()-before)/float64(ticks), "B/tick")
	b.ReportMetric(float64(digits)/float64(ticks), "digits-B/tick")
	cancel()
	<-ended
}

// quiet waits until nothing has been written for a while.
func quiet(c *counter) {
	for {
		select {
		case <-c.writes:
		case <-time.After(200 * time.Millisecond):
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
