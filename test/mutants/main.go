// Command mutants proves that the tests can fail: each entry of its tables
// switches one defence of the program off, and the test named there has to
// notice. Nothing in the tree is changed.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

func main() {
	list := flag.Bool("list", false, "print the mutants and try none")
	slow := flag.Bool("slow", false, "also try those that take a whole row of the scoreboard")
	atOnce := flag.Int("at-once", 2, "how many are tried at the same time")
	flag.Usage = func() {
		fmt.Fprintln(flag.CommandLine.Output(), "usage: go run ./test/mutants [-list] [-slow] [-at-once N] [NAME...]")
		flag.PrintDefaults()
	}
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, *list, *slow, max(1, *atOnce), flag.Args())
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "mutants:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, list, slow bool, atOnce int, names []string) error {
	all, err := load()
	if err != nil {
		return err
	}
	some, err := selected(all, slow || list, names)
	if err != nil {
		return err
	}
	if list {
		for _, m := range some {
			fmt.Printf("%s\n    %s\n    %s; go test %s -run '%s'\n", m.Name, m.Defence, m.File, m.Package, m.Run)
		}
		return nil
	}
	root, err := moduleRoot()
	if err != nil {
		return err
	}
	scratch, err := os.MkdirTemp("", "hsterm-mutants")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(scratch) }()
	l := &lab{
		root: root, scratch: scratch, now: time.Now,
		healthy: map[string]func() error{}, built: map[string]func() (string, error){},
	}
	return l.report(ctx, some, atOnce)
}

// report tries mutants, prints a line for each and fails unless all are caught.
func (l *lab) report(ctx context.Context, some []mutant, atOnce int) error {
	start := l.now()
	var wait sync.WaitGroup
	var mu sync.Mutex
	caught, next := 0, make(chan mutant)
	for range atOnce {
		wait.Go(func() {
			for m := range next {
				o := l.try(ctx, m)
				mu.Lock()
				if o.by != "" {
					caught++
				}
				fmt.Println(o.line(m))
				mu.Unlock()
			}
		})
	}
	for _, m := range some {
		next <- m
	}
	close(next)
	wait.Wait()
	fmt.Printf("%d of %d mutants caught in %d s\n", caught, len(some), int(l.now().Sub(start).Seconds()))
	if caught < len(some) {
		return fmt.Errorf("%d defences can be switched off without a test noticing", len(some)-caught)
	}
	return nil
}

// line is what is printed of a mutant.
func (o outcome) line(m mutant) string {
	switch {
	case o.err != nil:
		return fmt.Sprintf("BROKEN    %s: %v", m.Name, o.err)
	case o.by == "":
		return fmt.Sprintf("SURVIVED  %s: %s passes in %.1f s although this is off: %s", m.Name, m.Run, o.took.Seconds(), m.Defence)
	}
	return fmt.Sprintf("caught    %s in %.1f s by %s", m.Name, o.took.Seconds(), o.by)
}

func moduleRoot() (string, error) {
	out, err := exec.Command("go", "env", "GOMOD").Output()
	if err != nil {
		return "", fmt.Errorf("go env GOMOD: %w", err)
	}
	return filepath.Dir(strings.TrimSpace(string(out))), nil
}
