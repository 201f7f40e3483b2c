-- +goose Up
-- Times are Unix milliseconds (0: never) except expires_at, which is whole
-- seconds, and lifetime, seconds. Scope lists are separated by single spaces.

CREATE TABLE meta (
    id         INTEGER PRIMARY KEY CHECK (id = 1),
    install_id TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    key_source TEXT    NOT NULL DEFAULT '',
    key_check  BLOB    NOT NULL DEFAULT x'',
    sentinel   BLOB    NOT NULL DEFAULT x'',
    probed_at  INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE key_slots (
    id         TEXT    PRIMARY KEY,
    source     TEXT    NOT NULL,
    params     TEXT    NOT NULL DEFAULT '',
    wrapped    BLOB    NOT NULL,
    wrap_check BLOB    NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE apps (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    name            TEXT    NOT NULL COLLATE NOCASE UNIQUE,
    client_id       TEXT    NOT NULL UNIQUE,
    version         INTEGER NOT NULL,
    secret          BLOB    NOT NULL,
    scopes          TEXT    NOT NULL,
    optional_scopes TEXT    NOT NULL,
    user_level      INTEGER NOT NULL,
    created_at      INTEGER NOT NULL,
    updated_at      INTEGER NOT NULL
) STRICT;

-- grant_user_id is user_id where each user has a grant of their own, else 0.
CREATE TABLE portals (
    id                 INTEGER PRIMARY KEY AUTOINCREMENT,
    alias              TEXT    NOT NULL COLLATE NOCASE UNIQUE,
    kind               TEXT    NOT NULL,
    app_id             INTEGER REFERENCES apps (id) ON DELETE RESTRICT,
    client_id          TEXT    NOT NULL,
    hub_id             INTEGER NOT NULL,
    user_id            INTEGER NOT NULL,
    grant_user_id      INTEGER NOT NULL,
    account_type       TEXT    NOT NULL,
    ui_domain          TEXT    NOT NULL,
    region             TEXT    NOT NULL,
    scopes             TEXT    NOT NULL,
    token_type         TEXT    NOT NULL,
    expires_at         INTEGER NOT NULL,
    lifetime           INTEGER NOT NULL,
    token_version      INTEGER NOT NULL,
    token_at           INTEGER NOT NULL,
    status             TEXT    NOT NULL,
    status_reason      TEXT    NOT NULL DEFAULT '',
    status_since       INTEGER NOT NULL,
    keep_fresh         INTEGER NOT NULL DEFAULT 0,
    protected          INTEGER NOT NULL DEFAULT 0,
    created_at         INTEGER NOT NULL,
    updated_at         INTEGER NOT NULL,
    lease_owner        TEXT    NOT NULL DEFAULT '',
    lease_gen          INTEGER NOT NULL DEFAULT 0,
    lease_until        INTEGER NOT NULL DEFAULT 0,
    lease_tainted      INTEGER NOT NULL DEFAULT 0,
    attempt_id         TEXT    NOT NULL DEFAULT '',
    attempt_started_at INTEGER NOT NULL DEFAULT 0,
    next_attempt_at    INTEGER NOT NULL DEFAULT 0,
    fail_count         INTEGER NOT NULL DEFAULT 0,
    last_failure_class TEXT    NOT NULL DEFAULT '',
    refresh_ok         INTEGER NOT NULL DEFAULT 0,
    refresh_failed     INTEGER NOT NULL DEFAULT 0,
    last_refresh_at    INTEGER NOT NULL DEFAULT 0,
    last_refresh_ms    INTEGER NOT NULL DEFAULT 0,
    last_failure_at    INTEGER NOT NULL DEFAULT 0,
    last_401_at        INTEGER NOT NULL DEFAULT 0,
    calls              INTEGER NOT NULL DEFAULT 0,
    calls_under_120    INTEGER NOT NULL DEFAULT 0,
    last_used_at       INTEGER NOT NULL DEFAULT 0,
    secret             BLOB    NOT NULL
) STRICT;

-- A server that is not HubSpot may tell no hub id; such grants cannot be told
-- apart and so are never merged.
CREATE UNIQUE INDEX portals_grant ON portals (client_id, hub_id, grant_user_id)
    WHERE app_id IS NOT NULL AND hub_id <> 0;
CREATE INDEX portals_app ON portals (app_id);
CREATE INDEX portals_hub ON portals (hub_id);

CREATE TABLE events (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    at             INTEGER NOT NULL,
    portal_id      INTEGER NOT NULL,
    alias          TEXT    NOT NULL,
    kind           TEXT    NOT NULL,
    outcome        TEXT    NOT NULL,
    class          TEXT    NOT NULL,
    detail         TEXT    NOT NULL,
    actor          TEXT    NOT NULL,
    duration_us    INTEGER NOT NULL,
    status         INTEGER NOT NULL,
    correlation_id TEXT    NOT NULL
) STRICT;

CREATE INDEX events_portal ON events (portal_id, id);

PRAGMA user_version = 1;
