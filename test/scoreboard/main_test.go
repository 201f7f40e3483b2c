package main

import (
	"strings"
	"testing"
)

func TestScoresAreRead(t *testing.T) {
	lines, err := scores([]byte("=== RUN x\n\nSCORE {\"row\":2,\"figure\":\"kills\",\"count\":\"3 | 4\",\"seed\":7,\"failed\":true}\nother\nSCORE {\"figure\":\"b\",\"count\":\"1\"}\n"))
	if err != nil || len(lines) != 2 || lines[0].seed != "7" || !lines[0].failed || lines[1].seed != "" {
		t.Fatalf("%+v %v", lines, err)
	}
	if got := lines[0].markdown(); !strings.Contains(got, `FAILED: 3 \| 4 | 7 |`) {
		t.Error(got)
	}
	if _, err := scores([]byte("SCORE {\n")); err == nil {
		t.Error("half a score was read")
	}
}

func TestOtherRowsStay(t *testing.T) {
	text := []byte("# A\n" + begin + end + "the end\n")
	for _, lines := range [][]line{
		{{row: "mutants", count: "old"}, {row: "1", count: "first"}, {row: "11", count: "last"}},
		{{row: "2", count: "a"}, {row: "2", count: "b"}, {row: "mutants", count: "new"}},
	} {
		var err error
		if text, err = merged(text, lines); err != nil {
			t.Fatal(err)
		}
	}
	var order []string
	for _, word := range strings.FieldsFunc(string(text), func(r rune) bool { return r == '|' || r == '\n' }) {
		switch word = strings.TrimSpace(word); word {
		case "first", "a", "b", "last", "old", "new", "the end":
			order = append(order, word)
		}
	}
	if got := strings.Join(order, " "); got != "first a b last new the end" {
		t.Errorf("%s\n%s", got, text)
	}
	if _, err := merged([]byte("# A\n"), nil); err == nil {
		t.Error("written nowhere")
	}
}

func TestRowsAreChosen(t *testing.T) {
	all := func() []row { return []row{{name: "1"}, {name: "2"}, {name: "mutants"}} }
	if some, err := chosen(all(), nil, []string{"2"}); err != nil || len(some) != 2 || some[1].name != "mutants" {
		t.Errorf("%v %v", some, err)
	}
	if some, err := chosen(all(), []string{"2"}, []string{""}); err != nil || len(some) != 1 {
		t.Errorf("%v %v", some, err)
	}
	if _, err := chosen(all(), []string{"3"}, nil); err == nil {
		t.Error("a row that is not there")
	}
	if got := grouped(1234567) + " " + grouped(12) + " " + grouped(100000); got != "1,234,567 12 100,000" {
		t.Error(got)
	}
	if n := executions([]byte("fuzz: elapsed: 3s, execs: 100 (33/sec)\nfuzz: elapsed: 6s, execs: 250 (50/sec)\nPASS")); n != 250 {
		t.Error(n)
	}
}
