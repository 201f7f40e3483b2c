package powercut

import (
	"encoding/binary"
	"slices"
)

// Recording is what happened, oldest first.
type Recording struct{ ops []op }

// Len returns how many things happened.
func (r *Recording) Len() int { return len(r.ops) }

// Disk returns a disk on which nothing has happened yet.
func (r *Recording) Disk() *Disk {
	return &Disk{ops: r.ops, files: map[int]*file{}, whole: map[string]int{}, durable: map[string]int{}}
}

// Disk is what the recording had done to a disk at one moment.
type Disk struct {
	ops  []op
	done int // this many of them have happened

	files   map[int]*file
	whole   map[string]int // names, as processes see them
	durable map[string]int // names, as they are sure to be on the disk
	folder  []pending      // links and unlinks that are not

	commit  int // the file whose next write completes a transaction
	changed bool
	facts   []string
}

// file is the content of a file.
type file struct {
	whole   []byte // as processes read it
	durable []byte // as it is sure to be on the disk
	pending []pending
}

// pending is a change that no sync covers yet.
type pending struct {
	op
	number int // in the recording
}

// Next lets one more thing happen. It returns false when there is none.
func (d *Disk) Next() bool {
	if d.done == len(d.ops) {
		return false
	}
	o := d.ops[d.done]
	d.changed = false
	switch o.kind {
	case writes, truncates:
		f := d.file(o.file)
		f.whole = o.apply(f.whole)
		f.pending = append(f.pending, pending{o, d.done})
		d.completes(o)
	case links, unlinks:
		o.rename(d.whole)
		d.folder = append(d.folder, pending{o, d.done})
		d.changed = true
	case syncs:
		d.sync(o)
	case marks:
		d.facts = append(d.facts, o.fact)
	}
	d.done++
	return true
}

// Done returns how many things have happened.
func (d *Disk) Done() int { return d.done }

// Acknowledged returns the facts of which somebody was told so far.
func (d *Disk) Acknowledged() []string { return d.facts }

// Changed tells whether the last thing that happened completed a transaction in
// a write-ahead log, or changed a name: whether a database may read differently.
func (d *Disk) Changed() bool { return d.changed }

// Whole returns the files as every process sees them while the power is on.
func (d *Disk) Whole() Image {
	image := Image{}
	for name, number := range d.whole {
		image[name] = slices.Clone(d.file(number).whole)
	}
	return image
}

// completes notices the last write of a transaction: the page after the head of
// a frame that tells the size of the database (https://sqlite.org/fileformat2.html,
// section 4.1).
func (d *Disk) completes(o op) {
	const frameHead = 24
	d.changed = o.file == d.commit
	d.commit = nowhere
	if o.log && len(o.data) == frameHead && binary.BigEndian.Uint32(o.data[4:]) != 0 {
		d.commit = o.file
	}
}

func (d *Disk) sync(o op) {
	if o.file != nowhere {
		f := d.file(o.file)
		n := covered(f.pending, o.until)
		for _, p := range f.pending[:n] {
			f.durable = p.apply(f.durable)
		}
		f.pending = append([]pending(nil), f.pending[n:]...)
	}
	if o.folder {
		n := covered(d.folder, o.until)
		for _, p := range d.folder[:n] {
			p.rename(d.durable)
		}
		d.folder = append([]pending(nil), d.folder[n:]...)
	}
}

// covered returns how many changes came before the op of that number.
func covered(all []pending, until int) int {
	n := 0
	for n < len(all) && all[n].number < until {
		n++
	}
	return n
}

func (d *Disk) file(number int) *file {
	f := d.files[number]
	if f == nil {
		f = &file{}
		d.files[number] = f
	}
	return f
}

// rename does a link or an unlink to a list of names.
func (o op) rename(names map[string]int) {
	switch {
	case o.kind == links:
		names[o.name] = o.file
	case names[o.name] == o.file: // else the name stands for another by now
		delete(names, o.name)
	}
}

// apply does a write or a truncate to the content of a file.
func (o op) apply(content []byte) []byte {
	if o.kind == truncates {
		return resized(content, o.at)
	}
	return written(content, o.at, o.data)
}

func written(content []byte, at int64, data []byte) []byte {
	if end := at + int64(len(data)); end > int64(len(content)) {
		content = resized(content, end)
	}
	copy(content[at:], data)
	return content
}

// resized cuts content, or fills it up with zeros.
func resized(content []byte, size int64) []byte {
	if size <= int64(len(content)) {
		clear(content[size:]) // so that growing again finds zeros
		return content[:size]
	}
	return append(content, make([]byte, size-int64(len(content)))...)
}
