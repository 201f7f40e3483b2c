package ui

import (
	"slices"
	"strings"
	"time"

	"charm.land/bubbles/v2/textinput"

	"github.com/hsterm/hsterm/oauth"
)

// filter is the line above the list.
type filter struct {
	input   textinput.Model
	editing bool
	query   query
}

func newFilter() filter {
	input := newInput()
	input.Prompt = ""
	input.Placeholder = "name, hub id, is:due, app:main, scope:deals"
	return filter{input: input}
}

// active tells whether the line shows.
func (f *filter) active() bool { return f.editing || f.input.Value() != "" }

// query is what a filter line asks for: all of its words.
type query []term

// term is one word of a query, with the field it is about, "" for any.
type term struct{ field, text string }

func parseQuery(line string) query {
	var q query
	for word := range strings.FieldsSeq(strings.ToLower(line)) {
		t := term{text: word}
		if field, text, found := strings.Cut(word, ":"); found && slices.Contains(fields(), field) {
			t = term{field: field, text: text}
		}
		q = append(q, t)
	}
	return q
}

// fields are what a term can be about.
func fields() []string { return []string{"is", "app", "scope"} }

// stranger says which word of the query cannot match anything, and what is known
// in its place; "" when all of them could.
func (q query) stranger() string {
	for _, t := range q {
		switch field, _, found := strings.Cut(t.text, ":"); {
		case t.field == "is" && !knownState(t.text):
			return "is:" + Safe(t.text) + " is not known. There are is:active is:static is:due is:expired is:reconnect is:app"
		case t.field == "" && found && field != "":
			return Safe(field) + ": is not known. There are is: app: scope:"
		}
	}
	return ""
}

// knownState tells whether a state's word begins like text.
func knownState(text string) bool {
	for s := stateActive; s <= stateMisconfigured; s++ {
		if strings.HasPrefix(s.word(), text) {
			return true
		}
	}
	return false
}

// timed tells whether what matches changes with the clock alone.
func (q query) timed() bool {
	return slices.ContainsFunc(q, func(t term) bool { return t.field == "is" })
}

func (q query) match(p oauth.Portal, now time.Time) bool { return q.finds(&p, textsOf(&p), now) }

// finds is match with the portal's texts at hand, as a list of thousands has them.
func (q query) finds(p *oauth.Portal, in texts, now time.Time) bool {
	for _, t := range q {
		if !t.finds(p, in, now) {
			return false
		}
	}
	return true
}

func (t term) finds(p *oauth.Portal, in texts, now time.Time) bool {
	switch t.field {
	case "is":
		return matchState(t.text, stateOf(*p, now))
	case "app":
		return strings.Contains(in.app, t.text)
	case "scope":
		return slices.ContainsFunc(p.Scopes, func(s string) bool { return strings.Contains(s, t.text) })
	}
	return fuzzy(in.alias, t.text) || strings.Contains(in.hub, t.text) ||
		strings.Contains(in.domain, t.text) || strings.Contains(in.app, t.text)
}

// texts are what a portal is found by, in small letters.
type texts struct{ alias, hub, domain, app string }

func textsOf(p *oauth.Portal) texts {
	return texts{strings.ToLower(p.Alias), hubText(p.HubID), strings.ToLower(p.HubDomain), strings.ToLower(appText(*p))}
}

// matchState compares with the beginning of a state's word, so that a list that
// is filtered while somebody types does not go empty before the word is whole.
// A static token is active too.
func matchState(text string, s state) bool {
	return strings.HasPrefix(s.word(), text) || s == stateStatic && strings.HasPrefix(stateActive.word(), text)
}

// fuzzy tells whether the characters of want occur in s in their order.
func fuzzy(s, want string) bool {
	for _, r := range want {
		i := strings.IndexRune(s, r)
		if i < 0 {
			return false
		}
		s = s[i+len(string(r)):]
	}
	return true
}
