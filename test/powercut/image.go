package powercut

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
)

// Image is what the files of a folder may hold after a power cut, by name.
type Image map[string][]byte

// Write puts the files into a folder that is made for them, readable by this
// user only.
func (i Image) Write(folder string) error {
	if err := os.Mkdir(folder, 0o700); err != nil {
		return err
	}
	for name, content := range i {
		if err := os.WriteFile(filepath.Join(folder, name), content, 0o600); err != nil {
			return err
		}
	}
	return nil
}

// Sizes of what a disk writes in one go, bytes.
const (
	sector = 512
	page   = 4096
)

// fate is what became of the changes to a file that no sync covered.
type fate struct {
	name string
	of   func(rng *rand.Rand, durable []byte, all []pending) []byte
}

// fates are all that may become of them. Drives and file systems reorder at
// will: any of the changes may have arrived without those before it.
func fates() []fate {
	return []fate{
		{"nothing arrived", func(_ *rand.Rand, durable []byte, _ []pending) []byte { return durable }},
		{"all arrived", func(_ *rand.Rand, durable []byte, all []pending) []byte { return applied(durable, all) }},
		{"the first arrived", theFirst},
		{"the first arrived, one of them torn", theFirstTorn},
		{"any arrived", anyOf},
		{"all but one arrived", allButOne},
		{"any sectors arrived", func(rng *rand.Rand, durable []byte, all []pending) []byte {
			return blocks(rng, durable, all, sector)
		}},
		{"any pages arrived", func(rng *rand.Rand, durable []byte, all []pending) []byte {
			return blocks(rng, durable, all, page)
		}},
		{"any sectors arrived, one of them as noise", noise},
	}
}

// Cut cuts the power now. The same state and the same random numbers make the
// same image; how says what became of each file, for messages.
func (d *Disk) Cut(rng *rand.Rand) (image Image, how string) {
	names := d.cutFolder(rng)
	contents := map[int][]byte{} // one for all names of a file
	image = Image{}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		number := names[name]
		content, known := contents[number]
		if !known {
			f := d.file(number)
			end := fates()[rng.IntN(len(fates()))]
			content = end.of(rng, slices.Clone(f.durable), f.pending)
			contents[number] = content
			how += fmt.Sprintf("; %s: %s (%d changes)", name, end.name, len(f.pending))
		}
		image[name] = content
	}
	return image, fmt.Sprintf("after %d of %d%s", d.done, len(d.ops), how)
}

// cutFolder returns the names that are left: of what was done to them since the
// last sync of the folder, nothing, the first, all or any.
func (d *Disk) cutFolder(rng *rand.Rand) map[string]int {
	names := maps.Clone(d.durable)
	way, first := rng.IntN(4), rng.IntN(len(d.folder)+1)
	for i, p := range d.folder {
		if way == 1 && i < first || way == 2 || way == 3 && rng.IntN(2) == 0 {
			p.rename(names)
		}
	}
	return names
}

func applied(content []byte, all []pending) []byte {
	for _, p := range all {
		content = p.apply(content)
	}
	return content
}

func theFirst(rng *rand.Rand, durable []byte, all []pending) []byte {
	return applied(durable, all[:rng.IntN(len(all)+1)])
}

func theFirstTorn(rng *rand.Rand, durable []byte, all []pending) []byte {
	if len(all) == 0 {
		return durable
	}
	n := rng.IntN(len(all))
	torn := all[n]
	if torn.kind == writes {
		torn.data = torn.data[:rng.IntN(len(torn.data)+1)]
	}
	return torn.apply(applied(durable, all[:n]))
}

func anyOf(rng *rand.Rand, durable []byte, all []pending) []byte {
	for _, p := range all {
		if rng.IntN(2) == 0 {
			durable = p.apply(durable)
		}
	}
	return durable
}

func allButOne(rng *rand.Rand, durable []byte, all []pending) []byte {
	if len(all) == 0 {
		return durable
	}
	n := rng.IntN(len(all))
	return applied(applied(durable, all[:n]), all[n+1:])
}

// blocks lets every block of the file be as it was after any of the changes to
// it, apart from all other blocks, and the file have any of its sizes.
func blocks(rng *rand.Rand, durable []byte, all []pending, size int64) []byte {
	changes := map[int64]int{} // of a block
	sizes := []int64{int64(len(durable))}
	length := sizes[0]
	for _, p := range all {
		if p.kind == truncates {
			length = p.at
		}
		for block := range p.blocks(size) {
			changes[block]++
		}
		length = max(length, p.at+int64(len(p.data)))
		sizes = append(sizes, length)
	}
	arrived := map[int64]int{}
	for _, block := range slices.Sorted(maps.Keys(changes)) {
		arrived[block] = rng.IntN(changes[block] + 1)
	}
	content := durable
	for _, p := range all {
		for block, part := range p.blocks(size) {
			if arrived[block] > 0 {
				arrived[block]--
				content = written(content, part.at, part.data)
			}
		}
	}
	return resized(content, sizes[rng.IntN(len(sizes))])
}

// blocks yields the parts of a write by the block they fall into.
func (o op) blocks(size int64) func(yield func(int64, op) bool) {
	return func(yield func(int64, op) bool) {
		for start := int64(0); start < int64(len(o.data)); {
			at := o.at + start
			end := min(int64(len(o.data)), start+size-at%size)
			if !yield(at/size, op{at: at, data: o.data[start:end]}) {
				return
			}
			start = end
		}
	}
}

// noise lets a sector that was being written hold neither the old nor the new.
func noise(rng *rand.Rand, durable []byte, all []pending) []byte {
	content := blocks(rng, durable, all, sector)
	var parts []op
	for _, p := range all {
		for _, part := range p.blocks(sector) {
			parts = append(parts, part)
		}
	}
	if len(parts) == 0 {
		return content
	}
	part := parts[rng.IntN(len(parts))]
	for i := part.at; i < min(part.at+int64(len(part.data)), int64(len(content))); i++ {
		content[i] = byte(rng.Uint32())
	}
	return content
}
