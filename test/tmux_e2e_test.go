//go:build e2e

package test

import (
	"context"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// tmux is a terminal multiplexer of the test's own, with one window.
type tmux struct {
	w    *world
	path string
	sock string
}

func (w *world) tmux(size [2]string, line string) *tmux {
	w.t.Helper()
	path, err := exec.LookPath("tmux")
	if err != nil {
		w.t.Fatal("this test needs tmux; .ci/run installs it")
	}
	m := &tmux{w: w, path: path, sock: filepath.Join(w.dir, "tmux")}
	m.run("-f", "/dev/null", "new-session", "-d", "-x", size[0], "-y", size[1], "HISTFILE= bash --norc --noprofile")
	pid, err := strconv.Atoi(strings.TrimSpace(m.run("display-message", "-p", "#{pane_pid}")))
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() {
		m.run("kill-server")
		w.until("the shell has ended", func() bool { return syscall.Kill(pid, 0) != nil })
	})
	m.keys("PS1='ready> '", "Enter")
	m.see("ready>")
	m.keys("clear; "+line, "Enter")
	return m
}

func (m *tmux) run(args ...string) string {
	m.w.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, m.path, append([]string{"-S", m.sock}, args...)...)
	cmd.Env, cmd.Dir = m.w.env, m.w.dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		m.w.t.Fatalf("tmux %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

func (m *tmux) keys(keys ...string) {
	m.w.t.Helper()
	m.run(append([]string{"send-keys"}, keys...)...)
}

func (m *tmux) screen() string { return m.run("capture-pane", "-p") }

func (m *tmux) see(text string) string {
	m.w.t.Helper()
	var last string
	m.w.until("tmux shows "+text, func() bool {
		last = m.screen()
		return strings.Contains(last, text)
	})
	return last
}

// The journey in a terminal people use: connect in the browser, test an
// endpoint, refresh, resize, quit; and the shell is as it was.
func TestJourneyInTmux(t *testing.T) {
	w := newWorld(t)
	sandbox := w.sandbox("--auto-consent")
	w.app(sandbox, "main")
	m := w.tmux([2]string{"100", "30"}, "hsterm")
	m.see("connect")
	m.keys("c")
	m.see("comes back to")
	m.keys("Enter")
	m.see("is connected")
	m.keys("Enter")
	m.see("1 active")
	m.keys("t")
	m.see("Choose a call")
	m.keys("Enter")
	m.see("200 OK")
	m.keys("r")
	w.until("a refresh was sent", func() bool { return w.count(sandbox, "refresh_token") == 1 })
	m.run("resize-window", "-x", "80", "-y", "24")
	m.see("1 active")
	m.keys("?")
	m.see("search")
	m.keys("Escape")
	w.until("the help has gone", func() bool { return !strings.Contains(m.screen(), "search") })
	m.keys("q")
	after := m.see("ready>")
	if strings.Contains(after, "2026;") || strings.Contains(after, "rgb:") {
		t.Errorf("answers of the terminal are left at the prompt:\n%s", after)
	}
	m.keys("echo $?", "Enter")
	m.see("\n0\n")
}

// The consent dialog of the screen and a real browser: the address on the screen
// is opened, an account chosen, and the screen shows it.
func TestScreenAndChromium(t *testing.T) {
	w := newWorld(t)
	sandbox := w.sandbox()
	w.app(sandbox, "main")
	log := filepath.Join(w.dir, "opened")
	w.set("XDG_OPEN=ignore", "XDG_OPEN_LOG="+log)
	m := w.tmux([2]string{"120", "36"}, "hsterm")
	m.see("connect")
	m.keys("c")
	m.see("comes back to")
	m.keys("Enter")
	m.see("waiting for")
	text, _ := visit(t, opened(t, w, log), chooseAndConnect(sandbox.Portals[1].HubID)...)
	m.see("is connected")
	if !strings.Contains(strings.ToLower(text), "close") {
		t.Errorf("the browser ended with\n%s", text)
	}
	m.keys("Enter")
	m.see(sandbox.Portals[1].Domain)
	m.keys("q")
	m.see("ready>")
}
