package test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func readme(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// The key table is the program's own.
func TestReadmeListsTheKeysThereAre(t *testing.T) {
	const begin, end = "<!-- made by: hsterm keys --markdown -->\n", "<!-- end of keys -->"
	_, rest, found := strings.Cut(readme(t), begin)
	table, _, closed := strings.Cut(rest, end)
	if !found || !closed {
		t.Fatal("the README has no place for the keys")
	}
	if now := newWorld(t).ok("keys", "--markdown"); now != table {
		t.Errorf("the README's keys are not the program's; put the output of\n  hsterm keys --markdown\nbetween %q and %q", begin, end)
	}
}

// Every command the README shows exists, with the flags it is shown with.
func TestReadmeShowsCommandsThatExist(t *testing.T) {
	w := newWorld(t)
	shown := 0
	for _, block := range blocks(readme(t)) {
		for _, line := range strings.Split(strings.ReplaceAll(block, "\\\n", " "), "\n") {
			line, _, _ = strings.Cut(line, "#")
			_, command, found := strings.Cut(" "+line, " hsterm ")
			words := strings.Fields(strings.Split(command, " -- ")[0])
			if !found || len(words) == 0 {
				continue // hsterm alone is the screen
			}
			shown++
			exists(w, words)
		}
	}
	if shown < 12 {
		t.Errorf("only %d commands were found in the README", shown)
	}
}

// exists asks the program's help for a command and its flags.
func exists(w *world, words []string) {
	w.t.Helper()
	path := words[:1]
	if len(words) > 1 && words[0] == "app" {
		path = words[:2]
	}
	r := w.run("", append(slices.Clone(path), "--help")...)
	if r.code != 0 {
		w.t.Errorf("hsterm %s does not exist: %s", strings.Join(path, " "), r.stderr)
		return
	}
	for _, word := range words {
		if strings.HasPrefix(word, "--") && !regexp.MustCompile(regexp.QuoteMeta(word)+`\b`).MatchString(r.stdout) {
			w.t.Errorf("hsterm %s has no flag %s", strings.Join(path, " "), word)
		}
	}
}

// blocks returns the README's shell snippets.
func blocks(text string) []string {
	var all []string
	for _, m := range regexp.MustCompile("(?s)```sh\n(.*?)```").FindAllStringSubmatch(text, -1) {
		all = append(all, m[1])
	}
	return all
}

// What the README says to type without a HubSpot account is typed here, on
// another port, with a browser that agrees to everything.
func TestReadmeSandboxWorks(t *testing.T) {
	index := slices.IndexFunc(blocks(readme(t)), func(b string) bool { return strings.Contains(b, "hsterm sandbox") })
	if index < 0 {
		t.Fatal("the README does not show the sandbox")
	}
	port, err := freePort()
	if err != nil {
		t.Fatal(err)
	}
	callback, err := freePort()
	if err != nil {
		t.Fatal(err)
	}
	// Whoever runs the tests may have an hsterm waiting at the usual ports.
	redirect := " --redirect-uri http://localhost:" + callback + "/oauth/callback "
	script := strings.NewReplacer("8899", port, "hsterm sandbox ", "hsterm sandbox"+redirect, "hsterm app add lab ", "hsterm app add lab"+redirect).
		Replace(blocks(readme(t))[index])
	w := newWorld(t)
	w.set("XDG_OPEN=agree", "HSTERM_CLIENT_SECRET=")
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, "bash", "-c", "set -eu\ntrap 'kill $(jobs -p); wait' EXIT\n"+script)
	cmd.Env, cmd.Dir = w.env, w.dir
	r, err := finish(cmd, "")
	if err != nil || r.code != 0 {
		t.Fatalf("%v, exit %d\n%s\n%s", err, r.code, r.stdout, r.stderr)
	}
	if !strings.Contains(r.stdout, "@") {
		t.Errorf("no e-mail addresses came of it:\n%s", r.stdout)
	}
}

// Every picture and file the README points to is there.
func TestReadmePointsToWhatIsThere(t *testing.T) {
	links := regexp.MustCompile(`\]\(([^)#:]+)\)`).FindAllStringSubmatch(readme(t), -1)
	if len(links) == 0 {
		t.Fatal("the README points to nothing")
	}
	for _, m := range links {
		if _, err := os.Stat(filepath.Join("..", m[1])); err != nil {
			t.Error(err)
		}
	}
}
