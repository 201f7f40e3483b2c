// Package house checks how the tree is built: which package may import which,
// what lies where, and what its code looks like.
package house

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/hsterm/hsterm"

// listed is what `go list -json` says of a package.
type listed struct {
	ImportPath   string
	Dir          string
	Imports      []string
	TestImports  []string
	XTestImports []string
	Deps         []string
}

// arrow is one line of the map of the house: what a package may import of ours.
type arrow struct {
	pkg  string   // and all below it
	ours []string // packages and all below them
}

// arrows come from the map of the house. A package that is not in it has no
// place in the tree.
func arrows() []arrow {
	return []arrow{
		{"", []string{"internal/cli"}},
		{"internal/cli", []string{"db", "internal/api", "internal/sandbox", "internal/cli", "oauth", "theme", "ui"}},
		{"ui", []string{"internal/api", "oauth", "theme", "ui"}},
		{"internal/api", []string{"internal/api", "oauth"}},
		{"db", []string{"db", "oauth"}},
		{"oauth", []string{"oauth"}},
		{"theme", []string{"theme"}},
		{"internal/sandbox", []string{"internal/sandbox"}},
		{"test", []string{"test"}},
		{"test/model", []string{"db", "oauth"}}, // it plays processes in one, on the real store
	}
}

func TestPackagesImportOnlyWhatTheMapAllows(t *testing.T) {
	for _, pkg := range packages(t) {
		name := ours(pkg.ImportPath)
		from := place(name)
		if from == nil {
			t.Errorf("%s is in no place of the map", pkg.ImportPath)
			continue
		}
		for _, path := range pkg.Imports {
			if !isOurs(path) || slices.ContainsFunc(from.ours, func(root string) bool { return below(ours(path), root) }) {
				continue
			}
			t.Errorf("%s imports %s", pkg.ImportPath, path)
		}
	}
}

func TestTheScreenKnowsNoDatabaseNetworkOrProcess(t *testing.T) {
	forbidden := []string{"database/sql", "net/http", "os/exec", module + "/db", module + "/internal/sandbox", module + "/internal/cli"}
	for _, pkg := range packages(t) {
		if !below(ours(pkg.ImportPath), "ui") {
			continue
		}
		for _, path := range pkg.Imports {
			if slices.Contains(forbidden, path) {
				t.Errorf("%s imports %s", pkg.ImportPath, path)
			}
		}
	}
}

// The sandbox is a second reading of the platform's facts. If it shared a line
// with the client, both could be wrong in the same way.
func TestTheSandboxSharesNothingWithTheClient(t *testing.T) {
	for _, pkg := range packages(t) {
		if !below(ours(pkg.ImportPath), "internal/sandbox") {
			continue
		}
		for _, path := range slices.Concat(pkg.Deps, pkg.TestImports, pkg.XTestImports) {
			if isOurs(path) && !below(ours(path), "internal/sandbox") {
				t.Errorf("%s depends on %s", pkg.ImportPath, path)
			}
		}
	}
}

// SQL lives in db, drawing in theme and ui, and neither in the domain.
func TestLibrariesStayWhereTheyBelong(t *testing.T) {
	owners := map[string][]string{
		"database/sql":                {"db"},
		"modernc.org/sqlite":          {"db", "test/powercut"},
		"github.com/pressly/goose/v3": {"db"},
		"charm.land/bubbletea/v2":     {"ui", "internal/cli"},
		"charm.land/bubbles/v2":       {"ui"},
		"charm.land/huh/v2":           {"ui"},
		"charm.land/lipgloss/v2":      {"theme", "ui"},
		"github.com/spf13/cobra":      {"internal/cli"},
		"github.com/creack/pty":       {"test"},
	}
	for _, pkg := range packages(t) {
		for _, path := range pkg.Imports {
			for library, places := range owners {
				if !within(path, library) {
					continue
				}
				if !slices.ContainsFunc(places, func(root string) bool { return below(ours(pkg.ImportPath), root) }) {
					t.Errorf("%s imports %s, which belongs in %s", pkg.ImportPath, path, strings.Join(places, ", "))
				}
			}
		}
	}
}

// packages lists every package of the module.
func packages(t *testing.T) []listed {
	t.Helper()
	cmd := exec.Command("go", "list", "-deps=false", "-json=ImportPath,Dir,Imports,TestImports,XTestImports,Deps", "./...")
	cmd.Dir = root(t)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, stderr.String())
	}
	var all []listed
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	if len(all) == 0 {
		t.Fatal("go list found no package")
	}
	return all
}

func root(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// place finds the arrow of a package: the one named most closely.
func place(pkg string) *arrow {
	var best *arrow
	for _, a := range arrows() {
		if a.pkg == pkg || a.pkg != "" && below(pkg, a.pkg) {
			if best == nil || len(a.pkg) > len(best.pkg) {
				best = &a
			}
		}
	}
	return best
}

func isOurs(path string) bool { return path == module || strings.HasPrefix(path, module+"/") }

func ours(path string) string { return strings.TrimPrefix(strings.TrimPrefix(path, module), "/") }

func below(pkg, root string) bool { return within(pkg, root) }

func within(path, root string) bool { return path == root || strings.HasPrefix(path, root+"/") }
