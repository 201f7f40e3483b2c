package oauth

import "time"

// Event is one thing that happened to a portal or an app. It carries no secret.
type Event struct {
	ID            int64
	At            time.Time // UTC
	PortalID      int64     // 0 when not about a portal
	Alias         string    // as it was then, so that it outlives a rename or a removal
	Kind          EventKind
	Outcome       string // "ok" or "failed"
	Class         Class  // of a failure, "" when ok
	Detail        string // one short sentence
	Actor         string // process that did it: "tui", "cli", with its pid
	Duration      time.Duration
	Status        int // HTTP, 0 when none
	CorrelationID string
}

// Outcomes of an [Event].
const (
	OutcomeOK     = "ok"
	OutcomeFailed = "failed"
)

// EventKind names what happened.
type EventKind string

// The kinds of event.
const (
	EventConnected    EventKind = "connected"
	EventReconnected  EventKind = "reconnected"
	EventRefreshed    EventKind = "refreshed"
	EventTakeover     EventKind = "takeover" // a lapsed lease with an attempt on record
	EventReconnect    EventKind = "reconnect_required"
	EventCall         EventKind = "call"
	EventProbed       EventKind = "probed"
	EventTokenRead    EventKind = "token_read"
	EventRenamed      EventKind = "renamed"
	EventChanged      EventKind = "changed" // a setting of the portal
	EventDisconnected EventKind = "disconnected"
	EventAppChanged   EventKind = "app_changed"
	EventClockSkew    EventKind = "clock_skew" // the local clock left the server's, or came back
)

// EventFilter selects events, newest first.
type EventFilter struct {
	PortalID int64  // 0 for all
	Alias    string // "" for all; finds those of a portal that is gone, when PortalID is 0
	AfterID  int64  // only newer than this event
	BeforeID int64  // only older than this event; 0 for all
	Limit    int    // 0 for 200
	Oldest   bool   // of more than Limit the oldest, not the newest
}
