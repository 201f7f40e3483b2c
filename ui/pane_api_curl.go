package ui

import (
	"strings"

	"github.com/hsterm/hsterm/internal/api"
	"github.com/hsterm/hsterm/oauth"
)

// curl is a call as a shell command. The token is the variable that `hsterm
// exec` sets, never the token itself.
func curl(apiURL string, r api.Request) string {
	if apiURL == "" {
		apiURL = oauth.DefaultAPIURL
	}
	target := strings.TrimRight(apiURL, "/") + r.Path
	if len(r.Query) > 0 {
		target += "?" + r.Query.Encode()
	}
	parts := []string{"curl"}
	if r.Method != "GET" {
		parts = append(parts, "-X", r.Method)
	}
	parts = append(parts, quoted(target), `-H "Authorization: Bearer $HUBSPOT_ACCESS_TOKEN"`)
	if len(r.Body) > 0 {
		parts = append(parts, "-H 'Content-Type: application/json'", "--data-raw", quoted(string(r.Body)))
	}
	return strings.Join(parts, " ")
}

// command is a call as hsterm's own command line.
func command(alias string, r api.Request) string {
	parts := []string{"hsterm", "api", quoted(alias), r.Method}
	target := r.Path
	if len(r.Query) > 0 {
		target += "?" + r.Query.Encode()
	}
	parts = append(parts, quoted(target))
	if len(r.Body) > 0 {
		parts = append(parts, "-d", quoted(string(r.Body)))
	}
	return strings.Join(parts, " ")
}

// quoted is one word for a POSIX shell.
func quoted(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }
