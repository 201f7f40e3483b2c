package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/hsterm/hsterm/ui"
)

type keyJSON struct {
	ID    string   `json:"id"`
	Keys  []string `json:"keys"`
	Label string   `json:"label"`
	Help  string   `json:"help"`
	Where string   `json:"where"`
}

func newKeysCommand(p *program) *cobra.Command {
	var markdown bool
	cmd := &cobra.Command{
		Use:   "keys",
		Short: "List the keys of the terminal screen",
		Long: `Lists what every key of the screen does, with the keys of the config file's table
[keys], which binds actions to other keys by their id:

  [keys]
  "portal.refresh" = "ctrl+r"
  "list.sort" = ["S", "f3"]
  "portal.keep-fresh" = []         no key; the palette still finds it

A key that is not known, or that another action has at the same time, is told with
its line before the screen opens.`,
		Example: "  hsterm keys\n  hsterm keys --json\n  hsterm keys --markdown      the table of the README: no key rebound",
		Args:    arguments(),
		RunE: func(*cobra.Command, []string) error {
			if markdown { // of the README, whatever is in the config file
				return p.printKeysMarkdown(ui.Actions(nil))
			}
			keymap, err := p.keymap()
			if err != nil {
				return err
			}
			actions := ui.Actions(keymap)
			if p.flags.json {
				views := make([]keyJSON, 0, len(actions))
				for _, a := range actions {
					views = append(views, keyJSON{ID: a.ID, Keys: a.Keys, Label: a.Label, Help: a.Help, Where: a.Scope})
				}
				return p.data(views)
			}
			t := table{head: []string{"KEYS", "WHERE", "WHAT IT DOES", "ID"}}
			for _, a := range actions {
				t.row(left(keyNames(a.Keys)), left(a.Scope).as(moodMuted), left(a.Help), left(a.ID).as(moodMuted))
			}
			return t.write(p.out, p.palette(p.out))
		},
	}
	cmd.Flags().BoolVar(&markdown, "markdown", false, "print a Markdown table")
	return cmd
}

func keyNames(keys []string) string {
	names := make([]string, len(keys))
	for i, key := range keys {
		names[i] = ui.KeyName(key)
	}
	return strings.Join(names, " ")
}

func (p *program) printKeysMarkdown(actions []ui.Action) error {
	var b strings.Builder
	b.WriteString("| keys | where | what it does |\n|---|---|---|\n")
	for _, a := range actions {
		names := make([]string, len(a.Keys))
		for i, key := range a.Keys {
			names[i] = "`" + strings.ReplaceAll(ui.KeyName(key), "|", `\|`) + "`"
		}
		b.WriteString("| " + strings.Join(names, " ") + " | " + a.Scope + " | " + a.Help + " |\n")
	}
	_, err := p.out.WriteString(b.String())
	return err
}
