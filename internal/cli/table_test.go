package cli

import (
	"strings"
	"testing"
)

func TestTableAlignsBeforeItPaints(t *testing.T) {
	list := table{head: []string{"PORTAL", "HUB ID", "STATE"}}
	list.row(left("acme"), right("62515"), left("active").as(moodGood))
	list.row(left("glöbex\x1b"), right("7"), left("due").as(moodDue))
	paint := func(m mood, text string) string {
		if m == moodGood {
			return "<" + text + ">"
		}
		return text
	}
	var b strings.Builder
	if err := list.write(&b, paint); err != nil {
		t.Fatal(err)
	}
	const want = "" +
		"PORTAL   HUB ID  STATE\n" +
		"acme      62515  <active>\n" +
		"glöbex\ufffd       7  due\n"
	if b.String() != want {
		t.Errorf("the table is\n%s\nwant\n%s", b.String(), want)
	}
}
