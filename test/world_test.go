package test

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/hsterm/hsterm/test/canary"
)

// patience is how long anything may take that is not meant to be measured.
const patience = 30 * time.Second

// world is a home of its own for the program: folders, key, environment.
type world struct {
	t   *testing.T
	dir string
	env []string
}

// newWorld makes one below a folder that is scanned for secrets when the test
// is over.
func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{t: t, dir: workFolder(t)}
	w.env = environment(w.dir)
	t.Cleanup(func() {
		for _, f := range leaks(t, w.dir) {
			t.Error(f)
		}
	})
	return w
}

// workFolder is a fresh folder, kept where CI looks for secrets if it asks to.
func workFolder(t *testing.T) string {
	t.Helper()
	kept := os.Getenv("HSTERM_TEST_ARTEFACTS")
	if kept == "" {
		return t.TempDir()
	}
	dir, err := os.MkdirTemp(kept, strings.ReplaceAll(t.Name(), "/", "_")+"-")
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func leaks(t *testing.T, dirs ...string) []canary.Finding {
	t.Helper()
	scanner, err := canary.New(marker)
	if err != nil {
		t.Fatal(err)
	}
	found, _, err := scanner.Tree(nil, dirs...)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// environment is all the program gets to know of the machine. The key that
// opens the store carries the marker too.
func environment(dir string) []string {
	key := base64.StdEncoding.EncodeToString([]byte(marker + marker))
	return []string{
		"PATH=" + filepath.Dir(binary()) + string(os.PathListSeparator) + os.Getenv("PATH"),
		"HOME=" + dir,
		"USERPROFILE=" + dir,
		"TMPDIR=" + dir,
		"XDG_CONFIG_HOME=" + filepath.Join(dir, "config"),
		"XDG_DATA_HOME=" + filepath.Join(dir, "data"),
		"XDG_STATE_HOME=" + filepath.Join(dir, "state"),
		"XDG_CACHE_HOME=" + filepath.Join(dir, "cache"),
		"HSTERM_KEYRING=env",
		"HSTERM_KEY=" + key,
		"HSTERM_LOG=debug",
		"LANG=C.UTF-8",
		"TERM=xterm-256color",
		"COLORTERM=truecolor",
		"DISPLAY=:0", // there is a browser: the xdg-open on PATH
	}
}

// set adds variables, later ones winning.
func (w *world) set(pairs ...string) { w.env = append(w.env, pairs...) }

// command prepares the program; it ends when ctx does.
func (w *world) command(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, binary(), args...)
	cmd.Env = w.env
	cmd.Dir = w.dir
	return cmd
}

// result is what a run of the program came to.
type result struct {
	code           int
	stdout, stderr string
}

// run runs the program to its end with text on standard input.
func (w *world) run(stdin string, args ...string) result {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	r, err := finish(w.command(ctx, args...), stdin)
	if err != nil {
		w.t.Fatalf("hsterm %s: %v", strings.Join(args, " "), err)
	}
	return r
}

// ok runs the program, which must succeed, and returns its standard output.
func (w *world) ok(args ...string) string {
	w.t.Helper()
	r := w.run("", args...)
	if r.code != 0 {
		w.t.Fatalf("hsterm %s: exit %d\n%s", strings.Join(args, " "), r.code, r.stderr)
	}
	return r.stdout
}

// finish runs a command and tells its exit code from a failure to run it.
func finish(cmd *exec.Cmd, stdin string) (result, error) {
	var stdout, stderr bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(stdin), &stdout, &stderr
	cmd.WaitDelay = patience / 3 // beside 128 others, reading to the end takes its time
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return result{}, err
	}
	return result{cmd.ProcessState.ExitCode(), stdout.String(), stderr.String()}, nil
}

// freePort finds a port of the loopback interface that nobody has now. It is below
// those that systems give to whoever asks for any, so nobody gets it meanwhile.
func freePort() (string, error) {
	const first, count, tries = 20000, 12000, 50
	var last error
	for range tries {
		port := strconv.Itoa(first + rand.IntN(count))
		l, err := net.Listen("tcp", "127.0.0.1:"+port)
		if err == nil {
			return port, l.Close()
		}
		last = err
	}
	return "", last
}
