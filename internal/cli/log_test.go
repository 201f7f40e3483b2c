package cli

import (
	"encoding/json"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hsterm/hsterm/oauth"
)

func TestLogHoldsNoSecret(t *testing.T) {
	dir := t.TempDir()
	p := newProgram(nil, nil, nil, environment{"XDG_STATE_HOME": dir, "HSTERM_LOG": "debug"}, nil)
	log := p.logger()
	const secret = "hstermtestsecret"
	static := "pat-na1-" + secret + "-1234"
	log.Info("with Bearer "+secret+"x and "+static, "token", secret, "client_secret", secret, "code", secret,
		"wrapped", oauth.NewSecret(secret), "error", errors.New("POST /token?code="+secret+"&state="+secret),
		"text", "refresh na1-"+secret+"-0000-1111", "access", "C"+secret+strings.Repeat("x", 40), "status", 401)
	log.With("authorization", secret).Warn("once more " + static)
	p.close()
	path := filepath.Join(dir, "hsterm", "hsterm.log")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(text), secret) {
		t.Errorf("the log holds a secret: %s", text)
	}
	if !strings.Contains(string(text), `"status":401`) {
		t.Errorf("the log lost what it may hold: %s", text)
	}
	for line := range strings.Lines(string(text)) {
		if !json.Valid([]byte(line)) {
			t.Errorf("no JSON: %s", line)
		}
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the log's mode is %v, %v", info.Mode(), err)
	}
}

func TestLogIsPutAside(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state", "hsterm.log")
	for range 2 {
		l := &logFile{path: path, limit: 100}
		for range 10 {
			if _, err := l.Write([]byte(strings.Repeat("x", 29) + "\n")); err != nil {
				t.Fatal(err)
			}
		}
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{path, path + ".1"} {
		if info, err := os.Stat(name); err != nil || info.Size() > 100 || info.Size() == 0 {
			t.Errorf("%s: %v, %v", name, info, err)
		}
	}
}

func TestLogFollowsNoLink(t *testing.T) {
	dir := t.TempDir()
	target := filepath.Join(dir, "target")
	if err := os.Symlink(target, filepath.Join(dir, "hsterm.log")); err != nil {
		t.Fatal(err)
	}
	l := &logFile{path: filepath.Join(dir, "hsterm.log"), limit: 100}
	if _, err := l.Write([]byte("x\n")); err == nil {
		t.Error("it wrote through a link")
	}
	if _, err := os.Stat(target); err == nil {
		t.Error("the target was made")
	}
}

func TestLogOff(t *testing.T) {
	dir := t.TempDir()
	p := newProgram(nil, nil, nil, environment{"XDG_STATE_HOME": dir, "HSTERM_LOG": "off"}, nil)
	p.logger().Error("anything", slog.Int("status", 500))
	p.close()
	if entries, _ := os.ReadDir(dir); len(entries) != 0 {
		t.Errorf("it wrote %v", entries)
	}
}
