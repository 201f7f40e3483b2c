package cli

import (
	"os"
	"strings"

	"github.com/spf13/cobra"
)

// completePortal offers the aliases of the first argument. It opens no store
// that does not exist yet, asks nothing, and stays silent when something fails.
func (p *program) completePortal(cmd *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return p.completePortals(cmd, args, typed)
}

// completePortals offers the aliases that were not given yet.
func (p *program) completePortals(cmd *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
	if !p.storeExists() {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	store, err := p.store(cmd.Context())
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	portals, err := store.Portals(cmd.Context())
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	given := make(map[string]bool)
	for _, alias := range args {
		given[alias] = true
	}
	var offers []string
	for _, portal := range portals {
		if strings.HasPrefix(portal.Alias, typed) && !given[portal.Alias] {
			offers = append(offers, portal.Alias+"\t"+hubText(portal)+" "+appText(portal))
		}
	}
	return offers, cobra.ShellCompDirectiveNoFileComp
}

// completeAppFlag offers the names of the apps for a flag.
func (p *program) completeAppFlag(cmd *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
	return p.completeApp(cmd, nil, typed)
}

// completePortalFlag offers the aliases for a flag.
func (p *program) completePortalFlag(cmd *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
	return p.completePortals(cmd, nil, typed)
}

// completeApp offers the names of the apps.
func (p *program) completeApp(cmd *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 || !p.storeExists() {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	store, err := p.openQuietly(cmd.Context())
	if err != nil || store.Locked() {
		return nil, cobra.ShellCompDirectiveNoFileComp // the names of apps are read with their sealed fields
	}
	apps, err := store.Apps(cmd.Context())
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var offers []string
	for _, app := range apps {
		if strings.HasPrefix(app.Name, typed) {
			offers = append(offers, app.Name)
		}
	}
	return offers, cobra.ShellCompDirectiveNoFileComp
}

func (p *program) storeExists() bool {
	s, err := p.settings()
	if err != nil {
		return false
	}
	_, err = os.Lstat(s.db)
	return err == nil
}
