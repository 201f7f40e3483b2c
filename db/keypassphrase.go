package db

import (
	"context"
	"crypto/rand"
	"encoding/json"

	"golang.org/x/crypto/argon2"

	"github.com/hsterm/hsterm/oauth"
)

// stretch is how a passphrase becomes a key (Argon2id, RFC 9106). It is stored
// with the slot, so that stronger settings do not lock older stores out.
type stretch struct {
	Salt    []byte `json:"salt"`
	Time    uint32 `json:"t"`
	Memory  uint32 `json:"m"` // KiB
	Threads uint8  `json:"p"`
}

// defaultCost takes about a fifth of a second and 64 MiB.
func defaultCost() stretch { return stretch{Time: 3, Memory: 64 << 10, Threads: 4} }

// newStretch is the setting of a new passphrase, with a salt of its own.
func (k KeyOptions) newStretch() stretch {
	s := k.cost
	if s.Time == 0 {
		s = defaultCost()
	}
	s.Salt = make([]byte, 16)
	_, _ = rand.Read(s.Salt) // never fails
	return s
}

func (s stretch) key(passphrase []byte) []byte {
	return argon2.IDKey(passphrase, s.Salt, s.Time, s.Memory, s.Threads, keySize)
}

// parseStretch reads a slot's params within bounds: a changed row must not make
// hsterm take all memory, nor a weak key.
func parseStretch(params string) (stretch, bool) {
	var s stretch
	if err := json.Unmarshal([]byte(params), &s); err != nil {
		return s, false
	}
	ok := len(s.Salt) >= 16 && s.Time >= 1 && s.Time <= 32 && s.Memory >= 8<<10 && s.Memory <= 1<<20 && s.Threads >= 1
	return s, ok
}

// passphraseVault makes the wrapping key from a passphrase.
type passphraseVault struct {
	keys KeyOptions
	path string
}

func (v passphraseVault) create(ctx context.Context, s *slot) ([]byte, error) {
	passphrase, err := v.ask(ctx, Ask{What: AskNewPassphrase, Reason: "The passphrase protects the tokens in " + v.path + "."})
	if err != nil {
		return nil, err
	}
	settings := v.keys.newStretch()
	params, err := json.Marshal(settings)
	if err != nil {
		return nil, err
	}
	s.params = string(params)
	return settings.key(passphrase), nil
}

func (v passphraseVault) fetch(ctx context.Context, s slot, try int) ([]byte, error) {
	settings, ok := parseStretch(s.params)
	if !ok {
		return nil, failure(nil, "The key slot of the store "+v.path+" was changed: its settings make no sense.", hintRestore)
	}
	ask := Ask{What: AskPassphrase}
	if try > 1 {
		ask.Reason = "That was not the passphrase of this store."
	}
	passphrase, err := v.ask(ctx, ask)
	if err != nil {
		return nil, err
	}
	return settings.key(passphrase), nil
}

// ask takes the passphrase from the environment, else from the person.
func (v passphraseVault) ask(ctx context.Context, ask Ask) ([]byte, error) {
	if text := v.keys.env(envPassphrase); text != "" {
		return []byte(text), nil
	}
	if v.keys.Prompt == nil {
		return nil, failure(nil, "The store "+v.path+" is locked with a passphrase, and nobody can be asked for it.",
			"Set HSTERM_PASSPHRASE, or run hsterm in a terminal.")
	}
	passphrase, err := v.keys.ask(ctx, ask)
	if err != nil {
		return nil, err
	}
	if len(passphrase) == 0 {
		return nil, &oauth.Error{Class: oauth.ClassStore, Message: "No passphrase was given; the store stays locked."}
	}
	return passphrase, nil
}

func (v passphraseVault) tries() int {
	if v.keys.env(envPassphrase) != "" {
		return 1
	}
	return 3
}

func (v passphraseVault) wrong(slot) error {
	if v.keys.env(envPassphrase) != "" {
		return failure(nil, "HSTERM_PASSPHRASE is not the passphrase of this store.", "Set it to the one the store was made with.")
	}
	return failure(nil, "That was not the passphrase of this store.", "Try again. A lost passphrase cannot be recovered.")
}

func (v passphraseVault) discard(context.Context, slot) {}
