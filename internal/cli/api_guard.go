package cli

import (
	"errors"

	"github.com/hsterm/hsterm/internal/api"
	"github.com/hsterm/hsterm/oauth"
)

// mayWrite refuses a write to a protected portal.
func mayWrite(portal oauth.Portal, request api.Request) error {
	if !portal.Protected || !request.Changes() || request.Again {
		return nil
	}
	return usageError("Say --force, or take the protection off: hsterm protect "+portal.Alias+" off",
		"%s is protected, and %s may change its data.", portal.Alias, request.Method)
}

// sayForce tells how a write that was held back is sent all the same.
func (p *program) sayForce(err error) error {
	var doubt *oauth.Doubt
	var held *oauth.Error
	if !errors.As(err, &doubt) || !errors.As(err, &held) {
		return err
	}
	told := *held
	told.Message = "The outcome of the same write, sent " + ago(p.now().Sub(doubt.At)) + ", is unknown; this one was not sent, because it would perhaps do it twice."
	told.Hint = "Look whether the change was made. If it was not, say --force."
	if !doubt.Answered {
		told.Message = "The same write was sent " + ago(p.now().Sub(doubt.At)) + " and has not come to an end; this one was not sent, because it would perhaps do it twice."
		told.Hint = "If that one is no longer under way, look whether the change was made. If it was not, say --force."
	}
	return &told
}
