package oauth

import (
	"crypto/sha256"
	"encoding/base64"
	"regexp"
	"strings"
	"testing"
)

func TestPageIsWholeInItself(t *testing.T) {
	for v := verdictUnreadable; v <= verdictBadCode; v++ {
		html := pageFor(v).html()
		if strings.ContainsAny(html, "`") || regexp.MustCompile(`\{[a-z]+\}`).MatchString(html) {
			t.Errorf("verdict %d: a placeholder is left in the page", v)
		}
		for _, foreign := range []string{"<script", "http://", "https://", " style=", "<img", "<link", "url(", "@import", "<iframe", "onload"} {
			if strings.Contains(strings.ToLower(html), foreign) {
				t.Errorf("verdict %d: the page holds %q", v, foreign)
			}
		}
	}
}

func TestPagePolicyAllowsItsStyleOnly(t *testing.T) {
	html := pageFor(verdictAccepted).html()
	_, rest, _ := strings.Cut(html, "<style>")
	style, _, found := strings.Cut(rest, "</style>")
	if !found {
		t.Fatal("there is no style sheet in the page")
	}
	// The browser hashes what stands between the tags, byte for byte (CSP level 3).
	sum := sha256.Sum256([]byte(style))
	want := "style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	if policy := pagePolicy(); !strings.Contains(policy, want) || !strings.HasPrefix(policy, "default-src 'none'") {
		t.Errorf("policy %q does not hold %q", policy, want)
	}
}

func TestPagesDifferByVerdict(t *testing.T) {
	seen := map[string]verdict{}
	for _, v := range []verdict{verdictForeign, verdictReplayed, verdictOver, verdictAccepted, verdictDenied, verdictRefused, verdictNoCode} {
		html := pageFor(v).html()
		if other, twice := seen[html]; twice {
			t.Errorf("verdicts %d and %d show the same page", v, other)
		}
		seen[html] = v
	}
}
