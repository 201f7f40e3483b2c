package db

import (
	"context"
	"database/sql"
	"math/rand/v2"
	"time"
)

// retries bounds how often a busy database is asked again. Each try waits
// busyTimeout inside SQLite already.
const retries = 3

// write runs fn in one IMMEDIATE transaction and commits it. fn may run more
// than once and so must not do anything but SQL and arithmetic.
//
// ctx only bounds the waiting. Once begun, the transaction runs to its end: it
// is short, and a commit that was interrupted half way leaves its outcome open.
func (s *Store) write(ctx context.Context, fn func(ctx context.Context, tx *sql.Tx) error) error {
	select {
	case s.writing <- struct{}{}:
		defer func() { <-s.writing }()
	case <-ctx.Done():
		return s.explain(ctx.Err())
	}
	return s.explain(again(ctx, func() error {
		ctx := context.WithoutCancel(ctx)
		tx, err := s.pool.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		if err := fn(ctx, tx); err != nil {
			_ = tx.Rollback()
			return err
		}
		return tx.Commit()
	}))
}

// read runs fn, which reads by one statement, and again while the database is
// busy: with a write-ahead log that happens only while another process recovers.
func (s *Store) read(ctx context.Context, fn func() error) error {
	return s.explain(again(ctx, fn))
}

// again calls try until it is not busy, with a jittered pause in between.
func again(ctx context.Context, try func() error) error {
	for n := 1; ; n++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		err := try()
		if err == nil || !busy(err) || n == retries {
			return err
		}
		pause := time.NewTimer(time.Duration(n) * (5*time.Millisecond + rand.N(45*time.Millisecond)))
		select {
		case <-pause.C:
		case <-ctx.Done():
			pause.Stop()
			return ctx.Err()
		}
	}
}

// stamp is how a time is stored: Unix milliseconds, 0 for the zero time.
func stamp(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// moment reads a stamp as a time in UTC.
func moment(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}
