package ui

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/textinput"

	"github.com/hsterm/hsterm/internal/api"
	"github.com/hsterm/hsterm/oauth"
)

// catalogue is the list of sample calls: grouped by area, searched by typing.
type catalogue struct {
	samples []api.Sample
	rows    []catalogueRow // what the search leaves, with headings
	at      int            // chosen row, always one of a sample when there is one
	top     int            // first visible row
	input   textinput.Model
	editing bool
	locked  bool // only reads are offered
}

// catalogueRow is a heading, a blank line before one, or a sample.
type catalogueRow struct {
	area   string // of a heading
	sample int    // index, -1 for none
}

func newCatalogue() catalogue {
	c := catalogue{samples: api.Samples(), input: newInput()}
	c.input.Placeholder = "name, method, path or scope"
	c.sift()
	return c
}

// sift lists the samples that the search leaves and goes to the first of them,
// or stays where it was when nothing is searched for.
func (c *catalogue) sift() {
	chosen, had := c.chosen()
	words := strings.Fields(strings.ToLower(c.input.Value()))
	c.rows = c.rows[:0]
	area := ""
	for _, i := range c.matching(words) {
		if s := c.samples[i]; s.Area != area {
			if area != "" {
				c.rows = append(c.rows, catalogueRow{sample: -1})
			}
			area = s.Area
			c.rows = append(c.rows, catalogueRow{area: area, sample: -1})
		}
		c.rows = append(c.rows, catalogueRow{sample: i})
	}
	c.at, c.top = 0, 0
	c.settle(1)
	if had && len(words) == 0 {
		c.choose(chosen.ID)
	}
}

// lock offers reads only, or everything again.
func (c *catalogue) lock(on bool) {
	if c.locked == on {
		return
	}
	c.locked = on
	chosen, _ := c.chosen()
	c.sift()
	c.choose(chosen.ID)
}

// matching is the samples that have all the words: in name, method and path, else
// in their scopes too, else in their area's name, else as an abbreviation of the name. The
// first kind of match that finds anything is enough: "deals" is not looked for in
// "details".
func (c *catalogue) matching(words []string) []int {
	within := func(word string, texts ...string) bool {
		return strings.Contains(strings.ToLower(strings.Join(texts, " ")), word)
	}
	kinds := []func(s api.Sample, word string) bool{
		func(s api.Sample, w string) bool { return within(w, s.Name, s.Method, s.Path) },
		func(s api.Sample, w string) bool { return within(w, s.Name, s.Method, s.Path, s.Scopes.String()) },
		func(s api.Sample, w string) bool { return within(w, s.Name, s.Method, s.Path, s.Area) },
		func(s api.Sample, w string) bool { return initials(strings.ToLower(s.Name), w) },
	}
	var found []int
	for _, match := range kinds {
		for i, s := range c.samples {
			if c.locked && s.Effect != api.EffectRead {
				continue
			}
			if !slices.ContainsFunc(words, func(w string) bool { return !match(s, w) }) {
				found = append(found, i)
			}
		}
		if len(found) > 0 {
			break
		}
	}
	return found
}

// initials tells whether short abbreviates name, as "lcnt" does "list contacts":
// it begins words, and goes on inside them past a letter or two at most.
func initials(name, short string) bool {
	const skip = 2
	if short == "" {
		return true
	}
	for i := range name {
		if name[i] == short[0] && (i == 0 || name[i-1] == ' ') && abbreviates(name[i+1:], short[1:], skip) {
			return true
		}
	}
	return false
}

// abbreviates goes on inside a word, or with the beginning of another.
func abbreviates(rest, short string, skip int) bool {
	if short == "" {
		return true
	}
	word, _, _ := strings.Cut(rest, " ")
	for i := range min(len(word), skip+1) {
		if word[i] == short[0] && abbreviates(rest[i+1:], short[1:], skip) {
			return true
		}
	}
	_, after, more := strings.Cut(rest, " ")
	return more && initials(after, short)
}

// chosen is the sample the marker is on; false when the search leaves none.
func (c *catalogue) chosen() (api.Sample, bool) {
	if c.at < 0 || c.at >= len(c.rows) || c.rows[c.at].sample < 0 {
		return api.Sample{}, false
	}
	return c.samples[c.rows[c.at].sample], true
}

// choose puts the marker on a sample, if it is listed.
func (c *catalogue) choose(id string) {
	for i, r := range c.rows {
		if r.sample >= 0 && c.samples[r.sample].ID == id {
			c.at = i
		}
	}
}

// move chooses another sample; page is how many rows are visible.
func (c *catalogue) move(by motion, page int) {
	was := c.at
	c.at = by.step(c.at, len(c.rows), page)
	direction := 1
	if c.at < was || by == toBottom {
		direction = -1
	}
	c.settle(direction)
	if c.at < was && direction > 0 {
		c.at = was
	}
	c.follow(page)
}

// settle steps off a heading, on in the given direction, else back.
func (c *catalogue) settle(direction int) {
	for _, d := range []int{direction, -direction} {
		for i := c.at; i >= 0 && i < len(c.rows); i += d {
			if c.rows[i].sample >= 0 {
				c.at = i
				return
			}
		}
	}
}

// follow scrolls until the choice is visible, with its heading where that is
// the row above.
func (c *catalogue) follow(page int) {
	first := c.at
	for first > 0 && c.rows[first-1].sample < 0 && c.rows[first-1].area != "" {
		first--
	}
	c.top = min(c.top, first)
	c.top = max(c.top, c.at-page+1)
	c.top = max(0, min(c.top, len(c.rows)-page))
}

// search opens or closes the search line.
func (c *catalogue) search(on bool) {
	c.editing = on
	if on {
		c.input.Focus()
		c.input.CursorEnd()
		return
	}
	c.input.Blur()
}

// clear shows all samples again.
func (c *catalogue) clear() {
	c.search(false)
	c.input.Reset()
	c.sift()
}

// lacking is why a portal's grant will not do for a sample, nil when it will or
// when nobody can know, as with a static token.
func lacking(s api.Sample, p oauth.Portal) []string {
	if p.Kind != oauth.KindOAuth {
		return nil
	}
	return s.Scopes.Missing(p.Scopes)
}

// needs puts missing scopes into words: all of them, or one of several.
func needs(s api.Sample, missing []string) string {
	joint := " + "
	if len(s.Scopes.All) == 0 {
		joint = " or "
	}
	return "needs " + strings.Join(missing, joint)
}

// asksFirst tells whether a call is confirmed by typing the portal's alias:
// whatever destroys, and every write to a protected portal.
func asksFirst(effect api.Effect, p oauth.Portal) bool {
	return effect == api.EffectDestructive || effect == api.EffectWrite && p.Protected
}
