package cli

import (
	"github.com/hsterm/hsterm/oauth"
)

// warnings are the findings about an app that do not stop it.
func warnings(app oauth.App) []string {
	texts := []string{}
	for _, finding := range oauth.LintApp(app) {
		if finding.Severity == oauth.SeverityWarning {
			texts = append(texts, finding.Message+" "+finding.Hint)
		}
	}
	return texts
}
