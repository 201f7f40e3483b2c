package ui

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"github.com/hsterm/hsterm/internal/api"
)

// Bounds of a repetition: HubSpot counts every call.
const (
	usualLaps = 20
	mostLaps  = 200
	lapsSpare = 10 // part of the rate limit that is left to others: one tenth
)

// repetition is a read sent many times, one after the other.
type repetition struct {
	input  textinput.Model
	asking bool
	wanted int
	laps   []lap
}

// lap is one of the calls.
type lap struct {
	elapsed time.Duration
	limits  api.RateLimits
	problem string // why it was the last, "" when it was not
}

func (x *repetition) add(l lap) { x.laps = append(x.laps, l) }

// askRepeat asks how often.
func (p *apiPane) askRepeat(scene) tea.Cmd {
	x := repetition{input: newInput(), asking: true}
	x.input.SetValue(strconv.Itoa(usualLaps))
	x.input.Focus()
	x.input.CursorEnd()
	p.current.repeat, p.current.mode = x, apiRepeat
	return nil
}

// repeat sends the answered call as often as was asked for. It stops at the first
// failure, and before the rate limit is used up.
func (p *apiPane) repeat(s scene) tea.Cmd {
	x := &p.current.repeat
	n, err := strconv.Atoi(strings.TrimSpace(x.input.Value()))
	if err != nil || n < 2 || n > mostLaps {
		return say(fmt.Sprintf("a number from 2 to %d", mostLaps))
	}
	x.asking, x.wanted, x.laps = false, n, nil
	x.input.Blur()
	calls, id, request := s.backend.Calls, s.portal.ID, p.current.answer.call.request
	p.current.sent = p.current.answer.call
	return s.tasks.stream(taskKey{tabAPI.name(), id}, func(ctx context.Context, report func(any)) error {
		for range n {
			response, err := calls.Send(ctx, id, request)
			l := newLap(response, err)
			report(l)
			if l.problem != "" || ctx.Err() != nil {
				return nil
			}
		}
		return nil
	})
}

// newLap is a call's measure, and whether another may follow.
func newLap(r api.Response, err error) lap {
	l := lap{elapsed: r.Elapsed, limits: r.Limits}
	switch {
	case err != nil:
		l.problem = cleanError(err).Message
	case r.Failure != nil:
		l.problem = cleanError(r.Failure).Message
	case r.Limits.Known() && r.Limits.Remaining*lapsSpare < r.Limits.Max:
		l.problem = fmt.Sprintf("Stopped: %d of %d calls are left before the rate limit.", r.Limits.Remaining, r.Limits.Max)
	}
	return l
}

// times are how long the calls took that were answered, in order.
func (x *repetition) times() []time.Duration {
	var times []time.Duration
	for _, l := range x.laps {
		if l.elapsed > 0 {
			times = append(times, l.elapsed)
		}
	}
	return times
}

// percentile is the smallest of sorted times that q of them do not exceed
// (nearest rank), 0 of none.
func percentile(sorted []time.Duration, q float64) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	rank := int(math.Ceil(q * float64(len(sorted))))
	return sorted[max(1, min(rank, len(sorted)))-1]
}

// view draws the question, or how far it is and how long the calls took.
func (x *repetition) view(s scene, f frame, c call, running bool) picture {
	t := s.theme
	p := picture{lines: []string{c.line(t, f.width), ""}}
	if x.asking {
		p.field(t, f, "times", x.input, f.focused)
		p.lines = append(p.lines, "")
		p.lines = append(p.lines, paragraph(t.Muted, fmt.Sprintf("Sends this read one after the other, at most %d times. It stops at a failure, and before the rate limit is used up.", mostLaps), f.width)...)
		return p
	}
	p.lines = append(p.lines, x.progress(s, f.width, running), "")
	times := x.times()
	sorted := slices.Sorted(slices.Values(times))
	if len(sorted) > 0 {
		for _, q := range []struct {
			name string
			took time.Duration
		}{{"p50", percentile(sorted, 0.5)}, {"p95", percentile(sorted, 0.95)}, {"fastest", sorted[0]}, {"slowest", sorted[len(sorted)-1]}} {
			p.lines = append(p.lines, cut(t.Muted.Render(left(q.name, 9, ""))+t.Strong.Render(right(shortTime(q.took), 8, "")), f.width, t.Glyphs.Ellipsis))
		}
		p.lines = append(p.lines, "", t.Accent.Render(spark(times, f.width, t.Glyphs.Spark)))
	}
	if n := len(x.laps); n > 0 {
		last := x.laps[n-1]
		if last.limits.Known() {
			var r run
			r.add(t.Muted, left("limit", 6, ""))
			gauge(&r, t, last.limits, f.width)
			p.lines = append(p.lines, "", r.String())
		}
		if last.problem != "" {
			p.lines = append(p.lines, "")
			p.lines = append(p.lines, paragraph(t.Warn, last.problem, f.width)...)
		}
	}
	return p
}

// progress says how many calls were answered.
func (x *repetition) progress(s scene, width int, running bool) string {
	t := s.theme
	done := len(x.laps)
	var r run
	full := done * 2 * gaugeWidth / max(1, x.wanted)
	r.add(t.Strong, fmt.Sprintf("%d of %d", done, x.wanted)).gap(t.Text, 2)
	r.add(t.Accent, repeat(t.Glyphs.GaugeFull, full)).add(t.Faint, repeat(t.Glyphs.GaugeEmpty, 2*gaugeWidth-full)).gap(t.Text, 2)
	switch {
	case running:
		r.add(t.Key, "esc").add(t.Muted, " stop")
	case done == x.wanted:
		r.add(t.Good, t.Glyphs.Check+" done")
	default:
		r.add(t.Warn, "stopped")
	}
	return cut(r.String(), width, t.Glyphs.Ellipsis)
}

// spark draws times as heights from nothing to the slowest, the newest at the
// right.
func spark(times []time.Duration, width int, heights []string) string {
	times = times[max(0, len(times)-width):]
	slowest := slices.Max(times)
	var b strings.Builder
	for _, d := range times {
		b.WriteString(heights[int(int64(d)*int64(len(heights)-1)/int64(slowest))])
	}
	return b.String()
}

func apiRepeatActions() []action {
	return []action{{
		id: "api.repeat", keys: []string{"T"}, label: "time it", help: "send the answered read many times, and see p50 and p95", scope: inAPI, hint: 13,
		enabled: func(m *Model) (bool, string) {
			a := m.panes.api.current
			if a == nil || a.mode != apiAnswer && a.mode != apiRepeat || a.answer == nil {
				return false, ""
			}
			if a.answer.call.sample.Effect != api.EffectRead || a.answer.call.request.Changes() {
				return false, "only what reads is sent many times"
			}
			return apiFree(m)
		},
		run: onAPI((*apiPane).askRepeat),
	}}
}
