package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"time"
)

// limit is how long the mutant's test may take, with it or without.
func (m mutant) limit() time.Duration {
	const usual = 2 * time.Minute
	if m.Timeout > 0 {
		return m.Timeout
	}
	return usual
}

// outcome is what became of a mutant.
type outcome struct {
	by   string        // the test that noticed, "" where none did
	took time.Duration // of the test with the mutant
	err  error         // why it could not be tried
}

// lab tries mutants. It is safe for concurrent use.
type lab struct {
	root    string // of the module
	scratch string // a folder that is removed afterwards
	now     func() time.Time

	mu      sync.Mutex
	healthy map[string]func() error           // by test: does it pass as things are?
	built   map[string]func() (string, error) // by package and tags: the compiled tests
}

// try applies a mutant and runs its test, which passes without it and has to
// fail with it. A mutant that does not compile is nobody's catch.
func (l *lab) try(ctx context.Context, m mutant) outcome {
	overlay, err := l.overlay(m)
	if err != nil {
		return outcome{err: err}
	}
	if err := l.passes(ctx, m); err != nil {
		return outcome{err: err}
	}
	if where := "./" + path.Dir(m.File); where != m.Package { // the test's own package is built with the test
		out, err := l.command(ctx, overlay, "build", "-tags", m.Tags, where).CombinedOutput()
		if err != nil {
			return outcome{err: fmt.Errorf("it does not compile: %w\n%s", err, out)}
		}
	}
	start := l.now()
	out, err := l.test(ctx, overlay, m)
	o := outcome{took: l.now().Sub(start)}
	var exit *exec.ExitError
	switch {
	case err == nil:
	case ctx.Err() != nil:
		o.err = ctx.Err()
	case !errors.As(err, &exit):
		o.err = err
	default:
		o.by, o.err = culprit(out)
	}
	return o
}

// overlay writes the mutated file and the list of replacements that Go takes
// instead of files of the tree, which stays as it is.
func (l *lab) overlay(m mutant) (string, error) {
	text, err := m.apply(l.root)
	if err != nil {
		return "", err
	}
	dir, err := os.MkdirTemp(l.scratch, "mutant")
	if err != nil {
		return "", err
	}
	mutated := filepath.Join(dir, filepath.Base(m.File))
	if err := os.WriteFile(mutated, text, 0o600); err != nil {
		return "", err
	}
	list, err := json.Marshal(map[string]map[string]string{
		"Replace": {filepath.Join(l.root, filepath.FromSlash(m.File)): mutated},
	})
	if err != nil {
		return "", err
	}
	overlay := filepath.Join(dir, "overlay.json")
	return overlay, os.WriteFile(overlay, list, 0o600)
}

// passes runs a mutant's test without it, once for all mutants that share it.
func (l *lab) passes(ctx context.Context, m mutant) error {
	key := fmt.Sprint(m.Package, m.Run, m.Tags, m.Env)
	l.mu.Lock()
	once, known := l.healthy[key]
	if !known {
		once = sync.OnceValue(func() error { return l.passesNow(ctx, m) })
		l.healthy[key] = once
	}
	l.mu.Unlock()
	return once()
}

func (l *lab) passesNow(ctx context.Context, m mutant) error {
	tests, err := l.compiled(ctx, m)
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, tests, "-test.timeout", m.limit().String(), "-test.run", m.Run)
	cmd.Dir = filepath.Join(l.root, filepath.FromSlash(m.Package))
	cmd.Env = append(os.Environ(), m.Env...)
	out, err := cmd.CombinedOutput()
	switch {
	case err != nil:
		return fmt.Errorf("its test fails without it too: %w\n%s", err, out)
	case strings.Contains(string(out), "no tests to run"):
		return fmt.Errorf("%s has no test %s", m.Package, m.Run)
	}
	return nil
}

// compiled returns the tests of a package as they are, built once: linking them
// for every mutant would take as long as all the rest.
func (l *lab) compiled(ctx context.Context, m mutant) (string, error) {
	key := fmt.Sprint(m.Package, " ", m.Tags)
	l.mu.Lock()
	once, known := l.built[key]
	if !known {
		tests := filepath.Join(l.scratch, fmt.Sprintf("healthy%d.test", len(l.built)))
		once = sync.OnceValues(func() (string, error) {
			out, err := l.command(ctx, "", "test", "-c", "-vet=off", "-tags", m.Tags, "-o", tests, m.Package).CombinedOutput()
			if err != nil {
				err = fmt.Errorf("its tests do not compile without it either: %w\n%s", err, out)
			}
			return tests, err
		})
		l.built[key] = once
	}
	l.mu.Unlock()
	return once()
}

// test runs a mutant's test and returns what it printed.
func (l *lab) test(ctx context.Context, overlay string, m mutant) (string, error) {
	cmd := l.command(ctx, overlay, "test", "-count=1", "-vet=off", "-timeout", m.limit().String(), "-tags", m.Tags, "-run", m.Run, m.Package)
	cmd.Env = append(cmd.Env, m.Env...)
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// command is a call of Go. The overlay goes by GOFLAGS, which reaches the builds
// that a test starts as well.
func (l *lab) command(ctx context.Context, overlay string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir = l.root
	cmd.Env = os.Environ()
	if overlay != "" {
		cmd.Env = append(cmd.Env, strings.TrimSpace("GOFLAGS="+os.Getenv("GOFLAGS")+" '-overlay="+overlay+"'"))
	}
	return cmd
}

// culprit is the first test that failed.
func culprit(out string) (string, error) {
	if strings.Contains(out, "[build failed]") || strings.Contains(out, "[setup failed]") {
		return "", fmt.Errorf("its test does not compile with it:\n%s", out)
	}
	if m := regexp.MustCompile(`(?m)^panic: test timed out.*\n\trunning tests:\n\t\t(\S+)`).FindStringSubmatch(out); m != nil {
		return m[1] + ", which never ended", nil
	}
	if m := regexp.MustCompile(`(?m)^\s*--- FAIL: (\S+)`).FindStringSubmatch(out); m != nil {
		return m[1], nil
	}
	if m := regexp.MustCompile(`(?m)^FAIL\t(\S+)`).FindStringSubmatch(out); m != nil {
		return m[1], nil // the whole program ended: a panic, a leak
	}
	return "", fmt.Errorf("its test ended without a verdict:\n%s", out)
}
