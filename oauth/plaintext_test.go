package oauth

import "testing"

func TestPlainText(t *testing.T) {
	for given, want := range map[string]string{
		"plain words":               "plain words",
		"  a \t\r\n b  ":            "a b",
		"a\x1b]0;title\x07b":        "a\ufffd]0;title\ufffdb",
		"\u009b31mred":              "\ufffd31mred",
		"left\u202eright\u2066x":    "left\ufffdright\ufffdx",
		"zero\u200bwidth\ufeff":     "zero\ufffdwidth\ufffd",
		"\ue000private":             "\ufffdprivate",
		"tag\U000e0041":             "tag\ufffd",
		"bad \xff\xfe utf-8 \ufffd": "bad \ufffd utf-8 \ufffd",
		"\x00\x01 \x02\u0085\v\f":   "\ufffd \ufffd",
		"\x1b0123456789012345678 x": "\ufffd0123456789012345678…",
		"größer 漢字 🙂":               "größer 漢字 🙂",
		"0123456789 0123456789 x":   "0123456789 012345678…",
	} {
		if got := plainText(given, 20); got != want {
			t.Errorf("plainText(%q) = %q, want %q", given, got, want)
		}
	}
}
