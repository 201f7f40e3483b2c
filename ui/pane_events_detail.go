package ui

import (
	"fmt"
	"strings"
	"time"

	"github.com/hsterm/hsterm/internal/api"
	"github.com/hsterm/hsterm/oauth"
)

// Columns of an unfolded event, in cells.
const (
	eventIndent = 4
	eventName   = 13
)

// eventDetail is every field of an event, and what its class means.
func (s scene) eventDetail(e oauth.Event, width int) []string {
	outcome, ink := "ok", s.theme.Good
	if e.Outcome != oauth.OutcomeOK {
		outcome, ink = "failed", s.theme.Bad
	}
	facts := []fact{
		{"what", e.Detail, s.theme.Text, ""},
		{"outcome", outcome, ink, ""},
	}
	if e.Class != "" {
		facts = append(facts, fact{"class", string(e.Class), s.theme.Text, headline(&oauth.Error{Class: e.Class, Status: e.Status})})
	}
	if e.Status != 0 {
		facts = append(facts, fact{"answer", strings.TrimSpace(fmt.Sprintf("%d %s", e.Status, api.Response{Status: e.Status}.StatusText())), s.theme.Text, ""})
	}
	if e.Duration > 0 {
		facts = append(facts, fact{"took", shortTime(e.Duration), s.theme.Text, ""})
	}
	facts = append(facts,
		fact{"at", e.At.In(s.zone).Format("2 January 2006 15:04:05 MST"), s.theme.Text, ago(e.At, s.now)},
	)
	if e.At.Location() != s.zone && s.zone != time.UTC {
		facts = append(facts, fact{"UTC", e.At.UTC().Format("2006-01-02T15:04:05Z"), s.theme.Text, ""})
	}
	facts = append(facts,
		fact{"by", e.Actor, s.theme.Text, ""},
		fact{"event", fmt.Sprint(e.ID), s.theme.Text, e.Alias},
		fact{"correlation", e.CorrelationID, s.theme.Text, ""},
	)
	var out []string
	for _, f := range facts {
		if f.value != "" {
			out = append(out, f.wrapped(s, width)...)
		}
	}
	return append(out, "")
}

// wrapped is the fact in as many indented lines as it needs.
func (f fact) wrapped(s scene, width int) []string {
	t := s.theme
	text := f.value
	aside := f.aside
	if aside != "" && textWidth(text)+2+textWidth(aside) > width-eventIndent-eventName {
		text, aside = text+"  "+aside, ""
	}
	var out []string
	for i, line := range wrap(text, max(8, width-eventIndent-eventName)) {
		var r run
		name := ""
		if i == 0 {
			name = f.name
		}
		r.gap(t.Text, eventIndent).add(t.Muted, left(name, eventName, ""))
		r.add(f.ink, strings.TrimRight(line, " "))
		if aside != "" {
			r.gap(t.Text, 2).add(t.Muted, aside)
		}
		out = append(out, r.String())
	}
	return out
}

// eventWord is an event's kind for people.
func eventWord(k oauth.EventKind) string { return strings.ReplaceAll(string(k), "_", " ") }
