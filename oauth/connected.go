package oauth

import (
	"fmt"
	"strings"
)

// compareScopes says how the scopes of a new grant differ from those that were
// asked for, and from those of the grant it replaces (the zero Portal for none).
func (c *Connected) compareScopes(granted []string, asked requestedScopes, old Portal) {
	now := Portal{Scopes: granted}
	c.Missing, c.Declined = now.MissingScopes(asked.required), now.MissingScopes(asked.optional)
	if old.ID != 0 {
		c.Added, c.Removed = old.MissingScopes(granted), now.MissingScopes(old.Scopes)
	}
}

// connectedDetail is the sentence of the event. Names and domains stay out of
// it: events are stored in the clear.
func connectedDetail(token Token, result Connected) string {
	account := "an account the server did not name"
	if token.HubID != 0 {
		account = fmt.Sprintf("account %d", token.HubID)
	}
	detail := fmt.Sprintf("Connected %s with %d scopes", account, len(token.Scopes))
	return detail + namedScopes("required but not granted", result.Missing) + namedScopes("newly granted", result.Added) +
		namedScopes("no longer granted", result.Removed) + "."
}

// scopesChanged says how the scopes that came with a refresh (nil: not told) differ
// from the stored ones, "" when they do not.
func scopesChanged(p Portal, granted []string) string {
	if granted == nil {
		return ""
	}
	return namedScopes("newly granted", p.MissingScopes(granted)) +
		namedScopes("no longer granted", Portal{Scopes: granted}.MissingScopes(p.Scopes))
}

func namedScopes(what string, scopes []string) string {
	if len(scopes) == 0 {
		return ""
	}
	return "; " + what + ": " + someOf(scopes)
}

// someOf lists names, not more than fit into a sentence.
func someOf(names []string) string {
	const most = 6
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
}
