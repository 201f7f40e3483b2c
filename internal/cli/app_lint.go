package cli

import (
	"github.com/hsterm/hsterm/oauth"
)

// refuseBroken finds what keeps an app from ever working.
func refuseBroken(app oauth.App) error {
	if err := oauth.ValidateApp(app); err != nil {
		return err
	}
	for _, finding := range oauth.LintApp(app) {
		if finding.Severity == oauth.SeverityError {
			return &oauth.Error{Class: oauth.ClassUsage, Message: finding.Message, Hint: finding.Hint}
		}
	}
	return nil
}

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
