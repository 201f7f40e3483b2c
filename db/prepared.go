package db

import (
	"context"
	"database/sql"
)

// prepared returns a statement that is parsed once: for those that every call to
// HubSpot and every refresh goes through, parsing takes longer than running.
func (s *Store) prepared(ctx context.Context, text string) (*sql.Stmt, error) {
	if statement, known := s.hot.Load(text); known {
		return statement.(*sql.Stmt), nil
	}
	var statement *sql.Stmt
	err := s.read(ctx, func() (err error) {
		statement, err = s.pool.PrepareContext(context.WithoutCancel(ctx), text)
		return err
	})
	if err != nil {
		return nil, err
	}
	if first, known := s.hot.LoadOrStore(text, statement); known {
		_ = statement.Close() // another goroutine was faster
		return first.(*sql.Stmt), nil
	}
	return statement, nil
}

// exec runs a prepared statement within a transaction.
func (s *Store) exec(ctx context.Context, tx *sql.Tx, text string, args ...any) (sql.Result, error) {
	statement, err := s.prepared(ctx, text)
	if err != nil {
		return nil, err
	}
	return tx.StmtContext(ctx, statement).ExecContext(ctx, args...)
}

// row reads one row by a prepared statement within a transaction.
func (s *Store) row(ctx context.Context, tx *sql.Tx, text string, args ...any) *sql.Row {
	statement, err := s.prepared(ctx, text)
	if err != nil {
		return tx.QueryRowContext(ctx, text, args...) // which tells what is wrong
	}
	return tx.StmtContext(ctx, statement).QueryRowContext(ctx, args...)
}
