package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// result is what one run of hsterm left behind.
type result struct {
	code           int
	stdout, stderr string
}

// home is a machine of its own: folders, environment, and a key out of the
// environment so that nothing asks for one.
type home struct {
	t    *testing.T
	dir  string
	vars map[string]string
}

func newHome(t *testing.T) *home {
	t.Helper()
	dir := t.TempDir()
	return &home{t: t, dir: dir, vars: map[string]string{
		"HOME":              dir,
		"PATH":              os.Getenv("PATH"),
		"XDG_CONFIG_HOME":   filepath.Join(dir, "config"),
		"XDG_DATA_HOME":     filepath.Join(dir, "data"),
		"XDG_STATE_HOME":    filepath.Join(dir, "state"),
		"HSTERM_KEYRING":    "env",
		"HSTERM_KEY":        "aHN0ZXJtdGVzdHNlY3JldC1rZXktMzItYnl0ZXMtISE=",
		"HSTERM_NO_BROWSER": "1",
	}}
}

// run runs one command with nothing on its standard input.
func (h *home) run(args ...string) result { return h.feed("", args...) }

// feed runs one command with text on its standard input.
func (h *home) feed(stdin string, args ...string) result {
	h.t.Helper()
	in, out, err := h.file("in"), h.file("out"), h.file("err")
	if _, e := in.WriteString(stdin); e != nil {
		h.t.Fatal(e)
	}
	if _, e := in.Seek(0, 0); e != nil {
		h.t.Fatal(e)
	}
	code := Main(args, in, out, err, h.environ())
	return result{code: code, stdout: h.read(out), stderr: h.read(err)}
}

func (h *home) environ() []string { return environment(h.vars).list() }

func (h *home) file(name string) *os.File {
	h.t.Helper()
	f, err := os.CreateTemp(h.t.TempDir(), name)
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() { _ = f.Close() })
	return f
}

func (h *home) read(f *os.File) string {
	h.t.Helper()
	text, err := os.ReadFile(f.Name())
	if err != nil {
		h.t.Fatal(err)
	}
	return string(text)
}

// want checks the exit code and that the streams hold certain texts. An empty
// text asks for an empty stream.
func (r result) want(t *testing.T, code int, stdout, stderr string) {
	t.Helper()
	if r.code != code {
		t.Errorf("exit code %d, want %d", r.code, code)
	}
	for name, pair := range map[string][2]string{"stdout": {r.stdout, stdout}, "stderr": {r.stderr, stderr}} {
		if got, want := pair[0], pair[1]; (want == "" && got != "") || !strings.Contains(got, want) {
			t.Errorf("%s is %q, want %q in it", name, got, want)
		}
	}
}
