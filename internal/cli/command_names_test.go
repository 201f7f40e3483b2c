package cli

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"
)

// A hint that names a command nobody made sends a person nowhere.
func TestEveryCommandThatIsNamedExists(t *testing.T) {
	root := newRootCommand(newProgram(nil, nil, nil, environment{}, time.Now))
	root.InitDefaultHelpCmd()
	named := regexp.MustCompile(`\bhsterm ([a-z][a-z-]*)(?: ([a-z][a-z-]*))?`)
	seen := 0
	for _, text := range everyText(t, "../..") {
		for _, match := range named.FindAllStringSubmatch(text, -1) {
			if slices.Contains(verbs(), match[1]) {
				continue
			}
			seen++
			cmd := child(root, match[1])
			if cmd == nil {
				t.Errorf("there is no command %s, named in %q", match[1], text)
				continue
			}
			if cmd.HasSubCommands() && match[2] != "" && child(cmd, match[2]) == nil {
				t.Errorf("there is no command %s %s, named in %q", match[1], match[2], text)
			}
		}
	}
	if seen < 50 {
		t.Errorf("only %d commands are named: the search is broken", seen)
	}
}

// verbs are what sentences say that hsterm does.
func verbs() []string {
	return strings.Fields("speaks stopped connects keeps waits knows cannot opened needs on is has does as to with in itself starts manual uses")
}

func child(cmd *cobra.Command, name string) *cobra.Command {
	for _, sub := range cmd.Commands() {
		if sub.Name() == name {
			return sub
		}
	}
	return nil
}

// everyText is every string in the source of the program.
func everyText(t *testing.T, dir string) []string {
	t.Helper()
	var texts []string
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if name := entry.Name(); entry.IsDir() && (name == "test" || name == "screenshots" || len(name) > 2 && name[0] == '.') {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if literal, ok := n.(*ast.BasicLit); ok && literal.Kind == token.STRING {
				text, _ := strconv.Unquote(literal.Value)
				texts = append(texts, text)
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return texts
}
