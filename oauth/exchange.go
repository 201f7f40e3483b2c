package oauth

// Exchange is an authorization code on its way to the token endpoint (RFC 6749
// section 4.1.3, RFC 7636 section 4.5).
type Exchange struct {
	Code        Secret
	RedirectURI string // byte for byte the one of the authorize URL
	Verifier    Secret // empty without PKCE
}
