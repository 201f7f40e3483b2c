package api

import (
	"slices"

	"github.com/hsterm/hsterm/oauth"
)

// probe is the test of one scope: a cheap read that needs it.
type probe struct {
	scope  string
	sample Sample // ID "" when no read tests the scope

	// telling is false when a good answer proves nothing, because another
	// granted scope opens the same call.
	telling bool
}

// plan lists the probes of a grant: what was granted, what the app asks for and
// what it may ask for. A static token's scopes are nobody's knowledge but
// HubSpot's, so everything the catalogue can test is tried.
func plan(g oauth.Grant) []probe {
	scopes := slices.Concat(g.Portal.Scopes, g.App.Scopes, g.App.OptionalScopes)
	samples := Samples()
	if g.Portal.Kind != oauth.KindOAuth {
		for _, s := range samples {
			scopes = append(scopes, s.Scopes.Names()...)
		}
	}
	slices.Sort(scopes)
	scopes = slices.Compact(scopes)
	probes := make([]probe, len(scopes))
	for i, scope := range scopes {
		probes[i] = probeFor(scope, samples, g.Portal)
	}
	return probes
}

// probeFor picks the read that says most about a scope: one that needs nothing
// else, then one that this scope alone opens, then any that it opens too.
func probeFor(scope string, samples []Sample, p oauth.Portal) probe {
	best := probe{scope: scope}
	rank := 0
	for _, s := range samples {
		r := telling(scope, s, p)
		if r > rank {
			rank, best.sample, best.telling = r, s, r > 1
		}
	}
	return best
}

// telling ranks how much a sample's answer says about a scope: 0 nothing, 1 only
// a refusal, 2 and 3 either way.
func telling(scope string, s Sample, p oauth.Portal) int {
	if s.Effect != EffectRead || len(s.Params) > 0 {
		return 0
	}
	others := func(scopes []string) (rest []string) {
		return slices.DeleteFunc(slices.Clone(scopes), func(o string) bool { return o == scope })
	}
	needs, opens := others(s.Scopes.All), others(s.Scopes.Any)
	switch needed, alternative := len(needs) < len(s.Scopes.All), len(opens) < len(s.Scopes.Any); {
	case !needed && !alternative, len(p.MissingScopes(needs)) > 0:
		return 0 // not about this scope, or closed by another one
	case needed && len(opens) > 0 && len(p.MissingScopes(opens)) == len(opens):
		return 0
	case needed && len(needs) == 0:
		return 3
	case needed:
		return 2
	case p.Kind == oauth.KindOAuth && len(p.MissingScopes(opens)) == len(opens):
		return 2
	default:
		return 1
	}
}

// request is the sample as a probe: the same call for as little as it can give.
func (p probe) request() Request {
	values := map[string]string{}
	for _, q := range p.sample.Query {
		if q.Name == "limit" {
			values[q.Name] = "1"
		}
	}
	req := p.sample.Request()
	req.Path = p.sample.Target(values)
	return req
}
