//go:build unix

package test

import (
	"context"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

const nobody = 65534 // Linux's and BSD's user without rights, by number

// A folder that cannot be written to: said in words, exit 9, nothing changed.
// For root no folder is read-only, so root becomes somebody else for this test.
func TestReadOnlyFolder(t *testing.T) {
	dir, err := os.MkdirTemp("", "hsterm-readonly")
	if err != nil {
		t.Fatal(err)
	}
	data := filepath.Join(dir, "data", "hsterm")
	t.Cleanup(func() { _ = os.Chmod(data, 0o700); _ = os.RemoveAll(dir) })
	w := &world{t: t, dir: dir, env: append(environment(dir), "HSTERM_CLIENT_SECRET="+marker+"-of-an-app")}
	add := []string{"app", "add", "one", "--client-id", "id", "--scope", "oauth"}
	if r := w.unprivileged(add...); r.code != 0 {
		t.Fatalf("before: exit %d\n%s", r.code, r.stderr)
	}
	if err := os.Chmod(data, 0o500); err != nil {
		t.Fatal(err)
	}
	add[2] = "two"
	for _, args := range [][]string{add, {"app", "remove", "one"}} {
		r := w.unprivileged(args...)
		if r.code != 9 || strings.TrimSpace(r.stderr) == "" || strings.Contains(r.stderr, "SQLITE_") {
			t.Errorf("hsterm %s: exit %d\n%s", strings.Join(args, " "), r.code, r.stderr)
		}
	}
	elsewhere := filepath.Join(data, "elsewhere")
	if r := w.unprivileged("list", "--db", filepath.Join(elsewhere, "new.db")); r.code != 9 {
		t.Errorf("a new database in a folder that cannot be made: exit %d\n%s", r.code, r.stderr)
	}
	if err := os.Chmod(data, 0o700); err != nil {
		t.Fatal(err)
	}
	r := w.unprivileged("app", "list", "--json")
	if got, err := evaluate(r.stdout, `map(.name)|join(" ")`); err != nil || got != "one" {
		t.Errorf("afterwards: %q %v\n%s", got, err, r.stderr)
	}
}

// unprivileged runs the program as a user for whom permissions mean something.
func (w *world) unprivileged(args ...string) result {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	cmd := w.command(ctx, args...)
	if os.Geteuid() == 0 {
		w.surrender(cmd)
	}
	r, err := finish(cmd, "")
	if err != nil {
		w.t.Fatal(err)
	}
	return r
}

// surrender gives the world to nobody, and lets a command run as nobody.
func (w *world) surrender(cmd *exec.Cmd) {
	w.t.Helper()
	err := filepath.WalkDir(w.dir, func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Lchown(path, nobody, nobody)
	})
	if err != nil {
		w.t.Fatal(err)
	}
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
}
