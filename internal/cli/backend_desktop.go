package cli

import (
	"context"
	"time"

	"github.com/hsterm/hsterm/oauth"
)

// startingLimit is how long a browser is watched for a failure to start.
const startingLimit = 300 * time.Millisecond

// desktopBackend is the world outside the terminal.
type desktopBackend struct{ p *program }

// OpenURL starts the browser. One that fails at once is reported; one that stays
// is left alone.
func (b desktopBackend) OpenURL(ctx context.Context, url string) error {
	s, err := b.p.settings()
	if err != nil {
		return err
	}
	if why := b.p.noBrowser(s, false); why != "" {
		return noBrowserError("No browser is started: "+why+".", nil)
	}
	timer := time.NewTimer(startingLimit)
	defer timer.Stop()
	select {
	case err := <-b.p.openBrowser(url):
		return noBrowserError("The browser could not be started.", err)
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return nil
	}
}

func noBrowserError(message string, cause error) error {
	return &oauth.Error{Class: oauth.ClassOther, Message: message, Hint: "Copy the link and open it yourself.", Err: cause}
}
