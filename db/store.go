package db

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/hsterm/hsterm/oauth"
)

// Store is an open database. It may be used by several goroutines at once, and
// several processes may have the same file open.
type Store struct {
	path    string
	pool    *sql.DB
	now     func() time.Time
	actor   string
	keys    KeyOptions
	install string // identity of this database, made with it

	// writing admits one writer of this process at a time: SQLite's own waiting
	// is polling and unfair, and between goroutines there is no need of it.
	writing   chan struct{}
	unlocking chan struct{}
	sealer    atomic.Pointer[sealer]
	source    atomic.Value // Source, once chosen
	hot       sync.Map     // text of a statement that is run often: *sql.Stmt

	watching chan struct{}
	watch    *sql.Conn // guarded by watching
}

// The interfaces that package oauth declares and the store implements.
var (
	_ oauth.Store           = (*Store)(nil)
	_ oauth.CallStore       = (*Store)(nil)
	_ oauth.WriteStore      = (*Store)(nil)
	_ oauth.VerdictStore    = (*Store)(nil)
	_ oauth.ConnectionStore = (*Store)(nil)
)

// Options say where the store is and how its secrets are opened.
type Options struct {
	Path  string // of the database file; its folder is made when missing
	Keys  KeyOptions
	Now   func() time.Time // nil: the system's clock
	Actor string           // written into events, such as "cli"; the pid is added
}

// Open opens the store and makes it when it does not exist. It does not unlock
// it: what is not secret can be read at once. Failures are *oauth.Error of
// ClassStore, and leave what they found untouched.
func Open(ctx context.Context, o Options) (*Store, error) {
	path, err := filepath.Abs(o.Path)
	if err != nil || o.Path == "" {
		return nil, failure(err, "The store has no usable path.", "Name a file with --db or HSTERM_DB.")
	}
	now := o.Now
	if now == nil {
		now = time.Now
	}
	exists, err := inspect(path)
	if err != nil {
		return nil, err
	}
	if !exists {
		if err := create(ctx, path, o.Keys, now()); err != nil {
			return nil, err
		}
	}
	s := &Store{
		path: path, now: now, keys: o.Keys,
		actor:     actorName(o.Actor),
		writing:   make(chan struct{}, 1),
		unlocking: make(chan struct{}, 1),
		watching:  make(chan struct{}, 1),
	}
	if err := s.connect(ctx); err != nil {
		return nil, err
	}
	return s, nil
}

// connect opens the pool, recognises the file and brings its schema up to date.
func (s *Store) connect(ctx context.Context) error {
	pool, err := openPool(s.path)
	if err != nil {
		return s.explain(err)
	}
	s.pool = pool
	err = func() error {
		if err := recognise(ctx, pool, s.path); err != nil {
			return err
		}
		if err := verify(ctx, pool); err != nil {
			return err
		}
		var source Source
		err := pool.QueryRowContext(ctx, sqlIdentity).Scan(&s.install, &source)
		s.source.Store(source)
		return err
	}()
	if err != nil {
		_ = pool.Close()
		return s.explain(err)
	}
	return nil
}

const sqlIdentity = `SELECT install_id, key_source FROM meta WHERE id = 1`

// Close ends all use of the file. Nothing that was acknowledged is lost by not
// calling it.
func (s *Store) Close() error {
	s.watching <- struct{}{}
	defer func() { <-s.watching }()
	if s.watch != nil {
		_ = s.watch.Close()
		s.watch = nil
	}
	return s.explain(s.pool.Close())
}

// Path returns the absolute path of the database file.
func (s *Store) Path() string { return s.path }

func actorName(name string) string {
	pid := strconv.Itoa(os.Getpid())
	if name == "" {
		return "pid " + pid
	}
	return name + " " + pid
}
