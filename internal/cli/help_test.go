package cli

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"
)

func everyCommand(t *testing.T) []*cobra.Command {
	t.Helper()
	var all []*cobra.Command
	var walk func(*cobra.Command)
	walk = func(cmd *cobra.Command) {
		all = append(all, cmd)
		for _, sub := range visibleCommands(cmd) {
			walk(sub)
		}
	}
	walk(newRootCommand(newProgram(nil, nil, nil, environment{}, time.Now)))
	return all
}

func TestEveryCommandExplainsItself(t *testing.T) {
	for _, cmd := range everyCommand(t) {
		if cmd.Short == "" || cmd.Example == "" {
			t.Errorf("%s has no short text or no example", cmd.CommandPath())
		}
		if strings.HasSuffix(cmd.Short, ".") {
			t.Errorf("%s: the short text ends with a full stop", cmd.CommandPath())
		}
		for line := range strings.Lines(cmd.Long + "\n" + cmd.Example) {
			if len(line) > 160 {
				t.Errorf("%s: %q is wider than a terminal", cmd.CommandPath(), line)
			}
		}
		args := append(strings.Fields(cmd.CommandPath())[1:], "--help")
		r := newHome(t).run(args...)
		r.want(t, 0, "Usage:", "")
		if unnamed := regexp.MustCompile(`--[a-z-]+ (string|int|duration)\b.*`).FindString(r.stdout); unnamed != "" {
			t.Errorf("%s does not say what %s takes", cmd.CommandPath(), unnamed)
		}
	}
	if r := newHome(t).run("app", "edit", "--help"); strings.Contains(r.stdout, "(default") {
		t.Errorf("app edit changes nothing that is not given, and names defaults:\n%s", r.stdout)
	}
}

func TestManualPages(t *testing.T) {
	h := newHome(t)
	h.vars["SOURCE_DATE_EPOCH"] = "1790000000"
	r := h.run("man")
	r.want(t, 0, ".TH HSTERM 1 2026-09-21", "")
	for _, want := range []string{".SH EXIT STATUS", "HSTERM_DB", ".BR hsterm\\-connect (1)"} {
		if !strings.Contains(r.stdout, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	h.run("man", "app", "add").want(t, 0, ".TH HSTERM-APP-ADD 1", "")
	dir := t.TempDir()
	h.run("man", "--dir", dir).want(t, 0, "", "")
	pages, err := filepath.Glob(filepath.Join(dir, "*.1"))
	if err != nil || len(pages) != len(everyCommand(t)) {
		t.Errorf("%d pages for %d commands, %v", len(pages), len(everyCommand(t)), err)
	}
	h.run("man", "--dir", filepath.Join(dir, "none")).want(t, 2, "", "cannot be written")
}

func TestRoffTakesNothingForAMacro(t *testing.T) {
	if got := roff(".start\n'quote\nback\\slash --flag"); got != "\\&.start\n\\&'quote\nback\\eslash \\-\\-flag" {
		t.Errorf("roff gives %q", got)
	}
}

func TestCompletion(t *testing.T) {
	for _, shell := range shells() {
		newHome(t).run("completion", shell).want(t, 0, "hsterm", "")
	}
	h := newHome(t)
	h.run("__complete", "token", "").want(t, 0, ":4", "Completion ended")
	if entries, _ := os.ReadDir(h.dir); len(entries) != 0 {
		t.Errorf("completing made %v", entries)
	}
	l := newConnected(t)
	l.run("__complete", "token", "a").want(t, 0, "acme\t62515 main\n", "Completion ended")
	l.run("__complete", "connect", "--app", "").want(t, 0, "main\n", "Completion ended")
	l.run("__complete", "keep-fresh", "acme", "").want(t, 0, "on\noff\n", "Completion ended")
	l.vars["HSTERM_KEY"] = ""
	l.run("__complete", "app", "show", "").want(t, 0, ":4", "Completion ended")
}

func TestKeysAndSamples(t *testing.T) {
	h := newHome(t)
	h.run("keys").want(t, 0, "refresh", "")
	h.run("keys", "--markdown").want(t, 0, "|---|", "")
	h.run("keys", "--json").want(t, 0, `"id":"`, "")
	h.run("samples").want(t, 0, "/crm/objects/2026-09/contacts", "")
	h.run("samples", "--json").want(t, 0, `"effect":"read"`, "")
	h.run("version").want(t, 0, "hsterm "+release, "")
	h.run("version", "--json").want(t, 0, `"version":"`+release, "")
}
