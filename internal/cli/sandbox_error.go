package cli

import (
	"strings"

	"github.com/hsterm/hsterm/oauth"
)

// sandboxError makes a sandbox's complaint one of the command line. The sandbox
// shares no types with hsterm; after a semicolon it says what to do.
func sandboxError(err error) error {
	if err == nil {
		return nil
	}
	text := strings.TrimPrefix(err.Error(), "sandbox: ")
	message, hint, _ := strings.Cut(text, "; ")
	return &oauth.Error{Class: oauth.ClassUsage, Message: sentence(message), Hint: sentence(hint), Err: err}
}

// sentence begins with a capital letter and ends with a full stop.
func sentence(text string) string {
	if text == "" {
		return ""
	}
	text = strings.ToUpper(text[:1]) + text[1:]
	if !strings.HasSuffix(text, ".") {
		text += "."
	}
	return text
}
