package cli

import (
	"github.com/spf13/cobra"
)

func shells() []string { return []string{"bash", "zsh", "fish", "powershell"} }

func newCompletionCommand(p *program) *cobra.Command {
	return &cobra.Command{
		Use:   "completion SHELL",
		Short: "Print the completion script of a shell",
		Long: `Prints a script that makes a shell complete hsterm's commands, flags and your
portals' aliases. SHELL is bash, zsh, fish or powershell.`,
		Example: `  hsterm completion bash > ~/.local/share/bash-completion/completions/hsterm
  hsterm completion zsh > "${fpath[1]}/_hsterm"
  hsterm completion fish > ~/.config/fish/completions/hsterm.fish`,
		Args:                  arguments("SHELL"),
		ValidArgs:             shells(),
		DisableFlagsInUseLine: true,
		RunE: func(cmd *cobra.Command, args []string) error {
			root := cmd.Root()
			switch args[0] {
			case "bash":
				return root.GenBashCompletionV2(p.out, true)
			case "zsh":
				return root.GenZshCompletion(p.out)
			case "fish":
				return root.GenFishCompletion(p.out, true)
			case "powershell":
				return root.GenPowerShellCompletionWithDesc(p.out)
			}
			return usageError(didYouMean("", args[0], shells(), "Shells: bash, zsh, fish, powershell."),
				"There is no completion script for %q.", args[0])
		},
	}
}
