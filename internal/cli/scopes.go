package cli

import (
	"context"
	"slices"

	"github.com/spf13/cobra"

	"github.com/hsterm/hsterm/internal/api"
	"github.com/hsterm/hsterm/oauth"
)

// scopeJSON is one scope of a portal: whether its app requires it, whether the
// grant has it, and what a probe told.
type scopeJSON struct {
	Scope    string `json:"scope"`
	Required bool   `json:"required"`
	Optional bool   `json:"optional"`
	Granted  bool   `json:"granted"`
	Probe    string `json:"probe"`
	Status   int    `json:"status"`
	Message  string `json:"message"`
}

func newScopesCommand(p *program) *cobra.Command {
	var probe bool
	cmd := &cobra.Command{
		Use:   "scopes PORTAL",
		Short: "Compare the scopes an app requires with those a portal granted",
		Long: `Lists the scopes of a portal: required by its app, granted by the account. --probe
sends one cheap read for each scope and shows what HubSpot makes of it. A static
token does not tell its scopes: only a probe does.`,
		Example:           "  hsterm scopes acme\n  hsterm scopes acme --probe --json",
		Args:              arguments("PORTAL"),
		ValidArgsFunction: p.completePortal,
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			rows, portal, err := p.scopeRows(ctx, args[0])
			if err != nil {
				return err
			}
			if probe {
				if rows, err = p.probe(ctx, portal, rows); err != nil {
					return err
				}
			}
			if err := p.printScopes(rows, probe); err != nil {
				return err
			}
			return scopeVerdict(rows, portal)
		},
	}
	cmd.Flags().BoolVar(&probe, "probe", false, "send one cheap read for each scope")
	return cmd
}

func (p *program) scopeRows(ctx context.Context, ref string) ([]scopeJSON, oauth.Portal, error) {
	store, portal, err := p.resolve(ctx, ref)
	if err != nil {
		return nil, portal, err
	}
	var app oauth.App
	if portal.AppName != "" {
		if app, err = store.App(ctx, portal.AppName); err != nil {
			return nil, portal, err
		}
	}
	all := slices.Concat(app.Scopes, app.OptionalScopes, portal.Scopes)
	slices.Sort(all)
	var rows []scopeJSON
	for _, scope := range slices.Compact(all) {
		rows = append(rows, scopeJSON{
			Scope:    scope,
			Required: slices.Contains(app.Scopes, scope),
			Optional: slices.Contains(app.OptionalScopes, scope),
			Granted:  slices.Contains(portal.Scopes, scope),
		})
	}
	return rows, portal, nil
}

// probe sends the reads and files what they told. Scopes that only a probe knows
// of are added.
func (p *program) probe(ctx context.Context, portal oauth.Portal, rows []scopeJSON) ([]scopeJSON, error) {
	if _, err := p.unlocked(ctx); err != nil {
		return nil, err
	}
	progress := p.newProgress("probing", len(rows), 1)
	done := 0
	err := p.runner().ProbeScopes(ctx, portal.ID, func(r api.ProbeResult) {
		i := slices.IndexFunc(rows, func(row scopeJSON) bool { return row.Scope == r.Scope })
		if i < 0 {
			rows = append(rows, scopeJSON{Scope: r.Scope})
			i = len(rows) - 1
		}
		rows[i].Probe, rows[i].Status = string(r.State), r.Status
		if r.Failure != nil {
			rows[i].Message = r.Failure.Message
		}
		done++
		progress.step(done, 0)
	})
	progress.clear()
	return rows, aboutPortal(err, portal.Alias)
}

func (p *program) printScopes(rows []scopeJSON, probed bool) error {
	if p.flags.json {
		if rows == nil {
			rows = []scopeJSON{}
		}
		return p.data(rows)
	}
	t := table{head: []string{"SCOPE", "APP", "GRANT"}}
	if probed {
		t.head = append(t.head, "PROBE", "")
	}
	for _, row := range rows {
		cells := []cell{left(row.Scope), left(row.wanted()).as(moodMuted), row.grant()}
		if probed {
			cells = append(cells, left(row.Probe).as(probeMood(row.Probe)), left(row.Message).as(moodMuted))
		}
		t.row(cells...)
	}
	return t.write(p.out, p.palette(p.out))
}

func (s scopeJSON) wanted() string {
	switch {
	case s.Required:
		return "required"
	case s.Optional:
		return "optional"
	}
	return "not asked"
}

func (s scopeJSON) grant() cell {
	switch {
	case s.Granted:
		return left("granted").as(moodGood)
	case s.Required:
		return left("missing").as(moodBad)
	}
	return left("not granted").as(moodMuted)
}

func probeMood(state string) mood {
	switch api.ProbeState(state) {
	case api.ProbeWorks:
		return moodGood
	case api.ProbeUntested:
		return moodMuted
	}
	return moodBad
}

// scopeVerdict turns a missing required scope into the exit code of a missing
// permission.
func scopeVerdict(rows []scopeJSON, portal oauth.Portal) error {
	var missing []string
	for _, row := range rows {
		if row.Required && !row.Granted {
			missing = append(missing, row.Scope)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	return &oauth.Error{
		Class: oauth.ClassPermissionDenied, Portal: portal.Alias, Scopes: missing, AllScopes: true,
		Message: "The grant lacks required scopes: " + joined(missing...) + ".",
		Hint:    "Reconnect the portal: hsterm connect --portal " + portal.Alias,
	}
}
