package cli

import (
	"context"
	"errors"

	"github.com/hsterm/hsterm/db"
	"github.com/hsterm/hsterm/oauth"
	"github.com/hsterm/hsterm/ui"
)

// screen is `hsterm` alone. The first frame needs only the clear columns of the
// store: its secrets are opened beside it, unless a passphrase has to be typed,
// which comes first.
func (p *program) screen(ctx context.Context) error {
	if err := p.needsTerminal(); err != nil {
		return err
	}
	if _, err := p.keymap(); err != nil {
		return err
	}
	p.parts.actor = "tui"
	store, err := p.store(ctx)
	if err != nil {
		return err
	}
	if store.KeySource() == string(db.SourcePassphrase) {
		if err := store.Unlock(ctx); err != nil {
			return err
		}
	}
	return p.show(ctx, "")
}

// show runs the screen on the open store until it is left. When something on it
// needs a key that only a person can give, the screen makes way for the question
// and comes back.
func (p *program) show(ctx context.Context, badge string) error {
	s, err := p.settings()
	if err != nil {
		return err
	}
	keymap, err := p.keymap()
	if err != nil {
		return err
	}
	options := ui.Options{
		Backend: p.backend(), Now: p.now, Skew: p.client().Skew, Theme: s.theme, ASCII: s.ascii, Keys: keymap, NoMouse: s.noMouse, Badge: badge,
		Environ: p.env.list(),
	}
	for {
		asked, err := p.showOnce(ctx, options)
		if !asked {
			return err
		}
		if err := p.parts.store.Unlock(ctx); err != nil {
			return err
		}
	}
}

// showOnce runs the screen; asked tells that it ended for a question.
func (p *program) showOnce(ctx context.Context, options ui.Options) (asked bool, err error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	p.needKey = func() { cancel(errKeyNeeded) }
	p.quiet.Store(true) // a question would end up in the picture
	defer p.quiet.Store(false)
	store := p.parts.store
	if store.KeySource() != "" {
		go func() { _ = store.Unlock(ctx) }() // who needs a secret tries again and says why it fails
	}
	defer p.keepFresh(ctx)()
	err = ui.Run(ctx, options, p.in, p.out)
	return errors.Is(context.Cause(ctx), errKeyNeeded), err
}

// errKeyNeeded ends the screen for a question.
var errKeyNeeded = errors.New("the key has to be asked for")

// needsTerminal explains that the screen cannot be drawn here.
func (p *program) needsTerminal() error {
	if isTerminal(p.in) && isTerminal(p.out) {
		return nil
	}
	return usageError("In scripts use the commands, such as hsterm list --json. See hsterm --help.",
		"The screen needs a terminal.")
}

// lockedScreen is the answer to a question that cannot be asked while the screen
// is shown.
func lockedScreen() error {
	return &oauth.Error{
		Class:   oauth.ClassStore,
		Message: "There is no keyring here, and no other place was chosen for the key that seals the tokens.",
		Hint: "Leave the screen and choose one, once:\n" +
			"hsterm --keyring file\nhsterm --keyring passphrase\nHSTERM_KEY=$(openssl rand -base64 32) hsterm",
	}
}
