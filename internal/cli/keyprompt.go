package cli

import (
	"context"
	"slices"
	"strings"

	"github.com/hsterm/hsterm/db"
	"github.com/hsterm/hsterm/oauth"
)

// keyPrompt asks for what the store needs to open its secrets; nil where nobody
// can be asked.
func (p *program) keyPrompt() func(context.Context, db.Ask) ([]byte, error) {
	if p.quiet.Load() || !p.interactive() {
		return nil
	}
	return func(ctx context.Context, ask db.Ask) ([]byte, error) {
		switch {
		case p.quiet.Load():
			if p.needKey != nil {
				p.needKey()
			}
			return nil, lockedScreen()
		case ask.Reason != "":
			p.say("%s", safe(ask.Reason))
		}
		switch ask.What {
		case db.AskSource:
			return p.askSource(ctx, ask.Choices)
		case db.AskNewPassphrase:
			return p.askNewPassphrase(ctx)
		}
		secret, err := p.askSecret(ctx, "Passphrase (not shown)")
		return []byte(secret.Reveal()), err
	}
}

func (p *program) askSource(ctx context.Context, choices []db.Source) ([]byte, error) {
	var names []string
	for _, c := range choices {
		names = append(names, string(c))
	}
	if len(names) == 0 {
		return nil, &oauth.Error{Class: oauth.ClassStore, Message: "There is no place to keep the key."}
	}
	for _, c := range choices {
		p.say("  %-10s  %s", c, sourceMeaning(c))
	}
	for {
		answer, err := p.askLine(ctx, "Where shall it be kept: "+strings.Join(names, " or ")+"? ["+names[0]+"] ")
		switch {
		case err != nil:
			return nil, err
		case answer == "":
			return []byte(names[0]), nil
		case slices.Contains(names, answer):
			return []byte(answer), nil
		}
	}
}

func sourceMeaning(source db.Source) string {
	switch source {
	case db.SourcePassphrase:
		return "you type it when hsterm starts; nothing on this machine opens the store"
	case db.SourceFile:
		return "in a file of the config folder that only you can read; nothing to type"
	}
	return ""
}

func (p *program) askNewPassphrase(ctx context.Context) ([]byte, error) {
	for {
		once, err := p.askSecret(ctx, "New passphrase (not shown)")
		if err != nil {
			return nil, err
		}
		again, err := p.askSecret(ctx, "The same again")
		if err != nil {
			return nil, err
		}
		if once.Reveal() == again.Reveal() {
			return []byte(once.Reveal()), nil
		}
		p.say("The two differ. Once more.")
	}
}
