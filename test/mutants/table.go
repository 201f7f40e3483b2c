package main

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/BurntSushi/toml"
)

// tables are the mutants, in one file for each part of the program.
//
//go:embed *.toml
var tables embed.FS

// mutant is one defence switched off, and the test that has to notice it.
type mutant struct {
	Name    string
	Defence string // what is switched off, and which promise rests on it
	File    string // from the root, with slashes
	Find    string // has to occur exactly once
	Replace string

	Package string        // of the test, such as ./oauth
	Run     string        // the test's regexp, as for go test -run
	Tags    string        // build tags, commas between
	Env     []string      // of the test, NAME=value
	Timeout time.Duration // of the test, 0 for two minutes
	Slow    bool          // tried when it is named, or with -slow
}

// load reads all tables, in the order of their names.
func load() ([]mutant, error) {
	names, err := fs.Glob(tables, "*.toml")
	if err != nil {
		return nil, err
	}
	var all []mutant
	for _, name := range names {
		text, err := tables.ReadFile(name)
		if err != nil {
			return nil, err
		}
		var table struct{ Mutant []mutant }
		meta, err := toml.Decode(string(text), &table)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if unknown := meta.Undecoded(); len(unknown) > 0 {
			return nil, fmt.Errorf("%s: nobody knows %s", name, unknown[0])
		}
		all = append(all, table.Mutant...)
	}
	return all, nil
}

// selected are the mutants with one of the names; when there are none all, the
// slow ones only on demand. A name may be a pattern, as for [filepath.Match].
func selected(all []mutant, slow bool, names []string) ([]mutant, error) {
	if len(names) == 0 {
		return slices.DeleteFunc(all, func(m mutant) bool { return m.Slow && !slow }), nil
	}
	var some []mutant
	for _, name := range names {
		before := len(some)
		for _, m := range all {
			if ok, err := filepath.Match(name, m.Name); err != nil {
				return nil, err
			} else if ok {
				some = append(some, m)
			}
		}
		if len(some) == before {
			return nil, fmt.Errorf("there is no mutant %s; -list shows them", name)
		}
	}
	return some, nil
}

// apply returns the file as the mutant has it.
func (m mutant) apply(root string) ([]byte, error) {
	text, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(m.File)))
	if err != nil {
		return nil, err
	}
	switch n := strings.Count(string(text), m.Find); {
	case m.Find == "" || m.Find == m.Replace:
		return nil, errors.New("it changes nothing")
	case n != 1:
		return nil, fmt.Errorf("what it looks for is %d times in %s, not once", n, m.File)
	}
	return []byte(strings.Replace(string(text), m.Find, m.Replace, 1)), nil
}

// check finds what has drifted since the mutant was written, without running
// anything.
func (m mutant) check(root string) error {
	for _, field := range []string{m.Name, m.Defence, m.File, m.Package, m.Run} {
		if field == "" {
			return errors.New("one of name, defence, file, package and run is missing")
		}
	}
	if _, err := m.apply(root); err != nil {
		return err
	}
	top, _, _ := strings.Cut(m.Run, "/")
	run, err := regexp.Compile(top)
	if err != nil {
		return err
	}
	tests, err := testsOf(filepath.Join(root, filepath.FromSlash(m.Package)))
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(tests, run.MatchString) {
		return fmt.Errorf("%s has no test %s", m.Package, m.Run)
	}
	return nil
}

// testsOf lists the tests of a folder, whatever their build tags.
func testsOf(folder string) ([]string, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*_test.go"))
	if err != nil {
		return nil, err
	}
	heads := regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)\w+)\(`)
	var tests []string
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		for _, head := range heads.FindAllSubmatch(text, -1) {
			tests = append(tests, string(head[1]))
		}
	}
	return tests, nil
}
