package db

import (
	"context"
	"encoding/base64"
	"strings"
)

// Environment variables that hold a key or a passphrase.
const (
	envKey        = "HSTERM_KEY"
	envPassphrase = "HSTERM_PASSPHRASE"
)

// envVault takes the wrapping key from HSTERM_KEY: whoever starts hsterm keeps it.
type envVault struct{ keys KeyOptions }

func (v envVault) create(ctx context.Context, s *slot) ([]byte, error) { return v.fetch(ctx, *s, 1) }

func (v envVault) fetch(context.Context, slot, int) ([]byte, error) {
	text := strings.TrimSpace(v.keys.env(envKey))
	if text == "" {
		return nil, failure(nil, "The key of this store comes from HSTERM_KEY, which is not set.",
			"Set it to the same base64 text as before (a new one: openssl rand -base64 32).")
	}
	key, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		key, err = base64.RawURLEncoding.DecodeString(strings.TrimRight(text, "="))
	}
	if err != nil || len(key) != keySize {
		// The cause would quote a byte of the key.
		return nil, failure(nil, "HSTERM_KEY is not the base64 text of 32 bytes.", "Make one with: openssl rand -base64 32")
	}
	return key, nil
}

func (v envVault) tries() int { return 1 }

func (v envVault) wrong(slot) error {
	return failure(nil, "HSTERM_KEY is not the key of this store.", "Set it to the text the store was made with.")
}

func (v envVault) discard(context.Context, slot) {}

// memoryVault has the wrapping key from the caller, for stores that are thrown
// away with it.
type memoryVault struct{ key []byte }

func (v memoryVault) create(ctx context.Context, s *slot) ([]byte, error) { return v.fetch(ctx, *s, 1) }

func (v memoryVault) fetch(context.Context, slot, int) ([]byte, error) {
	if len(v.key) != keySize {
		return nil, failure(nil, "This store was made with a key in memory, which ended with its program.",
			"Move the store away, or name another one with --db.")
	}
	return v.key, nil
}

func (v memoryVault) tries() int { return 1 }

func (v memoryVault) wrong(slot) error {
	return failure(nil, "This store was made with another key in memory.", "Move the store away, or name another one with --db.")
}

func (v memoryVault) discard(context.Context, slot) {}
