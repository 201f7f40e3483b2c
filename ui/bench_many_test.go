package ui

import (
	"runtime"
	"slices"
	"testing"
	"time"
)

// BenchmarkTenThousand is the work of one frame with 10,000 portals beside the same
// with 100: drawing, moving down, and a keystroke in the filter, with the picture
// that follows each. The limits are 16 ms, the time of a frame, and three times what
// 100 portals take.
func BenchmarkTenThousand(b *testing.B) {
	works := []struct {
		name string
		keys []string
		work func(*Model)
	}{
		{"view", nil, func(m *Model) { m.View() }},
		{"down", nil, func(m *Model) { m.Update(keyPress("down")); m.View() }},
		{"filter", []string{"/"}, func(m *Model) {
			m.Update(keyPress("7"))
			m.View()
			m.Update(keyPress("backspace"))
			m.View()
		}},
		{"second", nil, func(m *Model) { m.Update(tickMsg{m.clock.gen}); m.View() }},
	}
	for _, w := range works {
		b.Run(w.name, func(b *testing.B) {
			few, many := benchModel(b, 100), benchModel(b, 10_000)
			for _, k := range w.keys {
				few.Update(keyPress(k))
				many.Update(keyPress(k))
			}
			var least, most []time.Duration
			for b.Loop() {
				least = append(least, stopwatch(func() { w.work(few) }))
				most = append(most, stopwatch(func() { w.work(many) }))
			}
			b.ReportMetric(0, "ns/op") // of both together: says nothing
			b.ReportMetric(middle(most).Seconds()*1000, "ms")
			b.ReportMetric(middle(least).Seconds()*1000, "ms-100")
			b.ReportMetric(middle(most).Seconds()/middle(least).Seconds(), "times")
		})
	}
}

// BenchmarkMemory is what a portal takes of the screen's memory.
func BenchmarkMemory(b *testing.B) {
	const n = 10_000
	var before, after runtime.MemStats
	for b.Loop() {
		runtime.GC()
		runtime.ReadMemStats(&before)
		m := benchModel(b, n)
		m.View()
		runtime.GC()
		runtime.ReadMemStats(&after)
		runtime.KeepAlive(m)
	}
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/n, "B/portal")
}

func stopwatch(work func()) time.Duration {
	start := time.Now()
	work()
	return time.Since(start)
}

// middle is the median: a neighbour's burst of work must not count as ours.
func middle(all []time.Duration) time.Duration {
	slices.Sort(all)
	return all[len(all)/2]
}

// A list that is a hundred times as long draws the same rows: what grows with the
// portals is counting them, not painting.
func TestTenThousandPortalsPaintNoMoreThanTheRowsThatShow(t *testing.T) {
	now := func(f func() time.Time) *fakeBackend { return many(10_000, f) }
	play(t, now, 120, 36, frozen, func(s *stage) {
		s.press("G")
		s.sees("portal-9999")
		if painted, rows := len(s.m.list.cache), listRows(s.m.layout()); painted > 4*rows {
			s.t.Errorf("%d rows are painted where %d show", painted, rows)
		}
		s.press("/")
		s.typeText("9876")
		s.sees("portal-9876")
		s.misses("portal-9875")
	})
}
