// Command scoreboard counts what hsterm promises about refreshing: it runs the
// rows, quick or full, the fuzz targets, the checks and the mutants, and prints a
// table of what came of them.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

func main() {
	var b board
	flag.BoolVar(&b.full, "full", false, "run the whole sets, which takes most of an hour, instead of the quick ones")
	write := flag.Bool("write", false, "put the lines into CONTRIBUTING.md")
	except := flag.String("except", "", "`rows` to leave out, commas between")
	flag.Usage = func() {
		fmt.Fprintln(flag.CommandLine.Output(), "usage: go run ./test/scoreboard [-full] [-write] [-except ROWS] [ROW...]\nA ROW is a number, or mutants. None means all.")
		flag.PrintDefaults()
	}
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := b.run(ctx, *write, flag.Args(), strings.Split(*except, ","))
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "scoreboard:", err)
		os.Exit(1)
	}
}

// board runs rows. All paths are absolute.
type board struct {
	full      bool
	root      string // of the module
	scratch   string // a folder that is removed afterwards
	artefacts string // where tests leave what is searched for secrets
	tests     string // the compiled tests of the rows, "" until they are
	now       func() time.Time
}

func (b *board) run(ctx context.Context, write bool, names, except []string) error {
	out, err := exec.CommandContext(ctx, "go", "env", "GOMOD").Output()
	if err != nil {
		return fmt.Errorf("go env GOMOD: %w", err)
	}
	b.root, b.now = filepath.Dir(strings.TrimSpace(string(out))), time.Now
	if b.scratch, err = os.MkdirTemp("", "hsterm-scoreboard"); err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(b.scratch) }()
	if b.artefacts = os.Getenv("HSTERM_TEST_ARTEFACTS"); b.artefacts == "" {
		b.artefacts = filepath.Join(b.scratch, "artefacts") // apart from the compiled tests, which know the marker
		if err := os.Mkdir(b.artefacts, 0o700); err != nil {
			return err
		}
	}
	all, err := b.rows()
	if err != nil {
		return err
	}
	some, err := chosen(all, names, except)
	if err != nil {
		return err
	}
	lines, err := b.count(ctx, some, write)
	if err != nil {
		return err
	}
	fmt.Println("\n" + table(lines))
	if slices.ContainsFunc(lines, func(l line) bool { return l.failed }) {
		return errors.New("something was promised that does not hold")
	}
	return nil
}

// count runs rows one after the other: most keep the whole machine busy. What it
// writes is there after each, since the whole takes long.
func (b *board) count(ctx context.Context, rows []row, write bool) ([]line, error) {
	var lines []line
	for _, r := range rows {
		start := b.now()
		fmt.Printf("%s ...\n", r.title())
		got, err := r.run(ctx)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil {
			fmt.Println(err)
			got = append(got, line{figure: r.promise, count: "did not end well", failed: true})
		}
		took := b.now().Sub(start).Round(time.Second)
		for i := range got {
			got[i].row, got[i].target, got[i].command = r.name, r.target, r.command(b.full)
			got[i].when, got[i].full = start.UTC().Format(time.DateOnly), b.full
			fmt.Printf("    %s%s (%s)\n", got[i].verdict(), got[i].count, took)
		}
		lines = append(lines, got...)
		if !write {
			continue
		}
		if err := publish(filepath.Join(b.root, "CONTRIBUTING.md"), got); err != nil {
			return lines, err
		}
	}
	return lines, nil
}

// chosen are the rows with one of the names, all when there are none.
func chosen(all []row, names, except []string) ([]row, error) {
	for _, name := range names {
		if !slices.ContainsFunc(all, func(r row) bool { return r.name == name }) {
			return nil, fmt.Errorf("there is no row %s", name)
		}
	}
	return slices.DeleteFunc(all, func(r row) bool {
		return len(names) > 0 && !slices.Contains(names, r.name) || slices.Contains(except, r.name)
	}), nil
}
