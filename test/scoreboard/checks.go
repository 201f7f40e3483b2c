package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// target is one fuzz target.
type target struct{ pkg, name string }

// fuzz runs every fuzz target of the tree for a number of executions.
func (b *board) fuzz(ctx context.Context) ([]line, error) {
	times := 50_000
	if b.full {
		times = 1_000_000
	}
	targets, err := b.targets()
	if err != nil {
		return nil, err
	}
	execs, crashes := 0, 0
	var names []string
	for _, t := range targets {
		out, err := b.command(ctx, "go", "test", t.pkg, "-run", "^$", "-fuzz", "^"+t.name+"$",
			"-fuzztime", strconv.Itoa(times)+"x", "-timeout", "1h").CombinedOutput()
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil {
			crashes++
			fmt.Printf("%s: %v\n%s\n", t.name, err, tail(out))
		}
		execs += executions(out)
		names = append(names, strings.TrimPrefix(t.name, "Fuzz"))
	}
	return []line{{
		figure: "fuzz targets: " + strings.Join(names, ", "),
		count:  fmt.Sprintf("%d targets, %s executions, %d crashes", len(targets), grouped(execs), crashes),
		failed: crashes > 0 || len(targets) == 0 || execs < len(targets)*times,
	}}, nil
}

// targets finds every fuzz target.
func (b *board) targets() ([]target, error) {
	head := regexp.MustCompile(`(?m)^func (Fuzz\w+)\(`)
	var all []target
	err := fs.WalkDir(os.DirFS(b.root), ".", func(file string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".") && file != "."):
			return fs.SkipDir
		case !strings.HasSuffix(file, "_test.go"):
			return nil
		}
		text, err := os.ReadFile(filepath.Join(b.root, filepath.FromSlash(file)))
		for _, m := range head.FindAllSubmatch(text, -1) {
			all = append(all, target{"./" + path.Dir(file), string(m[1])})
		}
		return err
	})
	return all, err
}

// executions is the last count that go test -fuzz printed.
func executions(out []byte) int {
	all := regexp.MustCompile(`execs: (\d+)`).FindAllSubmatch(out, -1)
	if len(all) == 0 {
		return 0
	}
	n, _ := strconv.Atoi(string(all[len(all)-1][1])) // only digits
	return n
}

// checks runs what looks for races, leaks, known faults, doubtful code and
// secrets, as CI does.
func (b *board) checks(ctx context.Context) ([]line, error) {
	l := line{figure: "races, leaked goroutines, staticcheck, known vulnerabilities, secrets in files"}
	var said []string
	for _, step := range []string{"race", "staticcheck", "vulnerabilities"} {
		out, err := b.command(ctx, ".ci/run", step).CombinedOutput()
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case err != nil:
			l.failed = true
			said = append(said, step+" FAILED")
			fmt.Println(tail(out))
		case strings.Contains(string(out), "NOT DONE"):
			said = append(said, step+" not done")
		default:
			said = append(said, step+" 0")
		}
	}
	leaks, err := b.leakTests()
	if err != nil {
		return nil, err
	}
	said = append(said, fmt.Sprintf("goroutines 0 in %d packages", leaks))
	out, err := b.command(ctx, "go", "run", "./test/canary/scan", "-marker", "hstermtestsecret", b.artefacts, "screenshots").CombinedOutput()
	if err != nil {
		l.failed = true
	}
	l.count = strings.Join(append(said, tail(out)), "; ")
	return []line{l}, nil
}

// leakTests counts the packages whose tests end with a look for goroutines; the
// race detector's run is theirs too.
func (b *board) leakTests() (int, error) {
	files, err := filepath.Glob(filepath.Join(b.root, "*", "*_test.go"))
	if err != nil {
		return 0, err
	}
	inner, err := filepath.Glob(filepath.Join(b.root, "internal", "*", "*_test.go"))
	if err != nil {
		return 0, err
	}
	packages := map[string]bool{}
	for _, file := range append(files, inner...) {
		text, err := os.ReadFile(file)
		if err != nil {
			return 0, err
		}
		if strings.Contains(string(text), "goleak.VerifyTestMain(") || strings.Contains(string(text), "goleak.Find(") {
			packages[filepath.Dir(file)] = true
		}
	}
	return len(packages), nil
}

// mutants switches every defence off.
func (b *board) mutants(ctx context.Context) ([]line, error) {
	out, err := b.command(ctx, "go", "run", "./test/mutants", fmt.Sprintf("-slow=%t", b.full)).CombinedOutput()
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	for _, text := range strings.Split(string(out), "\n") {
		if err != nil && text != "" && !strings.HasPrefix(text, "caught") {
			fmt.Println(text)
		}
	}
	count := regexp.MustCompile(`\d+ of \d+ mutants caught`).Find(out)
	if count == nil {
		return nil, fmt.Errorf("the mutants were not tried: %w", err)
	}
	return []line{{figure: "each defence switched off, and a test that has to notice", count: string(count), failed: err != nil}}, nil
}
