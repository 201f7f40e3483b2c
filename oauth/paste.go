package oauth

import (
	"net/url"
	"strings"
	"unicode"
)

// maxPasted is the longest address that is looked at, bytes.
const maxPasted = 16 << 10

// Paste takes the address the browser ended at, instead of the callback: whole,
// since the state in it is what proves that it belongs to this login. A refused
// address is ClassUsage and changes nothing; one with the right state ends Wait,
// and when it carries a denial, that is returned here too.
func (c *Consent) Paste(address string) error {
	query, err := c.readPasted(address)
	if err != nil {
		return err
	}
	v, result := c.attempt.offer(query)
	if v < verdictAccepted {
		return pasteRefusal(v)
	}
	c.attempt.settle(result)
	return result.err
}

// readPasted finds the query in an address as people paste it: in quotes or
// angle brackets, wrapped by a terminal, without the http:// a browser hides.
func (c *Consent) readPasted(address string) (string, error) {
	if len(address) > maxPasted {
		return "", badPaste("That is too long for an address.", "")
	}
	text := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, address)
	text = strings.Trim(text, "<>\"'`“”‘’«»")
	if text == "" {
		return "", badPaste("Nothing was pasted.", "")
	}
	if !strings.Contains(text, "://") {
		switch query := strings.Contains(text, "state=") || strings.Contains(text, "code="); {
		case query && !strings.Contains(text, "/"):
			return "", badPaste("That is only a part of the address.", "")
		case !query && !strings.Contains(text, "?"):
			return "", badPaste("That is a code on its own; it has no state to show that it belongs to this login.", "")
		}
		text = c.target.scheme + "://" + text
	}
	u, err := url.Parse(text)
	if err != nil || u.Host == "" {
		return "", badPaste("That is not an address.", "")
	}
	return u.RawQuery, c.checkPasted(u)
}

// checkPasted compares where the browser ended with where it was sent.
func (c *Consent) checkPasted(u *url.URL) error {
	port, err := portOf(u)
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	host := strings.ToLower(u.Hostname())
	sameHost := host == c.target.host || c.target.loopback && isLoopbackName(host)
	switch {
	case u.Query().Has("redirect_uri"):
		return badPaste("That is the address of the consent page.", "Give the consent there first.")
	case err != nil || u.User != nil:
		return badPaste("That is not an address a browser ends at.", "")
	case u.Scheme != c.target.scheme || !sameHost || port != c.target.port:
		return badPaste("That address is on another server than "+c.redirect+".", "")
	case path != c.target.path:
		return badPaste("That address has another path than "+c.redirect+".", "")
	}
	return nil
}

// pasteRefusal words a verdict that changed nothing.
func pasteRefusal(v verdict) error {
	switch v {
	case verdictDoubled:
		return badPaste("That address names a parameter twice.", "")
	case verdictStateless:
		return badPaste("That address has no state in it to show that it belongs to this login.", "")
	case verdictForeign:
		return badPaste("That address belongs to another login: its state is not the one of this login.", "Use the consent page of this login.")
	case verdictReplayed:
		return badPaste("The answer to this login is already in.", "Nothing more is needed.")
	case verdictOver:
		return badPaste("This login is over.", "Connect again.")
	default:
		return badPaste("The query of that address cannot be read.", "")
	}
}

func badPaste(message, hint string) error {
	if hint == "" {
		hint = "Paste the whole address from the browser's address bar, as it stands after the consent."
	}
	return &Error{Class: ClassUsage, Message: message, Hint: hint}
}
