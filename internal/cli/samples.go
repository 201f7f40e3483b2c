package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/hsterm/hsterm/internal/api"
)

type sampleJSON struct {
	ID     string `json:"id"`
	Area   string `json:"area"`
	Name   string `json:"name"`
	Method string `json:"method"`
	Path   string `json:"path"`
	Scopes string `json:"scopes"`
	Effect string `json:"effect"`
	Body   string `json:"body"`
}

func newSamplesCommand(p *program) *cobra.Command {
	return &cobra.Command{
		Use:     "samples",
		Short:   "List the sample calls and the scopes they need",
		Example: "  hsterm samples\n  hsterm samples --json | jq -r '.[].path'",
		Args:    arguments(),
		RunE: func(*cobra.Command, []string) error {
			samples := api.Samples()
			if p.flags.json {
				views := make([]sampleJSON, 0, len(samples))
				for _, s := range samples {
					views = append(views, sampleJSON{
						ID: s.ID, Area: s.Area, Name: s.Name, Method: s.Method, Path: s.Target(nil),
						Scopes: s.Scopes.String(), Effect: string(s.Effect), Body: s.Body,
					})
				}
				return p.data(views)
			}
			return p.printSamples(samples)
		},
	}
}

func (p *program) printSamples(samples []api.Sample) error {
	t := table{head: []string{"AREA", "CALL", "METHOD", "PATH", "SCOPES"}}
	area := ""
	for _, s := range samples {
		shown := s.Area
		if shown == area {
			shown = ""
		}
		area = s.Area
		m := moodPlain
		if s.Effect == api.EffectDestructive {
			m = moodBad
		}
		t.row(left(shown).as(moodMuted), left(s.Name), left(s.Method).as(m), left(s.Target(nil)), left(s.Scopes.String()).as(moodMuted))
	}
	if err := t.write(p.out, p.palette(p.out)); err != nil {
		return err
	}
	if isTerminal(p.err) {
		fmt.Fprintln(p.err, "Send one: hsterm api PORTAL METHOD PATH")
	}
	return nil
}
