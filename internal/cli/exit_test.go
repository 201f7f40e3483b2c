package cli

import (
	"errors"
	"fmt"
	"testing"

	"github.com/hsterm/hsterm/oauth"
)

func TestExitCodes(t *testing.T) {
	for class, want := range map[oauth.Class]int{
		oauth.ClassExpired:          4,
		oauth.ClassNotAToken:        4,
		oauth.ClassInvalid:          4,
		oauth.ClassRevoked:          4,
		oauth.ClassReconnectPending: 4,
		oauth.ClassWrongCredential:  5,
		oauth.ClassPermissionDenied: 5,
		oauth.ClassForbidden:        5,
		oauth.ClassConsentDenied:    5,
		oauth.ClassRateLimited:      6,
		oauth.ClassTransient:        7,
		oauth.ClassBadResponse:      7,
		oauth.ClassAppMisconfigured: 8,
		oauth.ClassStore:            9,
		oauth.ClassUnsaved:          9,
		oauth.ClassUnknownOutcome:   10,
		oauth.ClassTimedOut:         124,
		oauth.ClassInterrupted:      130,
		oauth.ClassUsage:            2,
		oauth.ClassNotFound:         3,
		oauth.ClassWrongPortal:      1,
		oauth.ClassRejected:         1,
		oauth.ClassOther:            1,
	} {
		err := fmt.Errorf("while testing: %w", &oauth.Error{Class: class, Message: "x"})
		if got := exitCode(err); got != want {
			t.Errorf("exitCode(%s) = %d, want %d", class, got, want)
		}
	}
	if got := exitCode(nil); got != 0 {
		t.Errorf("exitCode(nil) = %d", got)
	}
	if got := exitCode(errors.New("plain")); got != 1 {
		t.Errorf("exitCode of a plain error = %d", got)
	}
}

func TestWorst(t *testing.T) {
	of := func(c oauth.Class) error { return &oauth.Error{Class: c} }
	for _, c := range []struct {
		errs []error
		want oauth.Class
	}{
		{nil, ""},
		{[]error{nil, nil}, ""},
		{[]error{nil, of(oauth.ClassNotFound)}, oauth.ClassNotFound},
		{[]error{of(oauth.ClassTransient), of(oauth.ClassRevoked), nil}, oauth.ClassRevoked},
		{[]error{of(oauth.ClassStore), of(oauth.ClassRevoked)}, oauth.ClassStore},
		{[]error{of(oauth.ClassUsage), nil}, oauth.ClassUsage},
	} {
		if got := oauth.ClassOf(worst(c.errs)); got != c.want {
			t.Errorf("worst(%v) is %q, want %q", c.errs, got, c.want)
		}
	}
}
