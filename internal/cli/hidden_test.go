package cli

import (
	"io"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hsterm/hsterm/oauth"
)

func TestReadHidden(t *testing.T) {
	for in, want := range map[string]string{
		"abc\r":          "abc",
		"abc\nrest":      "abc",
		"abc":            "abc",
		"abX\x7fc\r":     "abc",
		"\x7f\x08abc\r":  "abc",
		"wé\x7fx\r":      "wx",
		"wrong\x15abc\r": "abc",
		"wrong\x1babc\r": "abc",
		"ab\x1b[Ac\r":    "abc",
		"ab\x1bOPc\r":    "abc",
		"ab\x1b[1;5~c\r": "abc",
		"abc\x1b[\r":     "abc",
		"abc\x1b[3":      "abc",
		"wrong\x1b":      "",
		"abc\x04":        "abc",
		"\r":             "",
		"":               "",
		"pässwörd 漢\r\n": "pässwörd 漢",
	} {
		if got, err := readHidden(strings.NewReader(in)); got != want || err != nil {
			t.Errorf("readHidden(%q) = %q, %v, want %q", in, got, err, want)
		}
	}
	if _, err := readHidden(strings.NewReader("ab\x03c\r")); oauth.ClassOf(err) != oauth.ClassInterrupted {
		t.Errorf("ctrl-c gives %v", err)
	}
}

func TestEscapeAloneClears(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, w := io.Pipe()
		go func() {
			for _, typed := range []string{"wrong", "\x1b", "[Odd", "\x1b[D", "\r"} {
				<-time.After(2 * sequenceGap)
				_, _ = w.Write([]byte(typed))
			}
		}()
		if got, err := readHidden(r); got != "[Odd" || err != nil {
			t.Errorf("%q, %v", got, err)
		}
	})
}
