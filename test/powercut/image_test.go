package powercut

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"testing"
)

// filled is a write of n times the same byte.
func filled(at int64, b byte, n int) op {
	return op{kind: writes, file: 1, at: at, data: bytes.Repeat([]byte{b}, n)}
}

// cuts cuts the power at the end of ops, often.
func cuts(ops []op, look func(Image)) {
	disk := (&Recording{ops: ops}).Disk()
	for disk.Next() {
		continue // to the end
	}
	rng := rand.New(rand.NewPCG(3, 4))
	for range 2000 {
		image, _ := disk.Cut(rng)
		look(image)
	}
}

// linked are the ops that make a file which is surely there, followed by others.
func linked(ops ...op) []op {
	return append([]op{{kind: links, file: 1, name: "a"}, {kind: syncs, file: 1, folder: true, until: 1}}, ops...)
}

// What a sync covers is in every image; what none covers is missing in some and
// there in others, alone too; and no block holds what was never written to it.
func TestCutKeepsWhatIsSyncedAndNothingElseForSure(t *testing.T) {
	seen := map[string]bool{}
	ops := linked(filled(0, 's', 512), op{kind: syncs, file: 1, until: 3}, filled(512, 'x', 512), filled(1024, 'y', 512))
	cuts(ops, func(image Image) {
		content := image["a"]
		if len(content) < 512 || !bytes.Equal(content[:512], bytes.Repeat([]byte{'s'}, 512)) {
			t.Fatalf("what was synced is gone: %q", content)
		}
		has := func(b byte) bool { return bytes.Count(content, []byte{b}) == 512 }
		switch x, y := has('x'), has('y'); {
		case x && y:
			seen["both"] = true
		case x:
			seen["the first"] = true
		case y:
			seen["the second"] = true
		case len(content) == 512:
			seen["none"] = true
		default:
			seen["torn"] = true
		}
	})
	for _, what := range []string{"both", "the first", "the second", "none", "torn"} {
		if !seen[what] {
			t.Errorf("no image in which %s arrived", what)
		}
	}
}

// A sync that began before a write does not cover it.
func TestSyncCoversOnlyWhatWasBefore(t *testing.T) {
	missing := false
	cuts(linked(filled(0, 'x', 512), op{kind: syncs, file: 1, until: 2}), func(image Image) {
		missing = missing || len(image["a"]) == 0
	})
	if !missing {
		t.Error("a write was covered by an older sync")
	}
}

// The pieces of a large write arrive one by one, and a name only for sure when
// its folder was synced.
func TestCutTearsWritesAndNames(t *testing.T) {
	torn, sizes, nameless := false, map[int]bool{}, false
	cuts([]op{{kind: links, file: 1, name: "a"}, filled(0, 'x', page), {kind: truncates, file: 1, at: 100}}, func(image Image) {
		content, there := image["a"]
		nameless = nameless || !there
		sizes[len(content)] = true
		torn = torn || bytes.Contains(content, []byte("\x00x"))
	})
	if !torn || !nameless || !sizes[0] || !sizes[100] || !sizes[page] {
		t.Errorf("torn: %v, without a name: %v, sizes: %v", torn, nameless, sizes)
	}
}

// A name whose removal is not synced may still be there, and both of two names
// show one file.
func TestCutMayKeepANameThatIsGone(t *testing.T) {
	seen := map[string]bool{}
	cuts(linked(
		filled(0, 'x', 512), op{kind: syncs, file: 1, until: 3},
		op{kind: links, file: 1, name: "b"}, op{kind: unlinks, file: 1, name: "a"},
	), func(image Image) {
		names := ""
		for name, content := range image {
			names += name
			if len(content) != 512 {
				t.Fatalf("%s has %d bytes", name, len(content))
			}
		}
		sorted := []byte(names)
		slices.Sort(sorted)
		seen[string(sorted)] = true
	})
	for _, names := range []string{"a", "b", "ab"} {
		if !seen[names] {
			t.Errorf("never just the names %q: %v", names, seen)
		}
	}
}

func TestResizeFillsWithZeros(t *testing.T) {
	content := resized(resized([]byte("secret"), 2), 6)
	if string(content) != "se\x00\x00\x00\x00" {
		t.Errorf("%q", content)
	}
}
