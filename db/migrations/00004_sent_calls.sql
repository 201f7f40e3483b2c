-- +goose Up
-- Calls that a person sent and may want to send again. request is sealed: it holds
-- the query and the body, which may be about people. The path has no query.

CREATE TABLE sent_calls (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    portal_id      INTEGER NOT NULL REFERENCES portals (id) ON DELETE CASCADE,
    at             INTEGER NOT NULL,
    sample         TEXT    NOT NULL DEFAULT '',
    method         TEXT    NOT NULL,
    path           TEXT    NOT NULL,
    request        BLOB,
    status         INTEGER NOT NULL DEFAULT 0,
    class          TEXT    NOT NULL DEFAULT '',
    duration_us    INTEGER NOT NULL DEFAULT 0,
    size           INTEGER NOT NULL DEFAULT 0,
    correlation_id TEXT    NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX sent_calls_portal ON sent_calls (portal_id, id);

PRAGMA user_version = 4;
