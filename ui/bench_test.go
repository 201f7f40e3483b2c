package ui

import (
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
)

// benchModel is a screen of 120 by 36 with n portals, loaded.
func benchModel(b *testing.B, n int) *Model {
	b.Helper()
	f := many(n, noon)
	m := New(Options{Backend: f.backend(), Now: noon, Zone: time.UTC, Profile: colorprofile.TrueColor, Theme: "dark", Width: 120, Height: 36, Quiet: true})
	m.load()
	portals, err := f.Portals(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	m.Update(taskMsg{result: result{key: taskKey{owner: ownerLoad}, value: stock{portals: portals, apps: f.apps, revision: 1}, last: true}, gen: m.tasks.gen})
	if len(m.list.portals) != n {
		b.Fatal("the portals were not taken")
	}
	return m
}

func BenchmarkView(b *testing.B) {
	m := benchModel(b, 500)
	b.ReportAllocs()
	for b.Loop() {
		m.View()
	}
}

func BenchmarkUpdate(b *testing.B) {
	m := benchModel(b, 500)
	down, up := keyPress("down"), keyPress("up")
	b.ReportAllocs()
	for b.Loop() {
		m.Update(down)
		m.Update(up)
	}
}

func BenchmarkTick(b *testing.B) {
	m := benchModel(b, 500)
	b.ReportAllocs()
	for b.Loop() {
		var msg tea.Msg = tickMsg{m.clock.gen}
		m.Update(msg)
		m.View()
	}
}
