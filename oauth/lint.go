package oauth

import (
	"fmt"
	"slices"
	"strings"
)

// Severity tells what stops a consent from what only deserves a look.
type Severity string

// The severities of a [Finding].
const (
	SeverityError   Severity = "error"
	SeverityWarning Severity = "warning"
)

// Finding is something about an app that will go wrong or may.
type Finding struct {
	Severity Severity
	Message  string // one sentence
	Hint     string // what to do
}

// requiredScope is the scope HubSpot asks of every app.
const requiredScope = "oauth"

// LintApp looks for the mistakes that make HubSpot's consent page stop before it
// ever comes back: scopes that do not exist, are retired, missing or misspelt.
// What only HubSpot minds is an error on HubSpot and a warning elsewhere.
// An app that [ValidateApp] refuses gets findings too.
func LintApp(app App) []Finding {
	findings := lintSpelling(app)
	findings = append(findings, lintDuplicates(app)...)
	findings = append(findings, lintHubSpotScopes(app)...)
	return append(findings, lintSettings(app)...)
}

// lintSpelling finds what cannot be one scope (RFC 6749 section 3.3 allows
// visible ASCII but the quote and the backslash; HubSpot has no comma in any).
func lintSpelling(app App) []Finding {
	var findings []Finding
	for _, scope := range slices.Concat(app.Scopes, app.OptionalScopes) {
		shown := plainText(scope, 80)
		switch {
		case scope == "":
			findings = append(findings, Finding{SeverityError, "One of the scopes is empty.", "Remove it."})
		case strings.ContainsAny(scope, " \t\r\n"):
			findings = append(findings, Finding{SeverityError, fmt.Sprintf("The scope %q holds a space.", shown), "Give each scope on its own."})
		case strings.Contains(scope, ","):
			findings = append(findings, Finding{hubSpotSeverity(app), fmt.Sprintf("The scope %q holds a comma.", shown), "Give each scope on its own; scopes are not separated by commas."})
		case !scopeToken(scope):
			findings = append(findings, Finding{SeverityError, fmt.Sprintf("The scope %q holds a character no scope can have.", shown), "Copy the scope from HubSpot's list of scopes."})
		}
	}
	return findings
}

func lintDuplicates(app App) []Finding {
	var findings []Finding
	counts := map[string]int{}
	all := slices.Concat(app.Scopes, app.OptionalScopes)
	for _, scope := range all {
		if counts[scope]++; counts[scope] != 2 {
			continue
		}
		message, hint := fmt.Sprintf("The scope %s is listed twice.", plainText(scope, 80)), "Once is enough."
		if slices.Contains(app.Scopes, scope) && slices.Contains(app.OptionalScopes, scope) {
			message = fmt.Sprintf("The scope %s is both required and optional.", plainText(scope, 80))
			hint = "Keep it in one of the two lists."
		}
		findings = append(findings, Finding{SeverityWarning, message, hint})
	}
	return findings
}

func lintHubSpotScopes(app App) []Finding {
	var findings []Finding
	severity := hubSpotSeverity(app)
	all := slices.Concat(app.Scopes, app.OptionalScopes)
	if slices.Contains(all, "offline") {
		findings = append(findings, Finding{severity, "HubSpot has no scope named offline; an unknown scope stops the consent page.", "Remove it: HubSpot issues a refresh token always."})
	}
	if slices.Contains(all, "contacts") {
		findings = append(findings, Finding{severity, "HubSpot has retired the scope contacts; it stops the consent page.", "Use crm.objects.contacts.read, and crm.objects.contacts.write to change contacts."})
	}
	if !slices.Contains(app.Scopes, requiredScope) {
		findings = append(findings, Finding{severity, "The scope oauth is missing; HubSpot requires it of every app.", "Add oauth to the required scopes."})
	}
	return findings
}

func lintSettings(app App) []Finding {
	findings := lintServers(app)
	if app.APIVersion == V1 {
		findings = append(findings, Finding{SeverityWarning, "HubSpot ends version v1 of its OAuth endpoints on 16 Feb 2027.", "Set the API version to 2026-09."})
	}
	seen := map[string]bool{}
	for _, uri := range app.RedirectURIs {
		if seen[uri] {
			findings = append(findings, Finding{SeverityWarning, fmt.Sprintf("The redirect URI %s is listed twice.", plainText(uri, 120)), "Once is enough."})
		}
		seen[uri] = true
		target, err := parseRedirect(uri)
		if err == nil && target.loopback && target.host != "localhost" && onHubSpot(app.APIURL) {
			findings = append(findings, Finding{SeverityWarning, fmt.Sprintf("HubSpot documents plain http for localhost only, and the redirect URI is %s.", plainText(uri, 120)), "Register it with localhost instead."})
		}
	}
	return findings
}

// lintServers finds an app of which one URL was changed and the other forgotten:
// a code that HubSpot's consent page gave is of no use to another server.
func lintServers(app App) []Finding {
	page := onHubSpotPages(app.AuthorizeURL)
	switch {
	case page && !onHubSpot(app.APIURL):
		return []Finding{{
			SeverityWarning, "The consent page is HubSpot's, and the API URL is of another server.",
			"Set the authorize URL to the consent page of that server.",
		}}
	case !page && onHubSpot(app.APIURL):
		return []Finding{{
			SeverityWarning, "The API URL is HubSpot's, and the consent page is of another server.",
			"Set the API URL to that of the same server, or the authorize URL to " + DefaultAuthorizeURL + ".",
		}}
	}
	return nil
}

// hubSpotSeverity is that of what HubSpot refuses and another server may take.
func hubSpotSeverity(app App) Severity {
	if onHubSpot(app.APIURL) {
		return SeverityError
	}
	return SeverityWarning
}

// scopeToken tells whether scope is one as RFC 6749 section 3.3 writes it.
func scopeToken(scope string) bool {
	return visibleASCII(scope) && !strings.ContainsAny(scope, `"\`)
}
