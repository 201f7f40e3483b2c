package db

import (
	"strings"
	"testing"

	sqlite3 "modernc.org/sqlite/lib"
)

// A disk without a free page fails in another way when the store is opened than
// when it is written to.
func TestAFullDiskIsCalledFull(t *testing.T) {
	for code, want := range map[int]string{
		sqlite3.SQLITE_FULL:          "is full",
		sqlite3.SQLITE_IOERR_SHMSIZE: "is full",
		sqlite3.SQLITE_IOERR_READ:    "failed to read or write",
	} {
		if message, _ := words(code, "store.db"); !strings.Contains(message, want) {
			t.Errorf("code %d: %q, want %q", code, message, want)
		}
	}
}
