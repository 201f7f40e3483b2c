package db

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/hsterm/hsterm/oauth"
)

// failure is a failure of the store itself.
func failure(cause error, message, hint string) error {
	return &oauth.Error{Class: oauth.ClassStore, Message: message, Hint: hint, Err: cause}
}

func usage(message, hint string) error {
	return &oauth.Error{Class: oauth.ClassUsage, Message: message, Hint: hint}
}

func notFound(message, hint string) error {
	return &oauth.Error{Class: oauth.ClassNotFound, Message: message, Hint: hint}
}

// explain turns what SQLite and database/sql say into an *oauth.Error. Errors
// that are one already pass.
func (s *Store) explain(err error) error { return explain(err, s.path) }

func explain(err error, path string) error {
	var known *oauth.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &known):
		return err
	case errors.Is(err, context.Canceled):
		return &oauth.Error{Class: oauth.ClassInterrupted, Message: "Cancelled before the store answered.", Err: err}
	case errors.Is(err, context.DeadlineExceeded):
		return &oauth.Error{Class: oauth.ClassTimedOut, Message: "The store did not answer in time.", Err: err}
	case errors.Is(err, sql.ErrNoRows):
		return failure(err, "The store "+path+" lacks a row it must have: it is damaged.", hintRestore)
	}
	if strings.Contains(err.Error(), "sql: Scan error") { // database/sql has no type for it
		return failure(err, "The store "+path+" is damaged: a column holds what it cannot hold. It was left as it is.", hintRestore)
	}
	message, hint := words(resultCode(err), path)
	return failure(err, message, hint)
}

const hintRestore = "Keep it, and put the newest backup in its place; without one, move it away and connect again."

// words says in plain language what a result code means for this file.
func words(code int, path string) (message, hint string) {
	if code == sqlite3.SQLITE_IOERR_SHMSIZE {
		code = sqlite3.SQLITE_FULL // the file it shares with other processes cannot grow, without which WAL is not even read
	}
	switch code & 0xff {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return "The store " + path + " is locked by another program.",
			"Close what holds it (another hsterm, a backup, a SQLite shell) and try again."
	case sqlite3.SQLITE_FULL:
		return "The disk that holds " + path + " is full; nothing was changed.", "Free some space and try again."
	case sqlite3.SQLITE_READONLY:
		return "The store " + path + " cannot be written to; nothing was changed.",
			"Make the file and its folder writable for you: chmod 600 the file, chmod 700 the folder."
	case sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH:
		return "The store " + path + " cannot be opened.", "Check that the file and its folder are yours and writable."
	case sqlite3.SQLITE_NOTADB:
		return "The file " + path + " is not a database, or its beginning is damaged; it was left as it is.",
			"If it never was a store of hsterm, name another file with --db. If it was: keep it, and put the newest backup in its place."
	case sqlite3.SQLITE_CORRUPT:
		return "The store " + path + " is damaged; it was left as it is.", hintRestore
	case sqlite3.SQLITE_IOERR:
		return "The disk that holds " + path + " failed to read or write.", "Check the disk and the system log, then try again."
	}
	return "The store " + path + " failed.", "Try again; if it fails again, report it with the log."
}

// resultCode returns SQLite's extended result code of err, 0 when it is not
// SQLite's.
func resultCode(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code()
	}
	return 0
}

func busy(err error) bool {
	code := resultCode(err) & 0xff
	return code == sqlite3.SQLITE_BUSY || code == sqlite3.SQLITE_LOCKED
}

// duplicate tells whether err is a broken uniqueness.
func duplicate(err error) bool {
	return resultCode(err) == sqlite3.SQLITE_CONSTRAINT_UNIQUE
}
