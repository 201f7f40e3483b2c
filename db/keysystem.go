package db

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"time"

	"github.com/zalando/go-keyring"
)

// Keyring is the operating system's store of small secrets. Get and Delete fail
// with keyring.ErrNotFound of github.com/zalando/go-keyring for what is not there.
type Keyring interface {
	Get(service, user string) (string, error)
	Set(service, user, secret string) error
	Delete(service, user string) error
}

const (
	ringService = product
	ringLimit   = 3 * time.Second // of every call: a bus that hangs must not hang hsterm
)

var errNotKept = errors.New("it gave back something else than it was given")

// boundedRing calls a keyring with a time limit, which keyrings lack.
type boundedRing struct{ ring Keyring }

func (k KeyOptions) system() boundedRing {
	if k.Keyring != nil {
		return boundedRing{k.Keyring}
	}
	return boundedRing{osKeyring{}}
}

// within runs call and gives up waiting for it after the limit. A call that
// hangs goes on in its goroutine; its result is dropped.
func within(ctx context.Context, limit time.Duration, call func() (string, error)) (string, error) {
	type result struct {
		text string
		err  error
	}
	done := make(chan result, 1)
	go func() {
		text, err := call()
		done <- result{text, err}
	}()
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case r := <-done:
		return r.text, r.err
	case <-timer.C:
		return "", fmt.Errorf("it did not answer within %v", limit)
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// probe proves that the keyring takes a secret, gives it back and forgets it,
// all within one limit.
func (r boundedRing) probe(ctx context.Context) error {
	user, secret := "probe-"+random(6), random(8)
	_, err := within(ctx, ringLimit, func() (string, error) {
		if err := r.ring.Set(ringService, user, secret); err != nil {
			return "", err
		}
		got, err := r.ring.Get(ringService, user)
		if err == nil && got != secret {
			err = errNotKept
		}
		return "", errors.Join(err, r.ring.Delete(ringService, user))
	})
	return err
}

// systemVault keeps the wrapping key in the keyring, under the slot's id.
type systemVault struct {
	ring    boundedRing
	records records
}

func (v systemVault) create(ctx context.Context, s *slot) ([]byte, error) {
	key := newKey()
	text := base64.StdEncoding.EncodeToString(key)
	got, err := within(ctx, ringLimit, func() (string, error) {
		if err := v.ring.ring.Set(ringService, s.id, text); err != nil {
			return "", err
		}
		return v.ring.ring.Get(ringService, s.id)
	})
	if err == nil && got != text {
		err = errNotKept
	}
	if err != nil {
		return nil, v.broken(err)
	}
	if v.records.dir != "" {
		if err := v.records.write(s.id, SourceSystem, nil); err != nil {
			v.discard(ctx, *s)
			return nil, err
		}
	}
	return key, nil
}

func (v systemVault) fetch(ctx context.Context, s slot, _ int) ([]byte, error) {
	text, err := within(ctx, ringLimit, func() (string, error) { return v.ring.ring.Get(ringService, s.id) })
	if errors.Is(err, keyring.ErrNotFound) {
		return nil, failure(err, "The keyring has no key for this store (service "+ringService+", account "+s.id+").",
			"Unlock or restore the keyring it was made with. Without that key the secrets are lost: move "+
				quote(v.records.database)+" away and connect again.")
	}
	if err != nil {
		return nil, v.broken(err)
	}
	key, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil, v.wrong(s) // the cause would quote a byte of the key
	}
	return key, nil
}

func (v systemVault) broken(err error) error {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return explain(err, v.records.database)
	}
	return failure(err, "The keyring, where this store's key is kept, does not work: "+err.Error()+".",
		"Unlock it (over SSH it often needs a desktop session) and try again.")
}

func (v systemVault) tries() int { return 1 }

func (v systemVault) wrong(s slot) error {
	return failure(nil, "The keyring's entry for this store (service "+ringService+", account "+s.id+") is not its key.",
		"Restore the keyring it was made with.")
}

func (v systemVault) discard(ctx context.Context, s slot) {
	_, _ = within(ctx, ringLimit, func() (string, error) { return "", v.ring.ring.Delete(ringService, s.id) })
	if v.records.dir != "" {
		v.records.remove(s.id)
	}
}
