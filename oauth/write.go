package oauth

import (
	"context"
	"time"
)

// WriteMemory is how long a write of unknown outcome keeps the same one back.
const WriteMemory = 10 * time.Minute

// Write is a call that does something twice when it is made twice: a POST or a
// PATCH (RFC 9110 section 9.2.2). Two are the same when all but the times agree.
type Write struct {
	PortalID int64
	Method   string
	Path     string // without its query
	Query    string // encoded, in one order of names
	Body     []byte
	At       time.Time
}

// WriteOutcome is what became of a write that was sent.
type WriteOutcome string

// The outcomes. A write on record without one was sent by a process that has not
// told yet, or never will.
const (
	WriteDone    WriteOutcome = "done"    // carried out
	WriteRefused WriteOutcome = "refused" // answered with a failure
	WriteUnknown WriteOutcome = "unknown" // sent, and nobody knows
)

// Doubt is an earlier write whose outcome is not known. It is the cause of the
// ClassUnknownOutcome of the same write, which is held back for it.
type Doubt struct {
	At       time.Time // it was put on record, UTC
	Answered bool      // its process has ended the call; else it may be under way, or was killed
}

// Error names the reason.
func (d *Doubt) Error() string { return "the outcome of the same write before is unknown" }

// WriteStore keeps writes on record from before they are sent until their outcome
// is known, for every process on the store and across their deaths.
type WriteStore interface {
	// BeginWrite puts a write on record. Where the same one is on record since
	// less than WriteMemory it returns that as doubt instead, unless again says
	// that the write is wanted all the same. One commit in either case.
	BeginWrite(ctx context.Context, write Write, again bool) (id int64, doubt *Doubt, err error)

	// EndWrite tells what became of a write. Done ends the doubt about the same
	// ones before it, because whoever sent it again knew of them; refused ends only its
	// own; unknown stays.
	EndWrite(ctx context.Context, id int64, outcome WriteOutcome) error
}
