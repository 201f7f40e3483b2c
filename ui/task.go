package ui

import (
	"context"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
)

// slowAfter is how long work may take before the screen says that it is waiting.
const slowAfter = 150 * time.Millisecond

// taskKey names work under way. Starting work under a key cancels what still
// runs under it.
type taskKey struct {
	owner  string // who gets the result: a tab's or a dialog's name, or one of the root's
	portal int64  // 0 when it is not about one
}

// result is what came of work.
type result struct {
	key   taskKey
	value any // typed by the owner
	err   error
	last  bool // false for what was reported on the way
}

// tasks is the work under way. It belongs to Update: only the commands it makes
// run elsewhere, and those hold nothing but what they captured.
type tasks struct {
	base context.Context
	gen  uint64
	live map[taskKey]*task
}

type task struct {
	gen    uint64
	cancel context.CancelFunc
	slow   bool
	quiet  bool // the user did not ask for it: no spinner, esc leaves it alone
}

// taskMsg carries a result with the generation it belongs to.
type taskMsg struct {
	result
	gen  uint64
	next tea.Cmd // reads the next report, nil for the last
}

// slowMsg says that work of this generation has taken slowAfter.
type slowMsg struct {
	key taskKey
	gen uint64
}

func newTasks(base context.Context) *tasks {
	return &tasks{base: base, live: map[taskKey]*task{}}
}

// start makes the command that does work and reports its result to key's owner.
func (t *tasks) start(key taskKey, work func(context.Context) (any, error)) tea.Cmd {
	ctx, gen := t.begin(key, false)
	return tea.Batch(t.once(ctx, key, gen, work), watch(key, gen))
}

// quietly is start for work nobody asked for and nobody waits for.
func (t *tasks) quietly(key taskKey, work func(context.Context) (any, error)) tea.Cmd {
	ctx, gen := t.begin(key, true)
	return t.once(ctx, key, gen, work)
}

// stream is start for work that reports on the way. report may be called from
// the work's own goroutine only.
func (t *tasks) stream(key taskKey, work func(ctx context.Context, report func(any)) error) tea.Cmd {
	ctx, gen := t.begin(key, false)
	reports := make(chan taskMsg)
	send := func(m taskMsg) {
		select {
		case reports <- m:
		case <-ctx.Done():
		}
	}
	var next tea.Cmd
	next = func() tea.Msg {
		select {
		case m := <-reports:
			if !m.last {
				m.next = next
			}
			return m
		case <-ctx.Done():
			return nil
		}
	}
	run := func() tea.Msg {
		err := work(ctx, func(value any) {
			send(taskMsg{result: result{key: key, value: value}, gen: gen})
		})
		send(taskMsg{result: result{key: key, err: err, last: true}, gen: gen})
		return nil
	}
	return tea.Batch(run, next, watch(key, gen))
}

func (t *tasks) begin(key taskKey, quiet bool) (context.Context, uint64) {
	t.cancel(key)
	t.gen++
	ctx, cancel := context.WithCancel(t.base)
	t.live[key] = &task{gen: t.gen, cancel: cancel, quiet: quiet}
	return ctx, t.gen
}

func (t *tasks) once(ctx context.Context, key taskKey, gen uint64, work func(context.Context) (any, error)) tea.Cmd {
	return func() tea.Msg {
		value, err := work(ctx)
		return taskMsg{result: result{key: key, value: value, err: err, last: true}, gen: gen}
	}
}

func watch(key taskKey, gen uint64) tea.Cmd {
	return tea.Tick(slowAfter, func(time.Time) tea.Msg { return slowMsg{key: key, gen: gen} })
}

// current tells whether m belongs to work that is still wanted, and forgets the
// work when it was its last word.
func (t *tasks) current(m taskMsg) bool {
	live := t.live[m.key]
	if live == nil || live.gen != m.gen {
		return false
	}
	if m.last {
		live.cancel()
		delete(t.live, m.key)
	}
	return true
}

// lag marks work that has become slow; false when it is over already.
func (t *tasks) lag(m slowMsg) bool {
	live := t.live[m.key]
	if live == nil || live.gen != m.gen {
		return false
	}
	live.slow = true
	return true
}

// running tells whether work is under way under key.
func (t *tasks) running(key taskKey) bool { return t.live[key] != nil }

// slow tells whether work under key has taken so long that it shows.
func (t *tasks) slow(key taskKey) bool {
	live := t.live[key]
	return live != nil && live.slow
}

// anySlow tells whether the spinner has anything to do.
func (t *tasks) anySlow() bool {
	for _, live := range t.live {
		if live.slow {
			return true
		}
	}
	return false
}

// cancel ends the work under key; false when there is none.
func (t *tasks) cancel(key taskKey) bool {
	live := t.live[key]
	if live == nil {
		return false
	}
	live.cancel()
	delete(t.live, key)
	return true
}

// cancelAsked ends all work somebody asked for, and returns how much that was.
func (t *tasks) cancelAsked() int {
	n := 0
	for key, live := range t.live {
		if !live.quiet {
			live.cancel()
			delete(t.live, key)
			n++
		}
	}
	return n
}

// asked tells whether there is anything for cancelAsked to end.
func (t *tasks) asked() bool {
	for _, live := range t.live {
		if !live.quiet {
			return true
		}
	}
	return false
}

// cancelOwner ends all work of one owner, and of owners named after it.
func (t *tasks) cancelOwner(owner string) {
	for key := range t.live {
		if strings.HasPrefix(key.owner, owner) {
			t.cancel(key)
		}
	}
}
