package ui

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/hsterm/hsterm/internal/api"
	"github.com/hsterm/hsterm/oauth"
)

// ownerBatch has the work of a batch, one task a portal; a refresh has its own.
const ownerBatch = "batch"

// atOnce is how many portals of a batch are on the wire at once.
const atOnce = 8

// deed is what a batch does to each of its portals.
type deed int

const (
	deedRefresh deed = iota
	deedRead
	deedProbe
	deedKeep
)

// doing and done are the deed's words, before a count.
func (d deed) doing() string { return [...]string{"refreshing", "testing", "probing", "changing"}[d] }
func (d deed) done() string  { return [...]string{"refreshed", "tested", "probed", "changed"}[d] }

// batchState is how far a batch is with one portal.
type batchState int

const (
	batchOpen batchState = iota
	batchGood
	batchFailed
	batchCancelled
)

// batchRow is one portal of a batch.
type batchRow struct {
	id    int64
	alias string
	state batchState
	batchOutcome
	failure *oauth.Error // nil unless it failed
}

// batchOutcome is what came of one portal; all of it is zero where it has no
// meaning.
type batchOutcome struct {
	status int // HTTP
	took   time.Duration
	limits api.RateLimits
	words  string
	failed error // what HubSpot said instead of doing it
}

// batch is one thing done to several portals: under way while a row is open, and
// kept afterwards for its result sheet.
type batch struct {
	deed deed
	what string // the call or the setting, "" where the deed says it all
	rows []batchRow
	at   map[int64]int // rows by portal
	open int
}

// newBatch waits for all of portals.
func newBatch(d deed, portals []oauth.Portal) batch {
	b := batch{deed: d, at: map[int64]int{}, open: len(portals)}
	for i, p := range portals {
		b.rows = append(b.rows, batchRow{id: p.ID, alias: p.Alias})
		b.at[p.ID] = i
	}
	return b
}

// waits tells whether the batch still waits for a portal.
func (b *batch) waits(d deed, id int64) bool {
	i, ok := b.at[id]
	return ok && b.deed == d && b.rows[i].state == batchOpen
}

// settle takes in what came of a portal; false when the batch was not waiting for
// it.
func (b *batch) settle(d deed, id int64, o batchOutcome, err error) bool {
	if !b.waits(d, id) {
		return false
	}
	row := &b.rows[b.at[id]]
	row.batchOutcome, row.state = o, batchGood
	if err = cmp.Or(err, o.failed); err != nil {
		row.failure, row.state = cleanError(err), batchFailed
	}
	b.open--
	return true
}

// cancel gives up what is not done yet.
func (b *batch) cancel() {
	for i := range b.rows {
		if b.rows[i].state == batchOpen {
			b.rows[i].state = batchCancelled
		}
	}
	b.open = 0
}

// count is how many portals of the batch are in a state.
func (b *batch) count(s batchState) int {
	n := 0
	for _, row := range b.rows {
		if row.state == s {
			n++
		}
	}
	return n
}

// progress is the batch while it is under way, "" while there is none.
func (b *batch) progress(bullet string) string {
	if b.open == 0 {
		return ""
	}
	text := fmt.Sprintf("%s %d/%d", b.deed.doing(), len(b.rows)-b.open, len(b.rows))
	if failed := b.count(batchFailed); failed > 0 {
		text += fmt.Sprintf(" %s %d failed", bullet, failed)
	}
	return text
}

// reason is why some portals of a batch failed.
type reason struct {
	words   string
	portals []string
}

// mostNamed is how many portals a reason names.
const mostNamed = 3

func (r reason) String() string {
	names := r.portals
	more := ""
	if len(names) > mostNamed {
		more = fmt.Sprintf(" and %d more", len(names)-mostNamed)
		names = names[:mostNamed]
	}
	return r.words + ": " + strings.Join(names, ", ") + more + "."
}

// reasons are why portals failed, the most frequent first.
func (b *batch) reasons() []reason {
	var all []reason
	for _, row := range b.rows {
		if row.failure == nil {
			continue
		}
		words := cmp.Or(headline(row.failure), strings.TrimSuffix(row.failure.Message, "."))
		i := slices.IndexFunc(all, func(r reason) bool { return r.words == words })
		if i < 0 {
			i = len(all)
			all = append(all, reason{words: words})
		}
		all[i].portals = append(all[i].portals, row.alias)
	}
	slices.SortStableFunc(all, func(a, b reason) int { return len(b.portals) - len(a.portals) })
	return all
}

// summary is the batch in one failure, nil when all went well.
func (b *batch) summary(k keys) *oauth.Error {
	failed := b.count(batchFailed)
	if failed == 0 {
		return nil
	}
	e := &oauth.Error{Message: fmt.Sprintf("%s %d of %d, %d failed", b.deed.done(), b.count(batchGood), len(b.rows), failed)}
	limited := 0
	for _, row := range b.rows {
		if row.failure == nil {
			continue
		}
		e.Class = row.failure.Class
		if row.failure.Class == oauth.ClassRateLimited && row.failure.RetryAt.Compare(e.RetryAt) >= 0 {
			e.RetryAt, e.Hint = row.failure.RetryAt, row.failure.Message
		}
		if row.failure.Class == oauth.ClassRateLimited {
			limited++
		}
	}
	if limited == failed { // nothing is wrong but the number of calls
		e.Message = fmt.Sprintf("%s %d of %d, %d wait: %s", b.deed.done(), b.count(batchGood), len(b.rows), failed, e.Hint)
		e.Hint = "Try again then."
		return e
	}
	var lines []string
	for _, r := range b.reasons() {
		lines = append(lines, r.String())
	}
	e.Hint = strings.Join(append(lines, k.of("list.results")+" shows each portal."), "\n")
	return e
}

// startBatch does work for every portal, a few at once; slow ones do not hold the
// others up.
func (m *Model) startBatch(b batch, portals []oauth.Portal, work func(context.Context, oauth.Portal) (batchOutcome, error)) tea.Cmd {
	m.batch = b
	turn := make(chan struct{}, atOnce)
	var cmds []tea.Cmd
	for _, p := range portals {
		cmds = append(cmds, m.tasks.start(taskKey{ownerBatch, p.ID}, func(ctx context.Context) (any, error) {
			leave, err := queue(ctx, turn)
			if err != nil {
				return nil, err
			}
			defer leave()
			return work(ctx, p)
		}))
	}
	return tea.Batch(cmds...)
}

// queue waits for a turn; leave gives it to the next. A nil turn is anybody's.
func queue(ctx context.Context, turn chan struct{}) (leave func(), err error) {
	if turn == nil {
		return func() {}, nil
	}
	select {
	case turn <- struct{}{}:
		return func() { <-turn }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// batched takes in what came of one portal of a batch.
func (m *Model) batched(r result) tea.Cmd {
	o, _ := r.value.(batchOutcome)
	if !m.batch.settle(m.batch.deed, r.key.portal, o, r.err) || m.batch.open > 0 {
		return nil
	}
	return tea.Batch(m.batchSaid(), m.load())
}

// batchSaid is the toast for the batch, once nothing of it is under way.
func (m *Model) batchSaid() tea.Cmd {
	b := &m.batch
	if b.open > 0 {
		return nil
	}
	if e := b.summary(m.keys); e != nil {
		return m.complain(e)
	}
	return m.toast(toastMsg{text: fmt.Sprintf("%s %d of %d", b.deed.done(), b.count(batchGood), len(b.rows)), done: true})
}
