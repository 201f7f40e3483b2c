package db

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/hsterm/hsterm/oauth"
)

// The test binary is also the other process: with this variable set it plays a
// role instead of running tests.
const roleVariable = "HSTERM_DB_TEST_ROLE"

func TestMain(m *testing.M) {
	role, path := os.Getenv(roleVariable), os.Getenv("HSTERM_DB_TEST_PATH")
	roles := map[string]func(string) error{"first": playFirst, "acquire": playAcquire, "save": playSave}
	play, ok := roles[role]
	if !ok {
		goleak.VerifyTestMain(m) // ends the program
	}
	if err := play(path); err != nil {
		fmt.Println("failed:", err, cause(err))
		os.Exit(1)
	}
}

// child is another process on the same file.
type child struct {
	cmd   *exec.Cmd
	start io.WriteCloser // closed to let it go
	out   *bufio.Reader
}

func spawn(t *testing.T, role, path string) *child {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	cmd := exec.CommandContext(ctx, os.Args[0])
	cmd.Env = append(os.Environ(), roleVariable+"="+role, "HSTERM_DB_TEST_PATH="+path)
	stdin, err := cmd.StdinPipe()
	must(t, err)
	stdout, err := cmd.StdoutPipe()
	must(t, err)
	must(t, cmd.Start())
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		cancel()
	})
	return &child{cmd: cmd, start: stdin, out: bufio.NewReader(stdout)}
}

// line reads the next line the child said.
func (c *child) line(t *testing.T) string {
	t.Helper()
	line, err := c.out.ReadString('\n')
	if err != nil {
		t.Fatalf("the child ended: %v", err)
	}
	return strings.TrimSpace(line)
}

// barrier tells the parent that all is ready and waits to be let go.
func barrier() {
	fmt.Println("ready")
	_, _ = io.Copy(io.Discard, os.Stdin)
}

// playFirst starts hsterm for the first time and adds an app of its own.
func playFirst(path string) error {
	ctx := context.Background()
	barrier()
	s, err := Open(ctx, Options{Path: path, Now: noon, Keys: KeyOptions{
		Source: SourceFile, ConfigDir: filepath.Join(filepath.Dir(path), "..", "config"),
	}})
	if err != nil {
		return err
	}
	defer s.Close()
	name := "app-" + strconv.Itoa(os.Getpid())
	if _, err := s.AddApp(ctx, oauth.App{Name: name, ClientID: name}); err != nil {
		return err
	}
	fmt.Println("done")
	return nil
}

func TestEightProcessesStartFirst(t *testing.T) {
	path := newPath(t)
	var children []*child
	for range 8 {
		children = append(children, spawn(t, "first", path))
	}
	for _, c := range children {
		c.line(t)
	}
	for _, c := range children {
		must(t, c.start.Close())
	}
	for _, c := range children {
		if got := c.line(t); got != "done" {
			t.Error(got)
		}
	}
	config := filepath.Join(filepath.Dir(path), "..", "config")
	s := openStore(t, Options{Path: path, Now: noon, Keys: KeyOptions{ConfigDir: config}})
	apps, err := s.Apps(context.Background())
	if must(t, err); len(apps) != len(children) {
		t.Errorf("%d apps", len(apps))
	}
	keys, err := os.ReadDir(filepath.Join(config, "keys"))
	if must(t, err); len(keys) != 1 {
		t.Errorf("%d key files: those who came second must take theirs back", len(keys))
	}
	left, err := filepath.Glob(path + ".*")
	if must(t, err); len(left) != 0 {
		t.Errorf("drafts were left: %v", left)
	}
}

// playAcquire wants the lease of the first portal.
func playAcquire(path string) error {
	s, err := Open(context.Background(), testOptions(path))
	if err != nil {
		return err
	}
	defer s.Close()
	barrier()
	owner := strconv.Itoa(os.Getpid())
	_, ok, err := s.Acquire(context.Background(), oauth.Claim{
		PortalID: 1, Version: 1, Owner: owner, AttemptID: owner, Now: noon, For: time.Minute,
	})
	fmt.Println("won:", ok)
	return err
}

func TestOneOfManyProcessesGetsTheLease(t *testing.T) {
	s, p := onePortal(t)
	var children []*child
	for range 16 {
		children = append(children, spawn(t, "acquire", s.Path()))
	}
	for _, c := range children {
		c.line(t)
	}
	for _, c := range children {
		must(t, c.start.Close())
	}
	won := 0
	for _, c := range children {
		switch got := c.line(t); got {
		case "won: true":
			won++
		case "won: false":
		default:
			t.Error(got)
		}
	}
	if lease := reload(t, s, p.ID).Lease; won != 1 || lease.Gen != 1 {
		t.Errorf("%d won, generation %d", won, lease.Gen)
	}
}

// playSave refreshes the first portal as fast as it can and says each version
// once it is committed.
func playSave(path string) error {
	s, err := Open(context.Background(), testOptions(path))
	if err != nil {
		return err
	}
	barrier()
	p, err := s.Portal(context.Background(), 1)
	for err == nil {
		var ok bool
		if ok, err = s.Save(context.Background(), saveOf(p, strconv.FormatInt(p.Version+1, 10))); !ok {
			return fmt.Errorf("version %d was not saved: %w", p.Version, err)
		}
		p.Version++
		fmt.Println(p.Version)
	}
	return err
}

func TestKilledInTheMiddleOfSaving(t *testing.T) {
	s, p := onePortal(t)
	for round := range 5 {
		c := spawn(t, "save", s.Path())
		c.line(t)
		must(t, c.start.Close())
		var said int64
		for range 3 + 7*round {
			n, err := strconv.ParseInt(c.line(t), 10, 64)
			must(t, err)
			said = n
		}
		must(t, c.cmd.Process.Kill())
		other := openStore(t, testOptions(s.Path()))
		g := grantOf(t, other, p.ID)
		if g.Portal.Version < said {
			t.Errorf("version %d was said to be saved, %d is there", said, g.Portal.Version)
		}
		if want := marker + "-access-" + strconv.FormatInt(g.Portal.Version, 10); g.Access.Reveal() != want {
			t.Errorf("version %d has another version's token", g.Portal.Version)
		}
	}
}
