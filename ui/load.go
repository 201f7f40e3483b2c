package ui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/hsterm/hsterm/oauth"
)

// Owners of the root's own work.
const (
	ownerLoad     = "load"
	ownerRevision = "revision"
	ownerRefresh  = "refresh"
	ownerDialog   = "dialog"
	ownerRestore  = "restore"
	ownerEffect   = "effect" // small things whose end is a toast
)

// pollPace is how often the store is asked whether another process wrote to it.
const pollPace = time.Second

// readLimit bounds what is read from the store: it is on this machine.
const readLimit = 10 * time.Second

// stock is everything the screen keeps of the store.
type stock struct {
	portals  []oauth.Portal
	apps     []oauth.App
	sealed   error // why the apps could not be read; the portals can be all the same
	revision int64
}

// load reads the store again.
func (m *Model) load() tea.Cmd {
	b := m.opts.Backend
	return m.tasks.quietly(taskKey{owner: ownerLoad}, func(ctx context.Context) (any, error) {
		ctx, cancel := context.WithTimeout(ctx, readLimit)
		defer cancel()
		// The revision first: what is written in between is read twice rather
		// than never.
		var s stock
		var err error
		if s.revision, err = b.Portals.Revision(ctx); err != nil {
			return nil, err
		}
		if s.portals, err = b.Portals.Portals(ctx); err != nil {
			return nil, err
		}
		for i := range s.portals {
			s.portals[i] = cleanPortal(s.portals[i])
		}
		s.apps, s.sealed = b.Apps.Apps(ctx)
		return s, ctx.Err()
	})
}

// took replaces what the screen knows by what load read.
func (m *Model) took(r result) tea.Cmd {
	s, ok := r.value.(stock)
	if r.err != nil || !ok {
		m.broken = r.err
		if m.loaded {
			return m.complain(r.err)
		}
		m.loaded = true
		return nil
	}
	m.loaded, m.broken = true, nil
	m.revision = s.revision
	m.apps, m.sealed = s.apps, s.sealed
	for _, p := range s.portals {
		// A newer token came some other way: what failed before it is over.
		if old, known := m.list.byID(p.ID); known && p.Version > old.Version {
			delete(m.failures, p.ID)
		}
	}
	m.list.set(s.portals, m.now)
	return m.show()
}

// show tells the open pane what it is about now.
func (m *Model) show() tea.Cmd {
	recall := m.recall()
	p, _ := m.pane()
	if p == nil {
		return recall
	}
	return tea.Batch(recall, p.show(m.scene()))
}

type pollMsg struct{}

func poll() tea.Cmd {
	return tea.Tick(pollPace, func(time.Time) tea.Msg { return pollMsg{} })
}

// check asks for the store's revision, in a command.
func (m *Model) check() tea.Cmd {
	b := m.opts.Backend
	return m.tasks.quietly(taskKey{owner: ownerRevision}, func(ctx context.Context) (any, error) {
		ctx, cancel := context.WithTimeout(ctx, readLimit)
		defer cancel()
		return b.Portals.Revision(ctx)
	})
}

// checked reads the store again when somebody wrote to it, and goes on polling.
// A failure is not worth a word here: the next load will say it.
func (m *Model) checked(r result) tea.Cmd {
	if revision, ok := r.value.(int64); ok && r.err == nil && (revision != m.revision || m.broken != nil) {
		return tea.Batch(m.load(), poll())
	}
	return poll()
}
