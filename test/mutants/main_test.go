package main

import "testing"

// A mutant that no longer fits the code would be no proof of anything. This
// notices at once; running them all takes minutes.
func TestMutantsFitTheTree(t *testing.T) {
	root, err := moduleRoot()
	if err != nil {
		t.Fatal(err)
	}
	all, err := load()
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, m := range all {
		if names[m.Name] {
			t.Errorf("two mutants are called %s", m.Name)
		}
		names[m.Name] = true
		if err := m.check(root); err != nil {
			t.Errorf("%s: %v", m.Name, err)
		}
	}
}

func TestWhatCountsAsCaught(t *testing.T) {
	for _, c := range []struct{ name, out, by string }{
		{"a test", "--- FAIL: TestSave (0.00s)\n    --- FAIL: TestSave/busy (0.00s)\nFAIL\nFAIL\tx/db\t0.1s\n", "TestSave"},
		{"an end of everything", "panic: oh\n\ngoroutine 1\nFAIL\tx/db\t0.1s\n", "x/db"},
		{"a hang", "panic: test timed out after 2m0s\n\trunning tests:\n\t\tTestSave (2m0s)\nFAIL\tx/db\t120s\n", "TestSave, which never ended"},
		{"no build", "# x/db\nundefined: y\nFAIL\tx/db [build failed]\n", ""},
		{"nothing", "killed\n", ""},
	} {
		by, err := culprit(c.out)
		if by != c.by || (err == nil) != (c.by != "") {
			t.Errorf("%s: %q %v", c.name, by, err)
		}
	}
}
