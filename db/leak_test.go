package db

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/hex"
	"os"
	"path/filepath"
	"testing"

	"github.com/hsterm/hsterm/oauth"
)

// No secret may be readable in any file of the store, nor in an event, in any of
// the forms it could be written in.
func TestNoSecretIsReadable(t *testing.T) {
	ctx := context.Background()
	config := filepath.Join(t.TempDir(), "config")
	keys := KeyOptions{Source: SourcePassphrase, ConfigDir: config, Getenv: environment("HSTERM_PASSPHRASE", marker), cost: quickCost()}
	path := newPath(t)
	s := openStore(t, Options{Path: path, Now: noon, Keys: keys})
	p := connect(t, s, addApp(t, s, "main"), 62515, "acme-prod")
	for i := range 20 { // overwritten pages are wiped (secure_delete)
		save(t, s, saveOf(p, string(rune('a'+i))), true)
		p.Version++
	}
	must(t, s.RemovePortal(ctx, connect(t, s, oauth.App{ID: p.AppID}, 5, "gone").ID, oauth.Event{Kind: oauth.EventDisconnected}))
	scan(t, filepath.Dir(path), config) // with the log as it is
	must(t, s.Close())
	scan(t, filepath.Dir(path), config) // with the log moved into the file
}

func scan(t *testing.T, folders ...string) {
	t.Helper()
	seen := 0
	for _, folder := range folders {
		files, err := filepath.Glob(filepath.Join(folder, "*"))
		must(t, err)
		for _, file := range files {
			content, err := os.ReadFile(file)
			must(t, err)
			seen += len(content)
			for form, text := range forms(marker) {
				if bytes.Contains(content, []byte(text)) {
					t.Errorf("%s holds a secret in %s", filepath.Base(file), form)
				}
			}
		}
	}
	if seen < 10_000 {
		t.Errorf("only %d bytes were looked at", seen)
	}
}

// forms are the ways the marker could stand in a file. Base64 depends on where
// in a group of three the text begins.
func forms(text string) map[string]string {
	f := map[string]string{
		"plain": text, "hex": hex.EncodeToString([]byte(text)),
		"UTF-16": string(bytes.Join(bytes.Split([]byte(text), nil), []byte{0})),
	}
	for i, offset := range []string{"", "x", "xx"} {
		encoded := base64.RawStdEncoding.EncodeToString([]byte(offset + text))
		f["base64 "+string(rune('0'+i))] = encoded[4 : len(encoded)-4]
	}
	return f
}

func TestErrorsGiveNothingAway(t *testing.T) {
	s, p := onePortal(t)
	tamper(t, s, `UPDATE portals SET hub_id = 1 WHERE id = 1`)
	_, err := s.Grant(context.Background(), p.ID)
	for e := err; e != nil; {
		if bytes.Contains([]byte(e.Error()), []byte(marker)) {
			t.Errorf("%v", e)
		}
		wrapped, ok := e.(interface{ Unwrap() error })
		if !ok {
			break
		}
		e = wrapped.Unwrap()
	}
}
