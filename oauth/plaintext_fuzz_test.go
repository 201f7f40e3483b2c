package oauth

import (
	"testing"
	"unicode"
	"unicode/utf8"
)

// Whatever a server sends, what is shown of it steers no terminal and is no longer
// than allowed.
func FuzzPlainText(f *testing.F) {
	for _, seed := range []string{"", "plain", "\x1b[31mred\x1b[0m", "\u202eevil", "a\u009bb", "\xff\xfe", "\U000e0041", "a\r\nb\tc", "\ue000"} {
		f.Add(seed, 20)
	}
	f.Fuzz(func(t *testing.T, text string, limit int) {
		if limit < 1 || limit > maxServerText {
			return
		}
		got := plainText(text, limit)
		if !utf8.ValidString(got) || utf8.RuneCountInString(got) > limit+1 {
			t.Fatalf("%q became %q", text, got)
		}
		for _, r := range got {
			if !unicode.IsPrint(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Co, r) {
				t.Fatalf("%q became %q with %U", text, got, r)
			}
		}
	})
}
