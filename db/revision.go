package db

import "context"

// Revision changes whenever anybody has written to the store, this process
// included. It never writes, and costs one look at shared memory.
//
// SQLite's data_version tells one connection of the commits of all others, in
// this process and elsewhere, so it is asked on a connection that never writes.
func (s *Store) Revision(ctx context.Context) (int64, error) {
	select {
	case s.watching <- struct{}{}:
		defer func() { <-s.watching }()
	case <-ctx.Done():
		return 0, s.explain(ctx.Err())
	}
	var revision int64
	err := s.read(ctx, func() error {
		if s.watch == nil {
			conn, err := s.pool.Conn(ctx)
			if err != nil {
				return err
			}
			s.watch = conn
		}
		return s.watch.QueryRowContext(ctx, `PRAGMA data_version`).Scan(&revision)
	})
	return revision, err
}
