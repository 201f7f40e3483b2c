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
	least, most := 0, len(names)
	for _, name := range names {
		if !strings.HasPrefix(name, "[") {
			least++
		}
		if strings.Contains(name, "...") {
			most = -1
		}
	}
	return func(cmd *cobra.Command, args []string) error {
		hint := "Usage: " + cmd.UseLine()
		switch {
		case len(args) < least:
			return usageError(hint, "%s needs %s.", cmd.CommandPath(), strings.Join(names[len(args):least], " and "))
		case most >= 0 && len(args) > most:
			return usageError(hint, "%s does not know what to do with %q.", cmd.CommandPath(), args[most])
		}
		return nil
	}
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
