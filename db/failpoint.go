//go:build failpoint

package db

import (
	"errors"

	"modernc.org/sqlite"
)

// OnCommit has reached called inside every commit on connections that are opened
// from now on: the transaction is complete, and nothing of it is in the log yet.
func OnCommit(reached func()) {
	sqlite.RegisterConnectionHook(func(conn sqlite.ExecQuerierContext, _ string) error {
		hooks, ok := conn.(sqlite.HookRegisterer)
		if !ok {
			return errors.New("this driver tells nobody about its commits")
		}
		hooks.RegisterCommitHook(func() int32 {
			reached()
			return 0 // anything else would roll back
		})
		return nil
	})
}
