package sandbox

import (
	"errors"
	"fmt"
	"net/url"
	"time"
)

// The ways a refresh may treat the refresh token it was given.
const (
	// RotationOff returns the same refresh token, as HubSpot normally does.
	RotationOff = "off"
	// RotationGrace returns a new refresh token; the one before it stays valid for 60 seconds.
	RotationGrace = "grace"
	// RotationStrict returns a new refresh token; using an old one revokes the whole family.
	RotationStrict = "strict"
)

const (
	defaultRedirect = "http://localhost:8976/oauth/callback"
	defaultTTL      = 30 * time.Minute
	defaultAccounts = 6
	maxAccounts     = 1000
)

// Config says what New builds. The zero value is a usable sandbox.
type Config struct {
	ClientID     string   // default: a UUID made from Seed
	ClientSecret string   // default: made from Seed
	RedirectURIs []string // default http://localhost:8976/oauth/callback; matched exactly
	Scopes       []string // what the app requires; default: the CRM reads and a few writes
	// OptionalScopes are what the app may ask for in optional_scope; default: every other known scope.
	OptionalScopes []string
	UserLevel      bool          // each user of an account has a grant of their own
	Portals        int           // how many HubSpot accounts exist, 1 to 1000; default 6
	TTL            time.Duration // access token lifetime, whole seconds; default 30 minutes
	Rotation       string        // RotationOff (default), RotationGrace or RotationStrict
	AutoConsent    bool          // the consent page redirects at once instead of asking
	// Seed makes every generated secret and id repeatable. Zero keeps the client id and
	// secret repeatable and draws tokens and codes from the system's randomness.
	Seed int64
	// RateLimit is the number of API calls per account, app and 10 seconds. Zero means
	// HubSpot's own (110 for OAuth, 100 for static tokens), a negative number no limit.
	RateLimit int
	Now       func() time.Time // default time.Now
}

// withDefaults fills what was left empty and refuses what cannot work.
func (c Config) withDefaults() (Config, error) {
	fresh := newMint(c.Seed, true)
	if c.ClientID == "" {
		c.ClientID = fresh.uuid()
	}
	if c.ClientSecret == "" {
		c.ClientSecret = fresh.clientSecret()
	}
	if len(c.RedirectURIs) == 0 {
		c.RedirectURIs = []string{defaultRedirect}
	}
	if len(c.Scopes) == 0 {
		c.Scopes = defaultRequired()
	}
	if c.OptionalScopes == nil {
		c.OptionalScopes = scopesExcept(c.Scopes)
	}
	if c.Portals == 0 {
		c.Portals = defaultAccounts
	}
	if c.TTL == 0 {
		c.TTL = defaultTTL
	}
	if c.Rotation == "" {
		c.Rotation = RotationOff
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	return c, c.check()
}

func (c Config) check() error {
	var errs []error
	for _, raw := range c.RedirectURIs {
		if err := checkRedirect(raw); err != nil {
			errs = append(errs, err)
		}
	}
	if unknown := unknownScopes(append(append([]string{}, c.Scopes...), c.OptionalScopes...)); len(unknown) > 0 {
		errs = append(errs, fmt.Errorf("sandbox: unknown scopes %v; HubSpot's consent page stops at these", unknown))
	}
	if c.Portals < 1 || c.Portals > maxAccounts {
		errs = append(errs, fmt.Errorf("sandbox: %d portals; choose 1 to %d", c.Portals, maxAccounts))
	}
	if c.TTL < time.Second {
		errs = append(errs, fmt.Errorf("sandbox: a token lifetime of %s; choose one second or more", c.TTL))
	}
	if err := checkRotation(c.Rotation); err != nil {
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

func checkRotation(mode string) error {
	switch mode {
	case RotationOff, RotationGrace, RotationStrict:
		return nil
	}
	return fmt.Errorf("sandbox: unknown rotation %q; choose off, grace or strict", mode)
}

// checkRedirect applies HubSpot's rule for redirect URIs: https, or plain http on this machine.
func checkRedirect(raw string) error {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" || u.Fragment != "" {
		return fmt.Errorf("sandbox: %q is not a redirect URI; write http://localhost:PORT/PATH", raw)
	}
	host := u.Hostname()
	local := host == "localhost" || host == "127.0.0.1" || host == "::1"
	if u.Scheme == "https" || (u.Scheme == "http" && local) {
		return nil
	}
	return fmt.Errorf("sandbox: redirect URI %q; HubSpot takes https, or http on localhost", raw)
}
