package cli

import (
	"testing"
	"time"
)

func TestProgressLine(t *testing.T) {
	for _, c := range []struct {
		done, failed int
		spent        time.Duration
		rested       time.Duration
		want         string
	}{
		{0, 0, 0, 0, "refreshing  0/1000"},
		{7, 0, 10 * time.Second, 0, "refreshing  7/1000"}, // not all of the first eight
		{8, 0, 900 * time.Millisecond, 0, "refreshing  8/1000"},
		{8, 1, time.Second, 0, "refreshing  8/1000 · 1 failed · about 3 min left"},
		{312, 4, 18 * time.Second, 0, "refreshing  312/1000 · 4 failed · about 40 s left"},
		{312, 4, 78 * time.Second, time.Minute, "refreshing  312/1000 · 4 failed · about 40 s left"},
		{900, 0, 80 * time.Second, 0, "refreshing  900/1000 · about 9 s left"},
		{999, 0, 10 * time.Second, 0, "refreshing  999/1000 · about 1 s left"},
		{500, 0, 89 * time.Second, 0, "refreshing  500/1000 · about 90 s left"},
		{500, 0, 91 * time.Second, 0, "refreshing  500/1000 · about 2 min left"},
	} {
		now := time.Now()
		p := newProgram(nil, nil, nil, environment{}, func() time.Time { return now })
		g := p.newProgress("refreshing", 1000, 8)
		now = now.Add(c.spent)
		g.rest(c.rested)
		if got := g.line(c.done, c.failed); got != c.want {
			t.Errorf("after %v: %q, want %q", c.spent, got, c.want)
		}
	}
}

func TestProgressInASCII(t *testing.T) {
	p := newProgram(nil, nil, nil, environment{}, time.Now)
	p.flags.ascii = true
	if got := p.newProgress("refreshing", 10, 8).line(3, 2); got != "refreshing  3/10 - 2 failed" {
		t.Errorf("%q", got)
	}
}

func TestRefreshCountInWords(t *testing.T) {
	for want, c := range map[string]refreshCount{
		"2 of 2 refreshed.":                                     {refreshed: 2},
		"0 of 1 refreshed, 1 failed.":                           {failed: 1},
		"312 of 1000 refreshed, 4 failed, 684 left alone.":      {refreshed: 312, failed: 4, leftAlone: 684},
		"1 of 4 refreshed, 1 failed, 1 left alone, 1 not done.": {1, 1, 1, 1},
	} {
		if got := c.String(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
