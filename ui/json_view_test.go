package ui

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"github.com/hsterm/hsterm/theme"
)

func darkTheme() theme.Theme {
	return theme.New(theme.Options{Name: theme.Dark, Profile: colorprofile.TrueColor})
}

// contactList is an answer of n contacts.
func contactList(n int) []byte {
	var b strings.Builder
	b.WriteString(`{"results":[`)
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"id":"%d","properties":{"email":"person%d@acme.com","lifecyclestage":null},"archived":false}`, i, i)
	}
	b.WriteString(`]}`)
	return []byte(b.String())
}

func viewOf(body []byte) *documentView {
	v := new(documentView)
	v.show(newDocument(body))
	return v
}

func TestDocumentColours(t *testing.T) {
	th := darkTheme()
	v := viewOf([]byte(`{"key":"text","n":12,"no":null}`))
	got := strings.Join(v.view(th, frame{width: 40, height: 10}), "\n")
	for _, want := range []string{
		th.Muted.Render(`"key"`), `"text"`, th.Number.Render("12"), th.Null.Render("null"),
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in\n%q", want, got)
		}
	}
	if strings.Contains(got, th.Number.Render(`"text"`)) {
		t.Error("strings are not plain")
	}
}

func TestDocumentScrolls(t *testing.T) {
	const page = 10
	v := viewOf(contactList(100))
	v.move(pageDown, page)
	v.move(lineDown, page)
	if v.row() != 10 || v.top != 1 {
		t.Errorf("after a page and a line: row %d, top %d", v.row(), v.top)
	}
	v.move(toBottom, page)
	if v.row() != v.rows()-1 || v.top != v.rows()-page {
		t.Errorf("at the end: row %d of %d, top %d", v.row(), v.rows(), v.top)
	}
	v.move(lineDown, page)
	if v.row() != v.rows()-1 {
		t.Error("moved beyond the end")
	}
	v.move(toTop, page)
	if v.row() != 0 || v.top != 0 {
		t.Error("did not come back to the top")
	}
}

func TestDocumentPaintsOnlyWhatIsVisible(t *testing.T) {
	v := viewOf(contactList(2000))
	v.move(toBottom, 20)
	if n := len(v.view(darkTheme(), frame{width: 60, height: 20})); n != 20 {
		t.Errorf("%d lines for 20 rows", n)
	}
}

func TestDocumentSearch(t *testing.T) {
	const page = 12
	v := viewOf(contactList(50))
	v.search("PERSON4")
	if len(v.hits) != 11 || v.found() != "1 of 11" {
		t.Fatalf("%d hits, %q", len(v.hits), v.found())
	}
	if !strings.Contains(string(v.doc.text(v.at)), "person4@") {
		t.Errorf("went to %s", v.doc.text(v.at))
	}
	v.next(-1)
	if v.found() != "11 of 11" || !strings.Contains(string(v.doc.text(v.at)), "person49@") {
		t.Errorf("going back from the first: %s, %s", v.found(), v.doc.text(v.at))
	}
	v.next(1)
	if v.found() != "1 of 11" {
		t.Errorf("going on from the last: %s", v.found())
	}
	if got := strings.Join(v.view(darkTheme(), frame{width: 60, height: page}), "\n"); !strings.Contains(ansi.Strip(got), "person4@") {
		t.Errorf("the hit is not on the screen:\n%s", got)
	}
	v.search("nowhere")
	if v.found() != "not found" {
		t.Errorf("found %q", v.found())
	}
}

func TestSearchOpensFolds(t *testing.T) {
	v := viewOf(contactList(50))
	v.foldAll()
	before := v.rows()
	v.search("person30@")
	if v.rows() <= before || int(v.doc.shown[v.row()]) != v.at {
		t.Error("the hit stayed inside a fold")
	}
}

func TestSearchKeepsOffsetsOutsideASCII(t *testing.T) {
	// U+0130 is one byte longer in lower case.
	v := viewOf([]byte(`{"a":"İİİİİİİİ","b":"needle"}`))
	v.search("Needle")
	if len(v.hits) != 1 || v.doc.path(v.at) != ".b" {
		t.Errorf("hits %v at %s", v.hits, v.doc.path(v.at))
	}
}

func TestDocumentFitsEveryWidth(t *testing.T) {
	body := []byte(`{"wide":"日本語日本語日本語","long":"` + strings.Repeat("x", 500) + `","mark":"e` + strings.Repeat("\u0301", 900) + `"}`)
	v := viewOf(body)
	v.search("日本")
	for width := range 60 {
		for skip := range 20 {
			v.skip = skip
			for _, line := range v.view(darkTheme(), frame{width: width, height: 8, focused: true}) {
				if w := ansi.StringWidth(line); w > width {
					t.Fatalf("%d cells in %d, shifted by %d: %q", w, width, skip, line)
				}
			}
		}
	}
}

func TestDocumentShowsThatALineGoesOn(t *testing.T) {
	v := viewOf([]byte(`{"k":"0123456789abcdef"}`))
	line := func() string { return ansi.Strip(v.view(darkTheme(), frame{width: 16, height: 3})[1]) }
	if got := line(); got != `    "k": "01234…` {
		t.Errorf("cut on the right: %q", got)
	}
	v.sideways(8)
	if got := line(); got != `  …123456789abc…` {
		t.Errorf("shifted: %q", got)
	}
}

func BenchmarkIndex8MiB(b *testing.B) {
	body := contactList(80000)
	body = body[:min(len(body), 8<<20)]
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		newDocument(body)
	}
}

func BenchmarkDocumentView(b *testing.B) {
	v := viewOf(contactList(60000))
	v.move(toBottom, 30)
	th := darkTheme()
	b.ReportAllocs()
	for b.Loop() {
		v.view(th, frame{width: 80, height: 30, focused: true})
	}
}
