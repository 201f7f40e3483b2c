package cli

import (
	"encoding/json"
	"errors"
	"io"
	"log"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

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

// net/http quotes what it cannot read, and a server that forgot its status line
// sends a token there.
func TestLogQuotesNoAnswer(t *testing.T) {
	server, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	go func() {
		conn, err := server.Accept()
		if err != nil {
			return
		}
		_, _ = conn.Write([]byte(`{"access_token":"hstermtestsecret","token_type":"bearer"}`))
		_ = conn.Close()
	}()
	var written strings.Builder
	transport := logTransport{base: &http.Transport{}, log: slog.New(slog.NewTextHandler(&written, nil)), now: time.Now}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+server.Addr().String(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if resp, err := transport.RoundTrip(req); err == nil {
		_ = resp.Body.Close()
		t.Fatal("that was an answer")
	}
	if text := written.String(); strings.Contains(text, "hstermtestsecret") || !strings.Contains(text, "No usable answer") {
		t.Error(text)
	}
}

// The log package of the standard library is net/http's, and writes to the
// terminal unless it is told not to.
func TestLibrariesDoNotWriteToTheTerminal(t *testing.T) {
	newHome(t).run("version").want(t, 0, "hsterm", "")
	if log.Writer() != io.Discard {
		t.Error("they do")
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
