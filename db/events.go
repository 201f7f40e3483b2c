package db

import (
	"context"
	"database/sql"
	"math"
	"slices"
	"time"

	"github.com/hsterm/hsterm/oauth"
)

// How much of the past is kept.
const (
	eventsKept   = 20_000
	eventsMaxAge = 180 * 24 * time.Hour
	pruneEvery   = 256 // events; and how many are looked at for their age
)

const (
	sqlAddEvent = `INSERT INTO events (at, portal_id, alias, kind, outcome, class, detail, actor, duration_us, status, correlation_id)
		VALUES (?, ?, coalesce(nullif(?, ''), (SELECT alias FROM portals WHERE id = ?), ''), ?, ?, ?, ?, ?, ?, ?, ?)`
	sqlPruneCount = `DELETE FROM events WHERE id <= ?`
	sqlPruneAge   = `DELETE FROM events WHERE at < ? AND id IN (SELECT id FROM events ORDER BY id LIMIT ?)`
	sqlEvents     = `SELECT id, at, portal_id, alias, kind, outcome, class, detail, actor, duration_us, status, correlation_id FROM events WHERE `
	sqlOfPortal   = `portal_id = ? AND `
	sqlOfAlias    = `alias = ? COLLATE NOCASE AND `
	sqlNewest     = `id > ? AND id < ? ORDER BY id DESC LIMIT ?`
	sqlOldest     = `id > ? AND id < ? ORDER BY id LIMIT ?`
)

// Record adds an event. Time, alias and actor are filled in when they are empty.
func (s *Store) Record(ctx context.Context, event oauth.Event) error {
	now := s.now()
	return s.write(ctx, func(ctx context.Context, tx *sql.Tx) error { return s.addEvent(ctx, tx, event, now) })
}

// addEvent adds an event within a transaction. One without a kind is none.
func (s *Store) addEvent(ctx context.Context, tx *sql.Tx, e oauth.Event, now time.Time) error {
	if e.Kind == "" {
		return nil
	}
	if e.At.IsZero() {
		e.At = now
	}
	if e.Actor == "" {
		e.Actor = s.actor
	}
	if e.Outcome == "" {
		e.Outcome = oauth.OutcomeOK
		if e.Class != "" {
			e.Outcome = oauth.OutcomeFailed
		}
	}
	result, err := s.exec(ctx, tx, sqlAddEvent, stamp(e.At), e.PortalID, e.Alias, e.PortalID, e.Kind, e.Outcome, e.Class,
		e.Detail, e.Actor, e.Duration.Microseconds(), e.Status, e.CorrelationID)
	if err != nil {
		return err
	}
	id, err := result.LastInsertId()
	if err != nil || id%pruneEvery != 0 {
		return err
	}
	if _, err := tx.ExecContext(ctx, sqlPruneCount, id-eventsKept); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, sqlPruneAge, stamp(now.Add(-eventsMaxAge)), 2*pruneEvery)
	return err
}

// eventsQuery is the statement of a filter and its arguments.
func eventsQuery(filter oauth.EventFilter) (string, []any) {
	query, args := sqlEvents, []any(nil)
	switch {
	case filter.PortalID != 0:
		query, args = query+sqlOfPortal, append(args, filter.PortalID)
	case filter.Alias != "":
		query, args = query+sqlOfAlias, append(args, filter.Alias)
	}
	before, limit := filter.BeforeID, filter.Limit
	if before == 0 {
		before = math.MaxInt64
	}
	if limit <= 0 {
		limit = 200
	}
	args = append(args, filter.AfterID, before, limit)
	if filter.Oldest {
		return query + sqlOldest, args
	}
	return query + sqlNewest, args
}

// Events returns what happened, newest first. The store may be locked.
func (s *Store) Events(ctx context.Context, filter oauth.EventFilter) ([]oauth.Event, error) {
	query, args := eventsQuery(filter)
	var events []oauth.Event
	err := s.read(ctx, func() error {
		events = nil
		rows, err := s.pool.QueryContext(ctx, query, args...)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var e oauth.Event
			var at, took int64
			if err := rows.Scan(&e.ID, &at, &e.PortalID, &e.Alias, &e.Kind, &e.Outcome, &e.Class, &e.Detail,
				&e.Actor, &took, &e.Status, &e.CorrelationID); err != nil {
				return err
			}
			e.At, e.Duration = moment(at), time.Duration(took)*time.Microsecond
			events = append(events, e)
		}
		return rows.Err()
	})
	if filter.Oldest {
		slices.Reverse(events)
	}
	return events, err
}
