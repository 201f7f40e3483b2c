//go:build scoreboard

package test

import (
	"fmt"
	"testing"
)

// Row 1: many processes of the program want the token of one portal at the moment
// it has expired. The server rotates, and takes any reuse of a refresh token for
// theft. One refresh has to be sent, and everybody has to print what it brought.
func TestRow01Stampede(t *testing.T) {
	rounds := trials(2, 20)
	f := newFleet(t, 1, "strict")
	sent, printed, wanted := 0, 0, 0
	for _, processes := range []int{64, 128} {
		for round := range rounds {
			calls, tokens := f.stampede(processes)
			if calls != 1 {
				t.Errorf("%d processes, round %d: the server saw %d refreshes", processes, round, calls)
			}
			sent, printed, wanted = sent+calls, printed+tokens, wanted+processes
		}
	}
	if printed != wanted {
		t.Errorf("%d of %d processes printed the new token", printed, wanted)
	}
	publish(t, score{
		Row: 1, Figure: "stampede of 64 and 128 processes on one expired portal, strictly rotating server",
		Count: fmt.Sprintf("%d rounds, %d token calls, %d of %d processes printed the one new token", 2*rounds, sent, printed, wanted),
	})
}

// stampede runs processes that all find the token expired. It returns how many
// refreshes the server saw and how many processes printed the token that is
// stored afterwards.
func (f *fleet) stampede(processes int) (calls, printed int) {
	f.t.Helper()
	if err := f.expire(0); err != nil {
		f.t.Fatal(err)
	}
	before, err := f.store.Grant(f.t.Context(), f.portals[0].ID)
	if err != nil {
		f.t.Fatal(err)
	}
	f.look()
	results := f.together(processes, func(int) []string { return []string{"token", alias(0)} })
	after, err := f.store.Grant(f.t.Context(), f.portals[0].ID)
	if err != nil {
		f.t.Fatal(err)
	}
	if after.Portal.Version != before.Portal.Version+1 || after.Access.Reveal() == before.Access.Reveal() {
		f.t.Errorf("version %d became %d", before.Portal.Version, after.Portal.Version)
	}
	for i, r := range results {
		if r.code == 0 && r.stdout == after.Access.Reveal()+"\n" {
			printed++
		} else {
			f.t.Errorf("process %d: exit %d: %s", i, r.code, r.stderr)
		}
	}
	if err := f.usable(0); err != nil {
		f.t.Error(err)
	}
	return f.refreshes()[f.hub(0)], printed
}
