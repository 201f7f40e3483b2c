package house

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

const (
	maxFile     = 400 // lines
	maxFunction = 60  // lines between the braces
)

// source is one parsed file.
type source struct {
	path string // from the root, with slashes
	text string
	tree *ast.File
	fset *token.FileSet
}

func (s source) test() bool { return strings.HasSuffix(s.path, "_test.go") }

func (s source) at(pos token.Pos) string {
	return fmt.Sprintf("%s:%d", s.path, s.fset.Position(pos).Line)
}

func sources(t *testing.T) []source {
	t.Helper()
	var all []source
	fset := token.NewFileSet()
	for _, path := range goFiles(t) {
		text, err := os.ReadFile(filepath.Join(root(t), path))
		if err != nil {
			t.Fatal(err)
		}
		tree, err := parser.ParseFile(fset, path, text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, source{path, string(text), tree, fset})
	}
	return all
}

func TestFilesAndFunctionsStayShort(t *testing.T) {
	for _, s := range sources(t) {
		if n := strings.Count(s.text, "\n"); n > maxFile {
			t.Errorf("%s has %d lines; %d are enough", s.path, n, maxFile)
		}
		for _, d := range s.tree.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || f.Body == nil {
				continue
			}
			if n := s.fset.Position(f.Body.Rbrace).Line - s.fset.Position(f.Body.Lbrace).Line - 1; n > maxFunction {
				t.Errorf("%s: %s has %d lines; %d are enough", s.at(f.Pos()), f.Name.Name, n, maxFunction)
			}
		}
	}
}

// A test that is skipped or that sleeps proves nothing; a panic is no way to
// return; and one clock a package is what makes time testable.
func TestCallsThatHaveNoPlace(t *testing.T) {
	clocks := map[string][]string{}
	for _, s := range sources(t) {
		ast.Inspect(s.tree, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				if f, ok := n.Fun.(*ast.Ident); ok && f.Name == "panic" && !s.test() {
					t.Errorf("%s: panic", s.at(n.Pos()))
				}
			case *ast.SelectorExpr:
				switch name := selector(n); {
				case name == "time.Now" && !s.test():
					clocks[filepath.Dir(s.path)] = append(clocks[filepath.Dir(s.path)], s.at(n.Pos()))
				case s.test() && (name == "time.Sleep" || strings.HasPrefix(n.Sel.Name, "Skip") && testing_(n)):
					t.Errorf("%s: %s", s.at(n.Pos()), name)
				}
			}
			return true
		})
	}
	for dir, places := range clocks {
		if len(places) > 1 {
			t.Errorf("%s asks for the time at %s; hand a clock in instead", dir, strings.Join(places, ", "))
		}
	}
}

func selector(s *ast.SelectorExpr) string {
	if x, ok := s.X.(*ast.Ident); ok {
		return x.Name + "." + s.Sel.Name
	}
	return s.Sel.Name
}

// testing_ tells whether a selector is on what a test is usually called.
func testing_(s *ast.SelectorExpr) bool {
	x, ok := s.X.(*ast.Ident)
	return ok && (x.Name == "t" || x.Name == "b" || x.Name == "tb" || x.Name == "f" || x.Name == "ts")
}

func TestPackagesKeepNoState(t *testing.T) {
	for _, s := range sources(t) {
		if s.test() {
			continue
		}
		for _, d := range s.tree.Decls {
			g, ok := d.(*ast.GenDecl)
			if !ok || g.Tok != token.VAR {
				continue
			}
			for _, spec := range g.Specs {
				v := spec.(*ast.ValueSpec)
				if !fixed(v, g.Doc) {
					t.Errorf("%s: %s can be changed by anybody", s.at(v.Pos()), v.Names[0].Name)
				}
			}
		}
	}
}

// fixed tells whether a package's variable is one only because Go has no
// constants of its type: assertions, embedded files, sentinel errors, patterns.
func fixed(v *ast.ValueSpec, doc *ast.CommentGroup) bool {
	if v.Names[0].Name == "_" || embedded(v.Doc) || embedded(doc) {
		return true
	}
	if len(v.Values) == 0 {
		return false
	}
	for _, value := range v.Values {
		call, ok := value.(*ast.CallExpr)
		if !ok {
			return false
		}
		f, ok := call.Fun.(*ast.SelectorExpr)
		if !ok {
			return false
		}
		switch selector(f) {
		case "errors.New", "fmt.Errorf", "regexp.MustCompile":
		default:
			return false
		}
	}
	return true
}

func embedded(doc *ast.CommentGroup) bool {
	if doc == nil {
		return false
	}
	for _, c := range doc.List {
		if strings.HasPrefix(c.Text, "//go:embed ") {
			return true
		}
	}
	return false
}

// Work that is left belongs in the tracker, paths of a machine nowhere.
func TestNothingIsLeftLyingAbout(t *testing.T) {
	marks := regexp.MustCompile(`\b(TO` + `DO|FIX` + `ME|X` + `XX|HA` + `CK)\b|/tmp/w` + `t/|/home/[a-z]+/|/ro` + `ot/|/wo` + `rk/`)
	for _, s := range sources(t) {
		for i, line := range strings.Split(s.text, "\n") {
			if m := marks.FindString(line); m != "" {
				t.Errorf("%s:%d: %s", s.path, i+1, m)
			}
		}
	}
}

// Colours are tokens of the theme. The sandbox's page is a web page of its own
// and the pictures' tool is a terminal.
func TestColoursLiveInTheTheme(t *testing.T) {
	colour := regexp.MustCompile(`"#[0-9a-fA-F]{6}"|lipgloss\.Color\("`)
	for _, s := range sources(t) {
		if s.test() || below(s.path, "theme") || below(s.path, "internal/sandbox") || below(s.path, "screenshots") {
			continue
		}
		for i, line := range strings.Split(s.text, "\n") {
			if m := colour.FindString(line); m != "" {
				t.Errorf("%s:%d: %s", s.path, i+1, m)
			}
		}
	}
}
