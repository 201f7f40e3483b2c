package model

import (
	"errors"

	"github.com/hsterm/hsterm/oauth"
)

// arrived checks what a process does next. It is called with the lock held.
func (w *world) arrived(c *call, what op) {
	a := c.attempt
	if a == nil || a.verdict != granted || a.tried {
		return
	}
	a.tried = true
	if what != opSave {
		w.violate("%s has new tokens and does not store them but goes on to %s", c, what)
	}
}

// ended checks what a caller is told. It is called with the lock held.
func (w *world) ended(c *call, g oauth.Grant, err error) {
	if err == nil {
		w.tell("%s: has version %d", c, g.Portal.Version)
		w.note("calls that got a token")
		w.checkToken(c, g)
		return
	}
	class := oauth.ClassOf(err)
	w.tell("%s: %s: %v", c, class, err)
	w.note("calls that ended as " + string(class))
	var e *oauth.Error
	if !errors.As(err, &e) || e.Class == "" || e.Message == "" {
		w.violate("%s ends without a class and words: %v", c, err)
	}
	if w.harmedAt >= c.began {
		return // anything may be said then, as long as nothing wrong is done
	}
	if class == oauth.ClassUnsaved {
		w.violate("%s could not store its tokens, and the store was well", c)
	}
	if class == oauth.ClassRevoked || class == oauth.ClassReconnectPending {
		if w.deadAt[c.portal] < c.began && w.rows[c.portal].Status != oauth.StatusReconnectRequired {
			w.violate("%s is told that the grant has ended, and nobody found so: %v", c, err)
		}
	}
	w.checkAdoption(c, err)
}

// checkToken makes sure that a token handed out is a stored one, and a new one
// where that was insisted on.
func (w *world) checkToken(c *call, g oauth.Grant) {
	if known := w.tokens[stored{c.portal, g.Portal.Version}]; known != g.Access.Reveal() {
		w.violate("%s is handed a token as version %d that never was stored as that", c, g.Portal.Version)
	}
	if c.options.Force && g.Portal.Version <= c.version {
		w.violate("%s insists on a new token and is handed version %d", c, g.Portal.Version)
	}
}

// checkAdoption makes sure that who is refused, because somebody has stored a
// newer pair meanwhile, takes that pair.
func (w *world) checkAdoption(c *call, err error) {
	a := c.attempt
	now := w.rows[c.portal]
	if class := oauth.ClassOf(err); class == oauth.ClassInterrupted || class == oauth.ClassTimedOut {
		return // it did not wait for the end
	}
	if a == nil || !a.overtaken || now.Status != oauth.StatusActive || now.Version <= a.version {
		return
	}
	w.violate("%s was refused for an old pair and did not take the newer one: %v", c, err)
}
