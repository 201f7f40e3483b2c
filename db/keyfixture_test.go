package db

import (
	"context"
	"errors"
	"testing"

	"github.com/zalando/go-keyring"
)

// fakeRing is a keyring in memory.
type fakeRing struct {
	entries map[string]string
	broken  error
	hang    chan struct{} // when set, every call waits for it
	garbles bool          // what it is given
}

func (r *fakeRing) wait() error {
	if r.hang != nil {
		<-r.hang
	}
	return r.broken
}

func (r *fakeRing) Get(_, user string) (string, error) {
	if err := r.wait(); err != nil {
		return "", err
	}
	secret, ok := r.entries[user]
	if !ok {
		return "", keyring.ErrNotFound
	}
	return secret, nil
}

func (r *fakeRing) Set(_, user, secret string) error {
	if err := r.wait(); err != nil {
		return err
	}
	if r.garbles {
		secret = "?" + secret
	}
	r.entries[user] = secret
	return nil
}

func (r *fakeRing) Delete(_, user string) error {
	if err := r.wait(); err != nil {
		return err
	}
	delete(r.entries, user)
	return nil
}

func newRing() *fakeRing { return &fakeRing{entries: map[string]string{}} }

func brokenRing() *fakeRing { return &fakeRing{broken: errors.New("no D-Bus session is running")} }

// environment is a Getenv over pairs of name and value.
func environment(pairs ...string) func(string) string {
	return func(name string) string {
		for i := 0; i+1 < len(pairs); i += 2 {
			if pairs[i] == name {
				return pairs[i+1]
			}
		}
		return ""
	}
}

// answers is a Prompt that gives one answer after another.
func answers(asked *[]Ask, texts ...string) func(context.Context, Ask) ([]byte, error) {
	return func(_ context.Context, ask Ask) ([]byte, error) {
		*asked = append(*asked, ask)
		if len(texts) == 0 {
			return nil, errors.New("asked too often")
		}
		text := texts[0]
		texts = texts[1:]
		return []byte(text), nil
	}
}

const (
	testKey  = "aHN0ZXJtdGVzdHNlY3JldC1oc3Rlcm10ZXN0c2VjISE=" // 32 bytes
	otherKey = "b3RoZXItb3RoZXItb3RoZXItb3RoZXItb3RoZXItISE="
)

// quickCost makes passphrases cheap where their strength is not the point.
func quickCost() stretch { return stretch{Time: 1, Memory: 8 << 10, Threads: 1} }

// keyed makes a store with these keys, unlocks it and puts a portal in.
func keyed(t *testing.T, keys KeyOptions) (path string) {
	t.Helper()
	path = newPath(t)
	keys.cost = quickCost()
	s, err := Open(context.Background(), Options{Path: path, Now: noon, Keys: keys})
	must(t, err)
	connect(t, s, addApp(t, s, "main"), 62515, "acme-prod")
	must(t, s.Close())
	return path
}

// unlock opens a store again with other keys.
func unlock(t *testing.T, path string, keys KeyOptions) (*Store, error) {
	t.Helper()
	keys.cost = quickCost()
	s := openStore(t, Options{Path: path, Now: noon, Keys: keys})
	return s, s.Unlock(context.Background())
}
