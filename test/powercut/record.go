// Package powercut records what SQLite does to the files of a folder, and makes
// from that what a disk may hold after the power failed at any moment of it.
package powercut

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	sqlite "modernc.org/sqlite/lib"
)

// What happened.
const (
	writes    = iota // data arrived in a file, or was about to
	truncates        // a file got another size
	syncs            // what was done to a file until then is on the disk
	links            // a name began to stand for a file
	unlinks          // a name is gone
	marks            // somebody was told that something is done
)

// nowhere is the file of what is done to the folder alone.
const nowhere = -1

// op is one thing that happened.
type op struct {
	kind   int
	file   int    // its number: names come and go
	name   string // without the folder
	at     int64  // offset of a write, or size
	data   []byte
	until  int  // a sync: the ops before this one are covered
	folder bool // a sync: of the folder too
	log    bool // the file is a write-ahead log
	fact   string
}

// handle is a file that SQLite has open.
type handle struct {
	file   int
	path   string
	log    bool
	folder bool // its next sync is of the folder too
	inner  sqlite.Tsqlite3_io_methods
}

// named is a name of the folder and the file it stands for.
type named struct {
	info fs.FileInfo
	file int
}

// Recorder listens to the databases of one folder, in this process.
//
// It hears what SQLite does and sees which names come and go, but not who syncs
// the folder besides SQLite: of such a sync it takes nothing as done. Its images
// are worse than what a disk would hold, never better.
type Recorder struct {
	folder string
	prefix string
	shim   shim

	mu      sync.Mutex
	ops     []op
	files   int
	names   map[string]named
	handles map[uintptr]*handle
	tables  map[uintptr]uintptr // of functions: SQLite's, and ours in their place
	failed  error
}

// Record begins to listen to a folder with no files in it. Databases that are
// opened from now on, in any way that names no VFS, are recorded until Stop.
func Record(folder string) (*Recorder, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	if len(entries) > 0 {
		return nil, fmt.Errorf("%s has files in it, of which nothing is known", folder)
	}
	r := &Recorder{
		folder: folder, prefix: folder + string(filepath.Separator),
		names: map[string]named{}, handles: map[uintptr]*handle{}, tables: map[uintptr]uintptr{},
	}
	return r, r.install()
}

// Stop ends the recording. All recorded databases have to be closed by then.
func (r *Recorder) Stop() (*Recording, error) {
	r.shim.remove()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.look()
	if len(r.handles) > 0 {
		return nil, fmt.Errorf("%d files are still open", len(r.handles))
	}
	return &Recording{ops: r.ops}, r.failed
}

// Acknowledge notes that somebody was told of a fact: after it no power cut may
// undo it.
func (r *Recorder) Acknowledge(fact string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.look()
	r.add(op{kind: marks, file: nowhere, fact: fact})
}

func (r *Recorder) add(o op) { r.ops = append(r.ops, o) }

func (r *Recorder) now() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.ops)
}

func (r *Recorder) opened(file uintptr, h *handle) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.look()
	name, ok := r.names[filepath.Base(h.path)]
	if !ok {
		r.failed = fmt.Errorf("%s is open, but not in its folder", h.path)
	}
	h.file = name.file
	r.handles[file] = h
}

func (r *Recorder) closed(file uintptr) *handle {
	r.mu.Lock()
	defer r.mu.Unlock()
	h := r.handles[file]
	delete(r.handles, file)
	return h
}

func (r *Recorder) handle(file uintptr) *handle {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.handles[file]
}

func (r *Recorder) synced(h *handle, until int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.add(op{kind: syncs, file: h.file, folder: h.folder, until: until})
	h.folder = false
}

// look notes which names came and went since the last look.
func (r *Recorder) look() {
	entries, err := os.ReadDir(r.folder)
	if err != nil {
		r.failed = err
		return
	}
	now := map[string]named{}
	for _, entry := range entries {
		name := entry.Name()
		info, err := entry.Info()
		if err != nil || strings.HasSuffix(name, "-shm") {
			continue // gone meanwhile: the next look tells
		}
		is := named{info, r.identify(name, info)}
		if was, known := r.names[name]; !known || was.file != is.file {
			r.add(op{kind: links, file: is.file, name: name})
		}
		now[name] = is
	}
	for _, name := range slices.Sorted(maps.Keys(r.names)) {
		if _, still := now[name]; !still {
			r.add(op{kind: unlinks, file: r.names[name].file, name: name})
		}
	}
	r.names = now
}

// identify returns the number of a file, which is that of another name if both
// are names of one file.
func (r *Recorder) identify(name string, info fs.FileInfo) int {
	if was, known := r.names[name]; known && os.SameFile(was.info, info) {
		return was.file
	}
	for _, was := range r.names {
		if os.SameFile(was.info, info) {
			return was.file
		}
	}
	r.files++
	return r.files
}
