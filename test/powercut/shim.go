package powercut

import (
	"errors"
	"fmt"
	"strings"
	"unsafe"

	"modernc.org/libc"
	sqlite "modernc.org/sqlite/lib"
)

// The functions of a VFS and of an open file, https://sqlite.org/c3ref/vfs.html
// and https://sqlite.org/c3ref/io_methods.html, as modernc.org/sqlite calls them.
type (
	openFunc     = func(tls *libc.TLS, vfs, name, file uintptr, flags int32, outFlags uintptr) int32
	deleteFunc   = func(tls *libc.TLS, vfs, name uintptr, syncFolder int32) int32
	closeFunc    = func(tls *libc.TLS, file uintptr) int32
	writeFunc    = func(tls *libc.TLS, file, content uintptr, n int32, offset int64) int32
	truncateFunc = func(tls *libc.TLS, file uintptr, size int64) int32
	syncFunc     = func(tls *libc.TLS, file uintptr, flags int32) int32
)

// shim is a VFS in front of SQLite's default one. It lets the default one make
// the files and changes only the table of functions in them, so that reading,
// locking and shared memory go where they always went.
type shim struct {
	tls     *libc.TLS
	vfs     uintptr // ours, in SQLite's memory
	name    uintptr
	inner   *sqlite.Tsqlite3_vfs
	innerAt uintptr

	// What SQLite holds are addresses, which the garbage collector does not see.
	kept []any
}

// install puts a VFS before the default one, which it becomes.
func (r *Recorder) install() error {
	s := &r.shim
	s.tls = libc.NewTLS()
	s.innerAt = sqlite.Xsqlite3_vfs_find(s.tls, 0)
	size := int32(unsafe.Sizeof(sqlite.Tsqlite3_vfs{}))
	s.vfs = sqlite.Xsqlite3_malloc(s.tls, size)
	name, err := libc.CString(fmt.Sprintf("recording %p", r))
	if s.innerAt == 0 || s.vfs == 0 || err != nil {
		s.tls.Close()
		return errors.Join(errors.New("SQLite has no VFS to stand before"), err)
	}
	s.name, s.inner = name, at[sqlite.Tsqlite3_vfs](s.innerAt)
	ours := at[sqlite.Tsqlite3_vfs](s.vfs)
	*ours = *s.inner
	ours.FpNext, ours.FzName = 0, name
	ours.FxOpen = keep[openFunc](s, r.open)
	ours.FxDelete = keep[deleteFunc](s, r.delete)
	if rc := sqlite.Xsqlite3_vfs_register(s.tls, s.vfs, 1); rc != sqlite.SQLITE_OK {
		return fmt.Errorf("SQLite refuses the recording VFS: %d", rc)
	}
	return nil
}

// remove makes the VFS that was the default one before the default again. What
// SQLite may still point to stays.
func (s *shim) remove() {
	sqlite.Xsqlite3_vfs_unregister(s.tls, s.vfs)
	sqlite.Xsqlite3_vfs_register(s.tls, s.innerAt, 1)
	s.tls.Close()
}

// open lets the file be opened, and listens to it if it is one to be recorded.
func (r *Recorder) open(tls *libc.TLS, _, name, file uintptr, flags int32, outFlags uintptr) int32 {
	rc := function[openFunc](r.shim.inner.FxOpen)(tls, r.shim.innerAt, name, file, flags, outFlags)
	if rc != sqlite.SQLITE_OK || name == 0 {
		return rc
	}
	path := libc.GoString(name)
	if !r.concerns(path) {
		return rc
	}
	methods := &at[sqlite.Tsqlite3_file](file).FpMethods
	h := &handle{
		path: path,
		log:  flags&sqlite.SQLITE_OPEN_WAL != 0,
		// SQLite's unix VFS syncs the folder with the first sync of a log or a
		// journal that it may have made (UNIXFILE_DIRSYNC in os_unix.c).
		folder: flags&sqlite.SQLITE_OPEN_CREATE != 0 && flags&(sqlite.SQLITE_OPEN_WAL|sqlite.SQLITE_OPEN_MAIN_JOURNAL) != 0,
		inner:  *at[sqlite.Tsqlite3_io_methods](*methods),
	}
	*methods = r.listening(tls, *methods)
	r.opened(file, h)
	return rc
}

// listening returns the table of functions that takes the place of another.
func (r *Recorder) listening(tls *libc.TLS, methods uintptr) uintptr {
	r.mu.Lock()
	defer r.mu.Unlock()
	if ours, known := r.tables[methods]; known {
		return ours
	}
	ours := sqlite.Xsqlite3_malloc(tls, int32(unsafe.Sizeof(sqlite.Tsqlite3_io_methods{})))
	if ours == 0 {
		return methods
	}
	table := at[sqlite.Tsqlite3_io_methods](ours)
	*table = *at[sqlite.Tsqlite3_io_methods](methods)
	table.FxClose = keep[closeFunc](&r.shim, r.close)
	table.FxWrite = keep[writeFunc](&r.shim, r.write)
	table.FxTruncate = keep[truncateFunc](&r.shim, r.truncate)
	table.FxSync = keep[syncFunc](&r.shim, r.sync)
	r.tables[methods] = ours
	return ours
}

func (r *Recorder) delete(tls *libc.TLS, _, name uintptr, syncFolder int32) int32 {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.look()
	rc := function[deleteFunc](r.shim.inner.FxDelete)(tls, r.shim.innerAt, name, syncFolder)
	if r.look(); rc == sqlite.SQLITE_OK && syncFolder != 0 && r.concerns(libc.GoString(name)) {
		r.add(op{kind: syncs, file: nowhere, folder: true, until: len(r.ops)})
	}
	return rc
}

func (r *Recorder) close(tls *libc.TLS, file uintptr) int32 {
	h := r.closed(file)
	return function[closeFunc](h.inner.FxClose)(tls, file)
}

func (r *Recorder) write(tls *libc.TLS, file, content uintptr, n int32, offset int64) int32 {
	h := r.handle(file)
	r.mu.Lock() // so that the list is in the order of the file
	defer r.mu.Unlock()
	rc := function[writeFunc](h.inner.FxWrite)(tls, file, content, n, offset)
	if rc == sqlite.SQLITE_OK {
		r.add(op{kind: writes, file: h.file, log: h.log, at: offset, data: copied(content, n)})
	}
	return rc
}

func (r *Recorder) truncate(tls *libc.TLS, file uintptr, size int64) int32 {
	h := r.handle(file)
	r.mu.Lock()
	defer r.mu.Unlock()
	rc := function[truncateFunc](h.inner.FxTruncate)(tls, file, size)
	if rc == sqlite.SQLITE_OK {
		r.add(op{kind: truncates, file: h.file, at: size})
	}
	return rc
}

// sync does not hold the others up: it covers what was written before it began.
func (r *Recorder) sync(tls *libc.TLS, file uintptr, flags int32) int32 {
	h := r.handle(file)
	until := r.now()
	rc := function[syncFunc](h.inner.FxSync)(tls, file, flags)
	if rc == sqlite.SQLITE_OK {
		r.synced(h, until)
	}
	return rc
}

// concerns tells whether a file is one to be recorded: shared memory does not
// outlive the machine.
func (r *Recorder) concerns(path string) bool {
	return strings.HasPrefix(path, r.prefix) && !strings.HasSuffix(path, "-shm")
}

// function is the Go function at an address that SQLite knows.
func function[F any](address uintptr) F { return *(*F)(unsafe.Pointer(&address)) }

// keep returns the address of a Go function, which stays there until the shim
// is forgotten.
func keep[F any](s *shim, f F) uintptr {
	s.kept = append(s.kept, f)
	return *(*uintptr)(unsafe.Pointer(&f))
}

// at is what lies at an address of SQLite's memory, which Go does not move.
func at[T any](address uintptr) *T { return (*T)(*(*unsafe.Pointer)(unsafe.Pointer(&address))) }

func copied(address uintptr, n int32) []byte {
	return append([]byte(nil), unsafe.Slice(at[byte](address), n)...)
}
