package cli

import (
	"strings"
	"testing"

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
