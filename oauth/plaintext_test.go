package oauth

import "testing"

func TestPlainText(t *testing.T) {
	for given, want := range map[string]string{
		"plain words":               "plain words",
		"  a \t\r\n b  ":            "a b",
		"a\x1b]0;title\x07b":        "a]0;titleb",
		"\u009b31mred":              "31mred",
		"left\u202eright\u2066x":    "leftrightx",
		"zero\u200bwidth\ufeff":     "zerowidth",
		"\ue000private":             "private",
		"tag\U000e0041":             "tag",
		"bad \xff\xfe utf-8 \ufffd": "bad utf-8",
		"größer 漢字 🙂":               "größer 漢字 🙂",
		"0123456789 0123456789 x":   "0123456789 012345678…",
	} {
		if got := plainText(given, 20); got != want {
			t.Errorf("plainText(%q) = %q, want %q", given, got, want)
		}
	}
}
