package cli

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/hsterm/hsterm/oauth"
)

// usageError is a command line that cannot be carried out.
func usageError(hint, format string, args ...any) error {
	return &oauth.Error{Class: oauth.ClassUsage, Message: fmt.Sprintf(format, args...), Hint: hint}
}

// flagError explains what cobra could not parse, with the flags that look alike.
func flagError(cmd *cobra.Command, err error) error {
	help := "See " + cmd.CommandPath() + " --help."
	var missing *pflag.NotExistError
	if !errors.As(err, &missing) {
		return &oauth.Error{Class: oauth.ClassUsage, Message: sentence(err.Error()), Hint: help, Err: err}
	}
	var names []string
	collect := func(f *pflag.Flag) {
		if !f.Hidden {
			names = append(names, f.Name)
		}
	}
	cmd.Flags().VisitAll(collect)
	cmd.InheritedFlags().VisitAll(collect)
	return usageError(didYouMean("--", missing.GetSpecifiedName(), names, help),
		"There is no flag %[2]s of %[1]s.", cmd.CommandPath(), flagText(missing))
}

func flagText(missing *pflag.NotExistError) string {
	if missing.GetSpecifiedShortnames() != "" {
		return "-" + missing.GetSpecifiedName()
	}
	return "--" + missing.GetSpecifiedName()
}

// arguments checks the number of positional arguments against their names. A
// name in square brackets is optional, one that ends in dots takes any number.
func arguments(names ...string) cobra.PositionalArgs {
	var required []string
	most := len(names)
	for _, name := range names {
		if !strings.HasPrefix(name, "[") {
			required = append(required, name)
		}
		if strings.Contains(name, "...") {
			most = -1
		}
	}
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) < len(required):
			return missingArgument(cmd, required[len(args):]...)
		case most >= 0 && len(args) > most:
			return usageError(asFlag(cmd, args[most])+"Usage: "+cmd.UseLine(),
				"%s does not know what to do with %q.", cmd.CommandPath(), args[most])
		}
		return nil
	}
}

// missingArgument names what a command lacks and shows a call that has it.
func missingArgument(cmd *cobra.Command, names ...string) error {
	hint := "Usage: " + cmd.UseLine()
	for line := range strings.Lines(cmd.Example) {
		if line = strings.TrimSpace(line); strings.HasPrefix(line, "hsterm ") {
			hint += "\nSuch as: " + line
			break
		}
	}
	return usageError(hint, "%s needs %s.", cmd.CommandPath(), strings.Join(names, " and "))
}

// asFlag offers the flags that take the name of a portal, for a command that
// takes it in no other way.
func asFlag(cmd *cobra.Command, word string) string {
	if cmd.Flags().Lookup("portal") == nil || cmd.Flags().Lookup("alias") == nil {
		return ""
	}
	return fmt.Sprintf("Reconnect a portal with --portal %[1]s, or name a new one with --alias %[1]s.\n", word)
}

// needsSubcommand answers a command that only groups others.
func needsSubcommand(cmd *cobra.Command, args []string) error {
	var names []string
	for _, sub := range cmd.Commands() {
		if sub.IsAvailableCommand() {
			names = append(names, sub.Name())
		}
	}
	all := "Commands: " + strings.Join(names, ", ") + "."
	if len(args) == 0 {
		return usageError(all, "%s needs a command.", cmd.CommandPath())
	}
	return usageError(didYouMean("", args[0], names, all), "There is no command %q.", strings.TrimPrefix(cmd.CommandPath()+" "+args[0], "hsterm "))
}
