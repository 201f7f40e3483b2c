package house

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A newcomer finds his way by the top of the tree, so nothing lands there by
// accident.
func TestTheTopOfTheTree(t *testing.T) {
	allowed := strings.Fields(`
		.ci .editorconfig .git .gitattributes .gitignore .golangci.yml
		CHANGELOG.md CONTRIBUTING.md LICENSE README.md staticcheck.conf
		db docs go.mod go.sum internal main.go oauth screenshots test theme ui`)
	built := []string{"hsterm", "hsterm.exe", "dist"} // ignored by git
	entries, err := os.ReadDir(root(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !slices.Contains(allowed, e.Name()) && !slices.Contains(built, e.Name()) {
			t.Errorf("%s has no business at the top of the tree", e.Name())
		}
	}
}

// These names say nothing about what is inside.
func TestNamesSayWhatIsInside(t *testing.T) {
	empty := []string{"util", "utils", "common", "helper", "helpers", "types", "misc", "constants", "shared", "base"}
	for _, path := range goFiles(t) {
		parts := strings.Split(filepath.ToSlash(path), "/")
		for i, part := range parts {
			if i == len(parts)-1 {
				part = strings.TrimSuffix(strings.TrimSuffix(part, ".go"), "_test")
			}
			if slices.Contains(empty, part) {
				t.Errorf("%s: the name %q says nothing", path, part)
			}
		}
	}
}

// goFiles lists every Go file, relative to the root.
func goFiles(t *testing.T) []string {
	t.Helper()
	var files []string
	top := root(t)
	err := filepath.WalkDir(top, func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && strings.HasPrefix(d.Name(), ".") && path != top {
			return filepath.SkipDir
		}
		if !d.IsDir() && strings.HasSuffix(path, ".go") {
			rel, err := filepath.Rel(top, path)
			if err != nil {
				return err
			}
			files = append(files, filepath.ToSlash(rel))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
