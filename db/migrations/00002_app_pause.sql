-- +goose Up
-- A token endpoint that says there were too many requests counts them by client,
-- so the answer to one portal holds for all of its app.

ALTER TABLE apps ADD COLUMN paused_until INTEGER NOT NULL DEFAULT 0;
ALTER TABLE apps ADD COLUMN pause_reason TEXT NOT NULL DEFAULT '';

PRAGMA user_version = 2;
