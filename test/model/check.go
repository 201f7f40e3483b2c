package model

import (
	"flag"
	"os"
	"strconv"
	"testing"

	"pgregory.net/rapid"
)

// Check plays that many lives and fails on the first that breaks a promise, made
// as small as it goes. What was played is added to all. RAPID_CHECKS and
// RAPID_SEED, or rapid's flags, ask for another number and another seed.
func Check(t *testing.T, all *Counts, checks int, seed uint64) {
	t.Helper()
	for name, value := range map[string]string{
		"rapid.checks": strconv.Itoa(checks), "rapid.seed": strconv.FormatUint(seed, 10), "rapid.nofailfile": "true",
	} {
		if err := setUnasked(name, value); err != nil {
			t.Fatal(err)
		}
	}
	b, err := Open(folder(t))
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	}()
	rapid.Check(t, func(rt *rapid.T) {
		o := b.Run(t, Scripts().Draw(rt, "script"))
		all.Add(o.Counts)
		if o.Broken != "" {
			for _, line := range o.Trace {
				rt.Log(line)
			}
			rt.Fatal(o.Broken)
		}
	})
}

// setUnasked sets one of rapid's flags, unless somebody else has.
func setUnasked(name, value string) error {
	environment := map[string]string{"rapid.checks": "RAPID_CHECKS", "rapid.seed": "RAPID_SEED"}
	_, asked := os.LookupEnv(environment[name])
	flag.Visit(func(f *flag.Flag) { asked = asked || f.Name == name })
	if asked {
		return nil
	}
	return flag.Set(name, value)
}

// folder is in memory where that is possible: each step ends in a commit, and a
// disk would take most of the time.
func folder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "hsterm-model")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}
