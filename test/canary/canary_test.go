package canary

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const marker = "canarymarker99"

func scanner(t *testing.T) *Scanner {
	t.Helper()
	s, err := New(marker)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestFindsTheMarkerInEveryForm(t *testing.T) {
	s := scanner(t)
	for pad := range 7 {
		secret := strings.Repeat("x", pad) + marker + "tail"
		forms := map[string]string{
			"plain":     secret,
			"base64":    base64.StdEncoding.EncodeToString([]byte(secret)),
			"base64url": base64.RawURLEncoding.EncodeToString([]byte(secret)),
			"hex":       hex.EncodeToString([]byte(secret)),
			"HEX":       strings.ToUpper(hex.EncodeToString([]byte(secret))),
			"percent":   percent(secret),
			"utf16":     string(wide(secret)),
			"reversed":  string(reversed(secret)),
			"quoted":    fmt.Sprintf("%q", secret),
		}
		for name, text := range forms {
			if found := s.Bytes(name, []byte("before "+text+" after")); len(found) == 0 {
				t.Errorf("%s with %d bytes before the marker: not found", name, pad)
			}
		}
	}
}

func TestFindsNothingWhereNothingIs(t *testing.T) {
	if found := scanner(t).Bytes("innocent", []byte(strings.Repeat("canary marker 99 ", 500))); len(found) > 0 {
		t.Error(found)
	}
}

func TestScansTrees(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"a/clean": "nothing", "a/b/leak": "x" + marker, "skipped": marker} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	found, files, err := scanner(t).Tree(func(path string) bool { return filepath.Base(path) == "skipped" }, dir)
	if err != nil {
		t.Fatal(err)
	}
	if files != 2 || len(found) != 1 || filepath.Base(found[0].File) != "leak" {
		t.Errorf("read %d files and found %v", files, found)
	}
}

func TestAShortMarkerIsRefused(t *testing.T) {
	if _, err := New("abc"); err == nil {
		t.Error("a marker of three letters was taken")
	}
}
