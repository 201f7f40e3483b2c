package cli

import (
	"errors"

	"github.com/hsterm/hsterm/oauth"
)

// The exit codes. Scripts rely on them: they never change their meaning.
const (
	exitOK               = 0
	exitOther            = 1
	exitUsage            = 2
	exitNotFound         = 3
	exitReconnect        = 4
	exitPermission       = 5
	exitRateLimited      = 6
	exitNetwork          = 7
	exitAppMisconfigured = 8
	exitStore            = 9
	exitUnknownOutcome   = 10
	exitTimedOut         = 124
	exitNotRunnable      = 126
	exitNoCommand        = 127
	exitInterrupted      = 130
	exitReaderGone       = 141 // what a shell gives for SIGPIPE
)

// exitCode maps an error to the exit code of its class.
func exitCode(err error) int {
	var command notRunnable
	if errors.As(err, &command) {
		return command.code
	}
	switch oauth.ClassOf(err) {
	case "":
		return exitOK
	case oauth.ClassUsage:
		return exitUsage
	case oauth.ClassNotFound:
		return exitNotFound
	case oauth.ClassRevoked, oauth.ClassReconnectPending, oauth.ClassExpired,
		oauth.ClassInvalid, oauth.ClassNotAToken:
		return exitReconnect
	case oauth.ClassPermissionDenied, oauth.ClassForbidden,
		oauth.ClassWrongCredential, oauth.ClassConsentDenied:
		return exitPermission
	case oauth.ClassRateLimited:
		return exitRateLimited
	case oauth.ClassTransient, oauth.ClassBadResponse:
		return exitNetwork
	case oauth.ClassAppMisconfigured:
		return exitAppMisconfigured
	case oauth.ClassStore, oauth.ClassUnsaved:
		return exitStore
	case oauth.ClassUnknownOutcome:
		return exitUnknownOutcome
	case oauth.ClassTimedOut:
		return exitTimedOut
	case oauth.ClassInterrupted:
		return exitInterrupted
	default: // wrong_portal, rejected, other
		return exitOther
	}
}

// severity orders exit codes for commands that did several things: the worst one
// is the one that needs a person most.
func severity(code int) int {
	for rank, c := range []int{
		exitOK, exitNotFound, exitOther, exitRateLimited, exitNetwork, exitPermission,
		exitReconnect, exitAppMisconfigured, exitUnknownOutcome, exitStore, exitTimedOut, exitInterrupted,
	} {
		if c == code {
			return rank
		}
	}
	return 0
}

// worst returns the error with the most severe exit code, nil when all are nil.
func worst(errs []error) error {
	var bad error
	for _, err := range errs {
		if severity(exitCode(err)) > severity(exitCode(bad)) || (bad == nil && err != nil) {
			bad = err
		}
	}
	return bad
}

// childExit carries the exit code of a program that ran in hsterm's place.
type childExit struct{ code int }

func (c *childExit) Error() string { return "the command ended with a failure of its own" }
