package oauth

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// manifestAuth is the auth block of a HubSpot project's app-hsmeta.json.
type manifestAuth struct {
	Type                        string   `json:"type"`
	RedirectURLs                []string `json:"redirectUrls"`
	RequiredScopes              []string `json:"requiredScopes"`
	OptionalScopes              []string `json:"optionalScopes"`
	ConditionallyRequiredScopes []string `json:"conditionallyRequiredScopes"`
}

// Manifest returns the auth block of app-hsmeta.json that registers the app in a
// HubSpot project as it is configured here: indented JSON that ends in a line
// feed. It holds no secret.
func Manifest(app App) ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false) // an ampersand in a redirect URI stays one
	encoder.SetIndent("", "  ")
	err := encoder.Encode(manifestAuth{
		Type:                        "oauth",
		RedirectURLs:                jsonList(app.RedirectURIs),
		RequiredScopes:              jsonList(app.Scopes),
		OptionalScopes:              jsonList(app.OptionalScopes),
		ConditionallyRequiredScopes: []string{},
	})
	if err != nil {
		return nil, fmt.Errorf("write the auth block: %w", err)
	}
	return out.Bytes(), nil
}

// jsonList keeps an empty list from becoming null, which HubSpot refuses.
func jsonList(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}
