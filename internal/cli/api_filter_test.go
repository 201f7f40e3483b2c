package cli

import (
	"strings"
	"testing"
)

func TestFilterPrints(t *testing.T) {
	for _, c := range []struct {
		expression, body string
		terminal         bool
		want             string
	}{
		{".a", `{"a":"x\u001b]0;t\u0007\ny\tz"}`, true, "x\ufffd]0;t\ufffd\ny\tz\n"},
		{".a", `{"a":"x\u001b[1m\u202e"}`, false, "x\x1b[1m\u202e\n"},
		{".a", `{"a":["\u001b"]}`, true, `["\u001b"]` + "\n"},
		{".id", `{"id":12345678901234567}`, false, "12345678901234567\n"},
		{".[]", `[12345678901234567890123,-9007199254740993,1.5]`, false, "12345678901234567890123\n-9007199254740993\n1.5\n"},
		{".id+1", `{"id":12345678901234567}`, false, "12345678901234568\n"},
		{".id|tostring", `{"id":12345678901234567}`, false, "12345678901234567\n"},
		{".[]|select(. == 2)", `[1,2]`, false, "2\n"},
	} {
		f, err := newFilter(c.expression)
		if err != nil {
			t.Fatal(err)
		}
		var out strings.Builder
		if err := f.print(&out, []byte(c.body), c.terminal); err != nil || out.String() != c.want {
			t.Errorf("%s of %s is %q (%v), want %q", c.expression, c.body, out.String(), err, c.want)
		}
	}
}
