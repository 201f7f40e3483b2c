package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/hsterm/hsterm/oauth"
)

// failureJSON is how a failure is told to a script.
type failureJSON struct {
	Error failureBody `json:"error"`
}

type failureBody struct {
	Class         string `json:"class"`
	Message       string `json:"message"`
	Hint          string `json:"hint"`
	Portal        string `json:"portal"`
	CorrelationID string `json:"correlation_id"`
}

// printFailure writes err to stderr: one JSON object, or a sentence and what to
// do next.
func (p *program) printFailure(err error, asJSON bool) {
	failure := asFailure(err)
	if failure.said && !asJSON {
		return
	}
	if asJSON {
		_ = writeJSON(p.err, failureJSON{failure.body()})
		return
	}
	fmt.Fprint(p.err, failure.text())
}

// saidError is a failure that was printed among the data, kept for its exit code.
type saidError struct{ error }

func (e saidError) Unwrap() error { return e.error }

type failure struct {
	oauth.Error
	said bool
}

// asFailure gives any error the shape of an *oauth.Error.
func asFailure(err error) failure {
	var said saidError
	f := failure{said: errors.As(err, &said)}
	var known *oauth.Error
	if errors.As(err, &known) {
		f.Error = *known
		f.Hint = commandHint(f.Error)
		return f
	}
	f.Error = oauth.Error{Class: oauth.ClassOther, Message: err.Error()}
	return f
}

func (f failure) body() failureBody {
	return failureBody{
		Class: string(f.Class), Message: f.Message, Hint: f.Hint,
		Portal: f.Portal, CorrelationID: f.CorrelationID,
	}
}

func (f failure) text() string {
	message := safe(f.Message)
	if f.Portal != "" && !strings.Contains(message, f.Portal) {
		message = safe(f.Portal) + ": " + message
	}
	lines := []string{"hsterm: " + message}
	if f.Hint != "" {
		for line := range strings.Lines(f.Hint) {
			lines = append(lines, "  "+safe(strings.TrimRight(line, "\n")))
		}
	}
	if f.CorrelationID != "" {
		lines = append(lines, "  HubSpot's correlation id: "+safe(f.CorrelationID))
	}
	return strings.Join(lines, "\n") + "\n"
}

// aboutPortal names the portal in a failure that does not yet.
func aboutPortal(err error, alias string) error {
	var known *oauth.Error
	if !errors.As(err, &known) || known.Portal != "" {
		return err
	}
	named := *known
	named.Portal = alias
	return &named
}

// wantsJSON looks for --json in arguments that cobra may not have got to parse.
func wantsJSON(args []string) bool {
	if end := slices.Index(args, "--"); end >= 0 {
		args = args[:end]
	}
	return slices.Contains(args, "--json") || slices.Contains(args, "--json=true")
}

// commandHint adds the command to a hint that the engine wrote for screen and
// command line alike.
func commandHint(e oauth.Error) string {
	if before, found := strings.CutSuffix(e.Hint, "add it again."); found && e.Portal != "" {
		return before + "add it again: hsterm add-token " + e.Portal
	}
	switch e.Class {
	case oauth.ClassRevoked, oauth.ClassReconnectPending:
		switch connect := "hsterm connect --portal " + e.Portal; {
		case e.Portal == "":
		case strings.HasPrefix(e.Hint, "Reconnect the portal if it still exists"):
			return "Reconnect the portal if it still exists (" + connect + "), or remove it (hsterm disconnect " + e.Portal + ")."
		case strings.HasPrefix(e.Hint, "Reconnect the portal"):
			return "Reconnect the portal: " + connect
		}
	}
	return e.Hint
}
