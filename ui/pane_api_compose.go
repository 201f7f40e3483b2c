package ui

import (
	"strings"

	"charm.land/bubbles/v2/textinput"

	"github.com/hsterm/hsterm/internal/api"
	"github.com/hsterm/hsterm/theme"
)

// composer is a request before it is sent: path and query on one line, the body
// on another, and the portal's alias where that is asked for.
type composer struct {
	sample  api.Sample
	target  textinput.Model
	body    textinput.Model
	alias   textinput.Model
	onBody  bool
	problem string // why it cannot be sent as it is
	why     string // it is asked about
	doubted bool   // because the same was sent before and nobody knows what became of it
}

// newComposer fills a sample in: with what answers have told where that is
// harmless, else with what the catalogue suggests.
func newComposer(sample api.Sample, known map[string]string) composer {
	c := composer{sample: sample, target: newInput(), body: newInput(), alias: newInput()}
	values := map[string]string{}
	if value, ok := known[sample.Path]; ok && len(sample.Params) == 1 && sample.Effect != api.EffectDestructive {
		values[sample.Params[0].Name] = value
	}
	c.target.SetValue(sample.Target(values))
	c.body.SetValue(sample.Body)
	c.focus(false)
	return c
}

// composerOf shows a request as it was sent.
func composerOf(c call) composer {
	made := newComposer(c.sample, nil)
	target := c.request.Path
	if len(c.request.Query) > 0 {
		target += "?" + c.request.Query.Encode()
	}
	made.target.SetValue(target)
	made.body.SetValue(string(c.request.Body))
	made.focus(false)
	return made
}

// hasBody tells whether a body can be sent along.
func (c *composer) hasBody() bool { return c.sample.Method != "GET" && c.sample.Method != "DELETE" }

// focus puts the cursor into the body, or else into the path, behind what is
// likeliest to be changed.
func (c *composer) focus(body bool) {
	c.onBody = body && c.hasBody()
	c.target.Blur()
	c.body.Blur()
	if c.onBody {
		c.body.Focus()
		c.body.CursorEnd()
		return
	}
	c.target.Focus()
	path, _, _ := strings.Cut(c.target.Value(), "?")
	c.target.SetCursor(len([]rune(path)))
}

// field is what is being typed into.
func (c *composer) field(mode apiMode) *textinput.Model {
	c.problem = ""
	switch {
	case mode == apiConfirming:
		return &c.alias
	case c.onBody:
		return &c.body
	default:
		return &c.target
	}
}

// request is what was composed; false when it cannot be sent, with the reason in
// problem.
func (c *composer) request() (api.Request, bool) {
	path, query, err := api.ParseTarget(c.target.Value())
	if err != nil {
		e := cleanError(err)
		c.problem = strings.TrimSpace(e.Message + " " + e.Hint)
		return api.Request{}, false
	}
	r := api.Request{Method: c.sample.Method, Path: path, Query: query}
	if body := strings.TrimSpace(c.body.Value()); body != "" && c.hasBody() {
		if !isJSON(body) {
			c.problem = "The body is not JSON."
			return api.Request{}, false
		}
		r.Body = []byte(body)
	}
	return r, true
}

func isJSON(text string) bool {
	_, err := indexJSON([]byte(text))
	return err == nil
}

// ask wants the alias typed before the request is sent.
func (c *composer) ask(why string) {
	c.why, c.doubted = why, false
	c.problem = ""
	c.alias.Reset()
	c.alias.Focus()
}

// confirmed compares what was typed.
func (c *composer) confirmed(alias string) bool {
	if strings.TrimSpace(c.alias.Value()) == alias {
		return true
	}
	c.problem = "That is not " + alias + "."
	return false
}

// view draws the request, and in confirming mode the question.
func (c *composer) view(s scene, f frame, mode apiMode) picture {
	t := s.theme
	var p picture
	var head run
	head.add(t.Strong, cut(c.sample.Name, f.width, t.Glyphs.Ellipsis))
	scopes := c.sample.Scopes.String()
	if room := f.width - textWidth(scopes); room > head.cells+2 {
		head.to(t.Text, room).add(t.Muted, scopes)
	}
	p.lines = append(p.lines, head.String(), "")
	p.field(t, f, c.sample.Method, c.target, f.focused && mode == apiComposing && !c.onBody)
	if c.hasBody() {
		p.field(t, f, "body", c.body, f.focused && mode == apiComposing && c.onBody)
	}
	p.lines = append(p.lines, "")
	if mode == apiConfirming {
		p.lines = append(p.lines, paragraph(t.Warn, c.why, f.width)...)
		p.lines = append(p.lines, paragraph(t.Text, "Type the alias to send it: "+s.portal.Alias, f.width)...)
		p.field(t, f, "alias", c.alias, f.focused)
	}
	switch missing := lacking(c.sample, s.portal); {
	case c.problem != "":
		p.lines = append(p.lines, paragraph(t.Bad, c.problem, f.width)...)
	case mode == apiConfirming:
	case len(missing) > 0:
		p.lines = append(p.lines, paragraph(t.Warn, "This call "+needs(c.sample, missing)+", which was not granted: HubSpot will refuse it.", f.width)...)
	default:
		p.lines = append(p.lines, paragraph(t.Muted, effectWords(c.sample, s), f.width)...)
	}
	return c.preview(t, f, p)
}

// preview shows the body as it is understood, below everything else.
func (c *composer) preview(t theme.Theme, f frame, p picture) picture {
	doc := newDocument([]byte(c.body.Value()))
	room := f.height - len(p.lines) - 1
	if !c.hasBody() || !doc.json || room < 1 {
		return p
	}
	v := documentView{doc: doc}
	p.lines = append(p.lines, "")
	p.lines = append(p.lines, v.view(t, frame{width: f.width, height: room})...)
	return p
}

// field adds a line with a name and an input, and takes the cursor there.
func (p *picture) field(t theme.Theme, f frame, name string, input textinput.Model, active bool) {
	ink := t.Muted
	if active {
		ink = t.Accent
	}
	var r run
	r.add(ink, left(name, methodWidth, t.Glyphs.Ellipsis)).gap(t.Text, 2)
	room := f.width - r.cells
	if room < 1 {
		p.lines = append(p.lines, cut(name, f.width, t.Glyphs.Ellipsis))
		return
	}
	paintInput(&input, t, room)
	if cursor := input.Cursor(); active && cursor != nil {
		p.cursor = &point{r.cells + cursor.X, len(p.lines)}
	}
	text := input.View()
	p.lines = append(p.lines, r.painted(text, textWidth(text)).String())
}

// paragraph is a text in one ink, broken between words.
func paragraph(ink theme.Ink, text string, width int) []string {
	var lines []string
	for _, l := range wrap(text, width) {
		lines = append(lines, ink.Render(strings.TrimRight(l, " ")))
	}
	return lines
}
