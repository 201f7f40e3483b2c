package sandbox

// Info is what a caller needs to point a client at the sandbox. It marshals to the
// one JSON line that `hsterm sandbox` prints; it holds the client secret.
type Info struct {
	URL            string   `json:"url"`
	ClientID       string   `json:"client_id"`
	ClientSecret   string   `json:"client_secret"`
	RedirectURIs   []string `json:"redirect_uris"`
	Scopes         []string `json:"scopes"`
	OptionalScopes []string `json:"optional_scopes,omitempty"`
	Portals        []Portal `json:"portals"`
}

// Portal names one HubSpot account of the sandbox.
type Portal struct {
	HubID  int64  `json:"hub_id"`
	Domain string `json:"domain"`
	User   string `json:"user"`
}

// AccountState is one account as the control endpoints show it; it holds no secret.
type AccountState struct {
	Portal
	Name        string   `json:"name"`
	Region      string   `json:"region"`
	AccountType string   `json:"account_type"`
	Installed   bool     `json:"installed"`
	Deleted     bool     `json:"deleted"`
	Scopes      []string `json:"scopes"`      // granted to the sandbox's first app
	LiveTokens  int      `json:"live_tokens"` // access tokens neither expired nor revoked
}

// Info describes the running sandbox and its first app.
func (s *Server) Info() Info {
	s.book.mu.Lock()
	defer s.book.mu.Unlock()
	a := s.book.apps[s.cfg.ClientID]
	info := Info{
		URL: s.URL(), ClientID: a.clientID, ClientSecret: a.secret,
		RedirectURIs: append([]string{}, a.redirects...), Scopes: append([]string{}, a.required...),
		OptionalScopes: append([]string{}, a.optional...),
	}
	for _, acc := range s.book.accounts {
		if !acc.deleted {
			info.Portals = append(info.Portals, acc.portal())
		}
	}
	return info
}

func (a *account) portal() Portal {
	return Portal{HubID: a.hubID, Domain: a.domain, User: a.user}
}
