-- Places, budget, people. Money in euro cents, times in whole UTC seconds.
CREATE TABLE setting (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE stadsdeel (
    id INTEGER PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL
) STRICT;

CREATE TABLE wijk (
    id INTEGER PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    residents INTEGER
) STRICT;

CREATE TABLE buurt (
    id INTEGER PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    wijk_id INTEGER NOT NULL REFERENCES wijk (id),
    stadsdeel_id INTEGER NOT NULL REFERENCES stadsdeel (id),
    line_nl TEXT NOT NULL DEFAULT '',
    line_en TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX buurt_wijk ON buurt (wijk_id);

CREATE TABLE programme (
    id INTEGER PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    earmarked INTEGER NOT NULL DEFAULT 0 CHECK (earmarked IN (0, 1))
) STRICT;

-- A changed budget file comes in as a new version; older ones stay.
CREATE TABLE budget_version (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    digest TEXT NOT NULL UNIQUE,
    imported_at INTEGER NOT NULL
) STRICT;

-- year 0 holds the one-off investments; wijk_id is NULL for joint lines of the city ('gezamenlijk').
CREATE TABLE budget_line (
    id INTEGER PRIMARY KEY,
    version_id INTEGER NOT NULL REFERENCES budget_version (id),
    programme_id INTEGER NOT NULL REFERENCES programme (id),
    wijk_id INTEGER REFERENCES wijk (id),
    year INTEGER NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('known', 'pm', 'empty')),
    amount INTEGER NOT NULL CHECK (amount >= 0),
    CHECK (status = 'known' OR amount = 0)
) STRICT;
CREATE UNIQUE INDEX budget_line_once ON budget_line (version_id, programme_id, year, COALESCE(wijk_id, 0));

-- The share's ceiling in basis points of the wijk's cost: 1000 = 10 %, which also is the highest.
CREATE TABLE share_rule (
    wijk_id INTEGER NOT NULL REFERENCES wijk (id),
    year INTEGER NOT NULL,
    basis_points INTEGER NOT NULL CHECK (basis_points BETWEEN 0 AND 1000),
    reason TEXT NOT NULL,
    PRIMARY KEY (wijk_id, year)
) STRICT;

CREATE TABLE account (
    id INTEGER PRIMARY KEY,
    email TEXT NOT NULL,
    email_key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    password_hash TEXT,
    lang TEXT NOT NULL DEFAULT 'nl',
    buurt_id INTEGER REFERENCES buurt (id),
    confirmed_at INTEGER,
    residence_at INTEGER,
    totp_secret BLOB,
    totp_at INTEGER,
    totp_last_step INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    closed_at INTEGER
) STRICT;

CREATE TABLE recovery_code (
    account_id INTEGER NOT NULL REFERENCES account (id),
    code_hash BLOB NOT NULL,
    used_at INTEGER,
    PRIMARY KEY (account_id, code_hash)
) STRICT;

-- Where: both NULL is the whole city.
CREATE TABLE role_grant (
    id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES account (id),
    role TEXT NOT NULL CHECK (role IN ('moderator', 'staff', 'administrator')),
    buurt_id INTEGER REFERENCES buurt (id),
    stadsdeel_id INTEGER REFERENCES stadsdeel (id),
    organisation TEXT NOT NULL DEFAULT '',
    granted_by INTEGER REFERENCES account (id),
    granted_at INTEGER NOT NULL,
    revoked_at INTEGER
) STRICT;
CREATE INDEX role_grant_account ON role_grant (account_id);

CREATE TABLE session (
    token_hash BLOB NOT NULL PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES account (id),
    means TEXT NOT NULL CHECK (means IN ('password', 'link', 'demo')),
    created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    authenticated_at INTEGER NOT NULL,
    second_factor_at INTEGER,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX session_account ON session (account_id);
CREATE INDEX session_expiry ON session (expires_at);

-- A link that was mailed: sign-in, confirmation of an address, invitation, or sending in a waiting plan.
CREATE TABLE mail_link (
    token_hash BLOB NOT NULL PRIMARY KEY,
    purpose TEXT NOT NULL CHECK (purpose IN ('sign_in', 'confirm', 'invite', 'draft')),
    account_id INTEGER REFERENCES account (id),
    draft_id INTEGER,
    grant_id INTEGER REFERENCES role_grant (id),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT;

-- A code on paper that shows where somebody lives; only its HMAC is kept.
CREATE TABLE residence_code (
    code_hash BLOB NOT NULL PRIMARY KEY,
    buurt_id INTEGER NOT NULL REFERENCES buurt (id),
    issued_by INTEGER NOT NULL REFERENCES account (id),
    issued_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_by INTEGER REFERENCES account (id),
    used_at INTEGER
) STRICT;

-- A retried form gives the first answer again.
CREATE TABLE idempotency (
    key TEXT NOT NULL,
    act TEXT NOT NULL,
    actor TEXT NOT NULL,
    location TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (key, act, actor)
) STRICT;

CREATE TABLE limiter (
    bucket TEXT NOT NULL,
    key_hash BLOB NOT NULL,
    window_start INTEGER NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (bucket, key_hash, window_start)
) STRICT;

CREATE TABLE lease (
    name TEXT NOT NULL PRIMARY KEY,
    holder TEXT NOT NULL,
    until INTEGER NOT NULL
) STRICT;

-- Ids only; what was said lives, erasable, with its subject.
CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    actor_id INTEGER,
    act TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id INTEGER NOT NULL,
    detail TEXT NOT NULL DEFAULT ''
) STRICT;

-- Chained afterwards by one leased job, so that lines may commit out of order.
CREATE TABLE audit_chain (
    seq INTEGER PRIMARY KEY,
    audit_id INTEGER NOT NULL UNIQUE REFERENCES audit (id),
    hash BLOB NOT NULL
) STRICT;

CREATE TABLE audit_digest (
    id INTEGER PRIMARY KEY,
    seq INTEGER NOT NULL,
    hash BLOB NOT NULL,
    signature BLOB NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE TABLE outbox (
    id INTEGER PRIMARY KEY,
    template TEXT NOT NULL,
    address TEXT NOT NULL,
    lang TEXT NOT NULL,
    payload TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    next_try_at INTEGER NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    sent_at INTEGER,
    failed_at INTEGER
) STRICT;
CREATE INDEX outbox_due ON outbox (next_try_at) WHERE sent_at IS NULL AND failed_at IS NULL;

CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit lines are never changed'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit lines are never deleted'); END;
CREATE TRIGGER audit_chain_no_update BEFORE UPDATE ON audit_chain BEGIN SELECT RAISE(ABORT, 'the audit chain is never changed'); END;
CREATE TRIGGER audit_chain_no_delete BEFORE DELETE ON audit_chain BEGIN SELECT RAISE(ABORT, 'the audit chain is never deleted'); END;
