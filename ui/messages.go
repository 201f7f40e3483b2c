package ui

import (
	"time"

	"github.com/hsterm/hsterm/oauth"
)

// mostMessages is how many are kept; the oldest go first.
const mostMessages = 200

// message is one sentence that was said at the footer's right end.
type message struct {
	at      time.Time // UTC
	text    string
	done    bool         // something that was asked for and worked
	failure *oauth.Error // cleaned; nil for good news
}

// messages are all that were said since the screen opened, newest first.
type messages []message

func (l messages) add(m message) messages {
	l = append(messages{m}, l...)
	return l[:min(len(l), mostMessages)]
}
