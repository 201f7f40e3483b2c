-- +goose Up
-- Writes from before they are sent until their outcome is known. outcome is '' or
-- 'unknown'; others end the row. The path has no query.

CREATE TABLE writes (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    portal_id   INTEGER NOT NULL REFERENCES portals (id) ON DELETE CASCADE,
    fingerprint BLOB    NOT NULL,
    method      TEXT    NOT NULL,
    path        TEXT    NOT NULL,
    started_at  INTEGER NOT NULL,
    outcome     TEXT    NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX writes_fingerprint ON writes (portal_id, fingerprint, id);

PRAGMA user_version = 3;
