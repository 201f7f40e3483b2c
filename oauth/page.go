package oauth

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strings"
)

// callbackPage is what the browser shows after it came back. All of its words
// are fixed: nothing of a request ever reaches it.
type callbackPage struct {
	status  int
	tone    string // class of the mark: "done", "calm" or "stop"
	mark    string // one character
	heading string
	text    string
	next    string
}

// pageElsewhere answers what is not a browser's visit to our address at all.
func pageElsewhere(status int) callbackPage {
	return callbackPage{
		status: status, tone: "calm", mark: "·",
		heading: "Nothing here",
		text:    "hsterm waits at another address for the answer to a login.",
		next:    "You can close this tab.",
	}
}

// pageFor words a verdict.
func pageFor(v verdict) callbackPage {
	switch v {
	case verdictAccepted:
		return callbackPage{
			http.StatusOK, "done", "✓", "The consent has arrived",
			"hsterm has the answer and finishes the connection in the terminal.", "You can close this tab.",
		}
	case verdictDenied:
		return callbackPage{
			http.StatusOK, "calm", "–", "The consent was denied",
			"Nothing has been connected and nothing was stored.", "You can close this tab and go back to the terminal.",
		}
	case verdictRefused:
		return callbackPage{
			http.StatusOK, "stop", "!", "The server refused the request",
			"It sent the browser back with an error instead of a code. Nothing was stored.", "The terminal says which error, and what helps.",
		}
	case verdictNoCode, verdictBadCode:
		return callbackPage{
			http.StatusBadRequest, "stop", "!", "The answer is incomplete",
			"The server sent the browser back without a usable code. Nothing was stored.", "Go back to the terminal and connect again.",
		}
	case verdictReplayed:
		return callbackPage{
			http.StatusConflict, "calm", "✓", "Already received",
			"hsterm has the answer to this login. It counts once.", "You can close this tab.",
		}
	case verdictOver:
		return callbackPage{
			http.StatusGone, "stop", "!", "This login is over",
			"It was answered, cancelled or ran out of time before this page was opened.", "Go back to the terminal and connect again.",
		}
	default:
		return callbackPage{
			http.StatusBadRequest, "stop", "!", "Not the login hsterm waits for",
			"This address does not belong to the login that was started in the terminal, so it was ignored. The login still waits.",
			"Close this tab and use the consent page that hsterm opened.",
		}
	}
}

// html fills the page.
func (p callbackPage) html() string {
	return strings.NewReplacer(
		"{style}", pageStyle,
		"{tone}", p.tone,
		"{mark}", p.mark,
		"{heading}", p.heading,
		"{text}", p.text,
		"{next}", p.next,
	).Replace(pageHTML)
}

// pagePolicy allows the page its one style sheet, by its hash, and nothing else:
// no script, no picture, no connection, no frame around it.
func pagePolicy() string {
	sum := sha256.Sum256([]byte(pageStyle))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) +
		"'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
}
