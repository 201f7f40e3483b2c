package cli

import (
	"context"
	"strings"
	"time"
)

// rescueLimit is how long the program stays for tokens that are nowhere but in
// its memory: time to close what locks the store, or to make room on the disk.
const rescueLimit = time.Minute

// rescue keeps trying to store them until the limit, or until ctx ends with a
// signal: then what is left is tried as briefly as everything else.
func (p *program) rescue(ctx context.Context) {
	r := p.parts.refresher
	if r == nil || len(r.Unsaved()) == 0 {
		return
	}
	limit := rescueLimit
	if ctx.Err() != nil {
		limit = drainLimit
	}
	names := safe(strings.Join(r.Unsaved(), ", "))
	p.words("The new tokens of %s are not stored yet. Make the database writable: it is tried again for %s.", names, limit)
	p.words("Ctrl+C gives up, and loses them where the server hands out a refresh token once.")
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	r.Drain(ctx)
	if len(r.Unsaved()) == 0 {
		p.words("The new tokens of %s are stored now.", names)
	}
}

// lost tells of tokens that go with the program. It comes after the last
// attempt to store them.
func (p *program) lost() {
	if p.parts.refresher == nil {
		return
	}
	if names := p.parts.refresher.Unsaved(); len(names) > 0 {
		p.words("Given up: the new tokens of %s were not stored. The next refresh tells whether the old ones still do.",
			safe(strings.Join(names, ", ")))
	}
}
