package ui

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"github.com/hsterm/hsterm/theme"
)

// drawn is a document as text: every shown line, unpainted.
func drawn(d *document, width int) string {
	v := documentView{doc: d}
	lines := v.view(theme.New(theme.Options{}), frame{width: width, height: v.rows()})
	for i, line := range lines {
		lines[i] = strings.TrimRight(strings.TrimPrefix(ansi.Strip(line), "  "), " ")
	}
	return strings.Join(lines, "\n")
}

func TestDocumentIndents(t *testing.T) {
	body := `{"a":1,"b":{"c":"x: {y}","d":[]},"list":[true,null,"z"],"e":{ }, "s":"a\"b"}`
	want := strings.TrimPrefix(`
{
  "a": 1,
  "b": {
    "c": "x: {y}",
    "d": []
  },
  "list": [  3 items
    true,
    null,
    "z"
  ],
  "e": {},
  "s": "a\"b"
}`, "\n")
	if got := drawn(newDocument([]byte(body)), 80); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestDocumentOfScalars(t *testing.T) {
	for _, body := range []string{`1`, `"x"`, `null`, ` true `, `[]`, `{}`} {
		if got := drawn(newDocument([]byte(body)), 40); got != strings.TrimSpace(body) {
			t.Errorf("%q is drawn as %q", body, got)
		}
	}
}

// TestDocumentAgreesWithEncodingJSON compares the layout with the standard
// library's for documents of many shapes.
func TestDocumentAgreesWithEncodingJSON(t *testing.T) {
	bodies := []string{
		`[[[1],[2]],{"a":[{"b":{}}]}]`,
		`{"":"","a b":[{}],"\u0041":-1.5e3}`,
		`[ { "x" : [ ] , "y" : { "z" : false } } , "," , ":" , "{" , "}" ]`,
	}
	for _, body := range bodies {
		d := newDocument([]byte(body))
		for i := range d.folded {
			d.folded[i] = false
		}
		d.reflow()
		var want bytes.Buffer
		if err := json.Indent(&want, []byte(body), "", "  "); err != nil {
			t.Fatal(err)
		}
		got := regexp.MustCompile(`\[  \d+ items`).ReplaceAllString(drawn(d, 80), "[")
		if got != want.String() {
			t.Errorf("got\n%s\nwant\n%s", got, want.String())
		}
	}
}

func TestDocumentFoldsLongArraysInsideTheData(t *testing.T) {
	long := "[" + strings.TrimSuffix(strings.Repeat("1,", 24), ",") + "]"
	d := newDocument([]byte(`{"results":[{"options":` + long + `,"z":1}],"top":` + long + `}`))
	got := drawn(d, 60)
	if !strings.Contains(got, `"options": [ … 24 items ],`) {
		t.Errorf("the array inside an item is not folded:\n%s", got)
	}
	if !strings.Contains(got, `"top": [  24 items`) {
		t.Errorf("the list asked for is folded:\n%s", got)
	}
}

func TestDocumentToggle(t *testing.T) {
	d := newDocument([]byte(`{"a":{"b":1,"c":2},"d":3}`))
	if at := d.toggle(2); at != 1 { // "b": folds what it is inside of
		t.Errorf("folding from inside led to line %d", at)
	}
	want := "{\n  \"a\": { … 2 members },\n  \"d\": 3\n}"
	if got := drawn(d, 40); got != want {
		t.Errorf("got\n%s", got)
	}
	d.toggle(1)
	if len(d.shown) != len(d.lines) {
		t.Error("unfolding did not bring every line back")
	}
	if at := d.toggle(4); at != 1 || !d.folded[1] { // the closing bracket
		t.Errorf("folding from the closing bracket led to line %d", at)
	}
}

func TestDocumentPath(t *testing.T) {
	d := newDocument([]byte(`{"results":[{"id":"1"},{"properties":{"e-mail":"x","name":"y"}}],"n":[[5]]}`))
	want := map[string]string{
		`"id"`: ".results[0].id", `"e-mail"`: `.results[1].properties["e-mail"]`,
		`"name"`: ".results[1].properties.name", `5`: ".n[0][0]",
	}
	for text, path := range want {
		hits := d.search(text)
		if len(hits) != 1 || d.path(int(hits[0])) != path {
			t.Errorf("%s: %v", text, hits)
			for _, h := range hits {
				t.Errorf("  %s", d.path(int(h)))
			}
		}
	}
	if d.path(0) != "" || d.path(len(d.lines)-1) != "" {
		t.Errorf("the document itself is at %q and %q", d.path(0), d.path(len(d.lines)-1))
	}
}

func TestDocumentOfText(t *testing.T) {
	d := newDocument([]byte("<html>\r\n\t<b>\x1b[31mred\u202e</b>\n</html>"))
	want := "<html>\n    <b>\\x1b[31mred\\u202e</b>\n</html>"
	if got := drawn(d, 60); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if len(newDocument(nil).lines) != 0 {
		t.Error("an empty body has lines")
	}
}

func TestLongTextIsCutBetweenRunes(t *testing.T) {
	body := strings.Repeat("é", 500) + "\nend"
	d := newDocument([]byte(body))
	var joined strings.Builder
	for i := range d.lines {
		if !utf8.Valid(d.text(i)) || len(d.text(i)) > textWrap {
			t.Fatalf("line %d is %q", i, d.text(i))
		}
		joined.Write(d.text(i))
	}
	if joined.String() != strings.ReplaceAll(body, "\n", "") {
		t.Error("something was lost")
	}
	if got := newDocument([]byte(strings.Repeat("\x80", 500))); len(got.lines) < 500/textWrap {
		t.Errorf("%d lines of broken text", len(got.lines))
	}
}

func TestDocumentHidesNothingHostile(t *testing.T) {
	body := fmt.Sprintf(`{"k%s":"v%s"}`, "\u009b31m", "\u200b\u2066\x7f")
	got := drawn(newDocument([]byte(body)), 80)
	if !strings.Contains(got, `"k\x9b31m": "v\u200b\u2066\x7f"`) {
		t.Errorf("got %q", got)
	}
}
