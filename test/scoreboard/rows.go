package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// row is one promise and the way to count it.
type row struct {
	name    string // a number, or mutants
	promise string
	target  string
	run     func(ctx context.Context) ([]line, error)
}

func (r row) title() string {
	if r.name == "mutants" {
		return r.promise
	}
	return "row " + r.name + ", " + r.promise
}

func (r row) command(full bool) string {
	if full {
		return "go run ./test/scoreboard -full " + r.name
	}
	return "go run ./test/scoreboard " + r.name
}

// rows are all there are by now: those of a test are found by its name.
func (b *board) rows() ([]row, error) {
	promises := [][2]string{
		{"stampede", "1 token call, all succeed, 20 rounds"},
		{"kill -9", "3,200 trials, 0 lost that could be kept, exact reason otherwise"},
		{"SIGSTOP beyond the lease", "a usable token stored every time"},
		{"signals", "committed or not sent, 180 of 180"},
		{"power cuts", "≥ 2,000 images, 0 acknowledged commits lost"},
		{"bad answers", "≥ 60, none misclassified, no false reconnect"},
		{"clocks and sleep", "40 cases, ≤ 2 calls each"},
		{"life cycle model", "10,000 runs on the real SQL; 12 mutants all caught"},
		{"attacks on the callback", "≥ 80, none accepted, login still succeeds after each"},
		{"hostile payloads in the terminal", "≥ 150, 0 foreign escapes"},
		{"tampering with rows", "≥ 2,000, all detected"},
		{"damaged databases", "≥ 90, none silent, none overwritten"},
		{"sources of the key", "12, ≤ 3 s each, never a downgrade"},
		{"fuzz targets", "8, 0 crashes"},
		{"checks", "0"},
	}
	found, err := rowTests(filepath.Join(b.root, "test"))
	if err != nil {
		return nil, err
	}
	var rows []row
	for i, p := range promises {
		r := row{name: strconv.Itoa(i + 1), promise: p[0], target: p[1]}
		switch tests := fmt.Sprintf("TestRow%02d", i+1); {
		case i+1 == 14:
			r.run = b.fuzz
		case i+1 == 15:
			r.run = b.checks
		case slices.Contains(found, tests):
			r.run = func(ctx context.Context) ([]line, error) { return b.test(ctx, tests) }
		default:
			continue
		}
		rows = append(rows, r)
	}
	return append(rows, row{name: "mutants", promise: "defences switched off", target: "every one noticed", run: b.mutants}), nil
}

// rowTests finds the rows that have tests, as the beginning of their names.
func rowTests(folder string) ([]string, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*_test.go"))
	if err != nil {
		return nil, err
	}
	head := regexp.MustCompile(`(?m)^func (TestRow\d\d)\w*\(`)
	var tests []string
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		for _, m := range head.FindAllSubmatch(text, -1) {
			tests = append(tests, string(m[1]))
		}
	}
	return tests, nil
}

// test runs a row's tests and collects what they published.
func (b *board) test(ctx context.Context, names string) ([]line, error) {
	if b.tests == "" {
		tests := filepath.Join(b.scratch, "rows.test")
		if out, err := b.command(ctx, "go", "test", "-tags", "scoreboard", "-c", "-o", tests, "./test").CombinedOutput(); err != nil {
			return nil, fmt.Errorf("the rows do not compile: %w\n%s", err, out)
		}
		b.tests = tests
	}
	limit, set := 10*time.Minute, "quick"
	if b.full {
		limit, set = 2*time.Hour, "full"
	}
	cmd := b.command(ctx, b.tests, "-test.v", "-test.timeout", limit.String(), "-test.run", "^"+names)
	cmd.Dir = filepath.Join(b.root, "test")
	cmd.Env = append(cmd.Env, "HSTERM_SCOREBOARD="+set)
	out, err := cmd.CombinedOutput()
	lines, bad := scores(out)
	switch {
	case bad != nil:
		return nil, bad
	case err != nil && !slices.ContainsFunc(lines, func(l line) bool { return l.failed }):
		return nil, fmt.Errorf("%w\n%s", err, tail(out))
	case err != nil:
		fmt.Println(tail(out))
	case len(lines) == 0:
		return nil, fmt.Errorf("%s published nothing", names)
	}
	return lines, nil
}

// scores reads the lines that a row's test printed for us.
func scores(out []byte) ([]line, error) {
	var lines []line
	for text := range bytes.Lines(out) {
		text, ok := bytes.CutPrefix(text, []byte("SCORE "))
		if !ok {
			continue
		}
		var s struct {
			Figure, Count string
			Seed          uint64
			Failed        bool
		}
		if err := json.Unmarshal(text, &s); err != nil {
			return nil, fmt.Errorf("a score that cannot be read: %w", err)
		}
		l := line{figure: s.Figure, count: s.Count, failed: s.Failed}
		if s.Seed != 0 {
			l.seed = strconv.FormatUint(s.Seed, 10)
		}
		lines = append(lines, l)
	}
	return lines, nil
}

// command is a program that runs at the root of the module and leaves its files
// where they are searched for secrets.
func (b *board) command(ctx context.Context, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = b.root
	cmd.Env = append(os.Environ(), "HSTERM_TEST_ARTEFACTS="+b.artefacts)
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 10 * time.Second
	return cmd
}

// tail is the end of what a program printed, where it says what went wrong,
// without the tests that went well.
func tail(out []byte) string {
	const most = 60
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	lines = slices.DeleteFunc(lines, func(l string) bool {
		l = strings.TrimSpace(l)
		return strings.HasPrefix(l, "=== ") || strings.HasPrefix(l, "--- PASS") || strings.HasPrefix(l, "SCORE ")
	})
	return strings.Join(lines[max(0, len(lines)-most):], "\n")
}
