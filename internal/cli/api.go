package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

type apiFlags struct {
	query   []string
	header  []string
	data    string
	jq      string
	include bool
	dryRun  bool
	force   bool
}

func newAPICommand(p *program) *cobra.Command {
	var f apiFlags
	cmd := &cobra.Command{
		Use:   "api PORTAL [METHOD] PATH",
		Short: "Call HubSpot's API with a portal's token",
		Long: `Sends one request with the portal's token, refreshed first when it is about to
expire, and once more when HubSpot says it has expired. The body goes to stdout as it
came; on a terminal JSON is indented. METHOD is GET, or POST with -d.

A POST or PATCH whose answer never came, or that a gateway answered, is not repeated:
its outcome is unknown (exit 10). For ten minutes the same one, with the same query
and body to the same portal, is not sent without --force (exit 10 as well), not from
the screen or by another process either.`,
		Example: `  hsterm api acme /account-info/2026-09/details
  hsterm api acme GET '/crm/objects/2026-09/contacts?limit=5' --jq '.results[].properties.email'
  hsterm api acme POST /crm/objects/2026-09/contacts -d '{"properties":{"email":"a@acme.com"}}'
  hsterm api acme PATCH /crm/objects/2026-09/contacts/1 -d @change.json --dry-run`,
		Args:              arguments("PORTAL", "[METHOD]", "PATH"),
		ValidArgsFunction: p.completePortal,
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.callAPI(cmd, args, f)
		},
	}
	flags := cmd.Flags()
	flags.StringArrayVarP(&f.query, "query", "q", nil, "query parameter `NAME=VALUE` (repeatable)")
	flags.StringArrayVarP(&f.header, "header", "H", nil, "request header `NAME:VALUE` (repeatable)")
	flags.StringVarP(&f.data, "data", "d", "", "`JSON` body, @FILE or @- for standard input")
	flags.StringVar(&f.jq, "jq", "", "print what this jq `EXPRESSION` makes of the answer")
	flags.BoolVarP(&f.include, "include", "i", false, "print status and headers of the answer too")
	flags.BoolVar(&f.dryRun, "dry-run", false, "print the request and send nothing")
	flags.BoolVar(&f.force, "force", false, "send a write although the portal is protected or an earlier outcome is unknown")
	return cmd
}

func (p *program) callAPI(cmd *cobra.Command, args []string, f apiFlags) error {
	ctx := cmd.Context()
	if len(args) == 2 && slices.Contains(methods(), strings.ToUpper(args[1])) {
		return missingArgument(cmd, "PATH")
	}
	request, err := p.apiRequest(args[1:], f, cmd.Flags().Changed("data"))
	if err != nil {
		return err
	}
	filter, err := newFilter(f.jq)
	if err != nil {
		return err
	}
	_, portal, err := p.resolve(ctx, args[0])
	if err != nil {
		return err
	}
	if f.dryRun {
		return p.printDryRun(ctx, portal, request)
	}
	request.Again = f.force
	if err := mayWrite(portal, request); err != nil {
		return aboutPortal(err, portal.Alias)
	}
	if _, err := p.unlocked(ctx); err != nil {
		return err
	}
	response, err := p.runner().Send(ctx, portal.ID, request)
	if err != nil {
		return aboutPortal(p.sayForce(err), portal.Alias)
	}
	if err := p.printResponse(response, f, filter); err != nil {
		return err
	}
	if response.Failure != nil {
		return aboutPortal(response.Failure, portal.Alias)
	}
	return nil
}
