-- Rounds with their secret ballot box, and survey waves with theirs.
CREATE TABLE round (
    id INTEGER PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    buurt_id INTEGER NOT NULL REFERENCES buurt (id),
    title TEXT NOT NULL,
    intro TEXT NOT NULL,
    pot INTEGER NOT NULL CHECK (pot > 0),
    year INTEGER NOT NULL,
    form TEXT NOT NULL CHECK (form IN ('approval')),
    max_picks INTEGER NOT NULL CHECK (max_picks BETWEEN 1 AND 100),
    rule TEXT NOT NULL CHECK (rule IN ('greedy')),
    source TEXT NOT NULL CHECK (source IN ('accounts', 'codes')),
    receipts INTEGER NOT NULL CHECK (receipts IN (0, 1)),
    phase TEXT NOT NULL CHECK (phase IN ('setup', 'published', 'voting', 'counting', 'result', 'stopped')),
    voting_opens_at INTEGER NOT NULL,
    voting_closes_at INTEGER NOT NULL CHECK (voting_closes_at > voting_opens_at),
    paper TEXT,
    paper_digest TEXT,
    key_fingerprint TEXT,
    opened_at INTEGER,
    closed_at INTEGER,
    turnout INTEGER,
    roll_size INTEGER,
    stray INTEGER,
    stop_reason TEXT NOT NULL DEFAULT '',
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE paper_plan (
    round_id INTEGER NOT NULL REFERENCES round (id),
    initiative_id INTEGER NOT NULL REFERENCES initiative (id),
    position INTEGER NOT NULL,
    title TEXT NOT NULL,
    summary TEXT NOT NULL,
    minimum INTEGER NOT NULL CHECK (minimum > 0),
    desired INTEGER NOT NULL CHECK (desired >= minimum),
    withdrawn_at INTEGER,
    PRIMARY KEY (round_id, initiative_id)
) STRICT;

-- The voter is the roll entry. No 'voted' flag and no time stands here.
CREATE TABLE roll_entry (
    id INTEGER PRIMARY KEY,
    round_id INTEGER NOT NULL REFERENCES round (id),
    account_id INTEGER REFERENCES account (id),
    code_hash BLOB UNIQUE,
    revoked INTEGER NOT NULL DEFAULT 0 CHECK (revoked IN (0, 1)),
    UNIQUE (round_id, account_id)
) STRICT;

-- The box until the close: keyed by HMAC(round key, roll entry). No rowid, no time, no person.
CREATE TABLE ballot_box (
    round_id INTEGER NOT NULL,
    pseudonym BLOB NOT NULL,
    picks TEXT NOT NULL,
    tokens TEXT NOT NULL,
    idempotency_key BLOB NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (round_id, pseudonym)
) STRICT, WITHOUT ROWID;

-- Keys of replaced ballots, so that an older retry never replaces a newer ballot; gone with the box.
CREATE TABLE ballot_retry (
    round_id INTEGER NOT NULL,
    pseudonym BLOB NOT NULL,
    idempotency_key BLOB NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (round_id, pseudonym, idempotency_key)
) STRICT, WITHOUT ROWID;

-- After the close: whole ballots in shuffled order, without pseudonym or tokens.
CREATE TABLE ballot_counted (
    round_id INTEGER NOT NULL REFERENCES round (id),
    position INTEGER NOT NULL,
    picks TEXT NOT NULL,
    PRIMARY KEY (round_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE ballot_token (
    round_id INTEGER NOT NULL REFERENCES round (id),
    initiative_id INTEGER NOT NULL,
    token BLOB NOT NULL,
    PRIMARY KEY (round_id, initiative_id, token)
) STRICT, WITHOUT ROWID;

CREATE TABLE round_result (
    round_id INTEGER NOT NULL REFERENCES round (id),
    version INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    counted_at INTEGER NOT NULL,
    published_at INTEGER,
    PRIMARY KEY (round_id, version)
) STRICT;

CREATE TABLE anomaly (
    subject TEXT NOT NULL,
    kind TEXT NOT NULL,
    day INTEGER NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (subject, kind, day)
) STRICT;

CREATE TABLE wave (
    id INTEGER PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    opens_at INTEGER NOT NULL,
    closes_at INTEGER NOT NULL CHECK (closes_at > opens_at),
    phase TEXT NOT NULL CHECK (phase IN ('open', 'closed')),
    key_fingerprint TEXT,
    responses INTEGER,
    created_at INTEGER NOT NULL
) STRICT;

-- One answer per resident per wave under HMAC(wave key, account), until the close.
CREATE TABLE answer_box (
    wave_id INTEGER NOT NULL,
    pseudonym BLOB NOT NULL,
    buurt_id INTEGER NOT NULL,
    mark INTEGER,
    good TEXT NOT NULL,
    better TEXT NOT NULL,
    can_do TEXT NOT NULL,
    idempotency_key BLOB NOT NULL,
    PRIMARY KEY (wave_id, pseudonym)
) STRICT, WITHOUT ROWID;

CREATE TABLE answer (
    wave_id INTEGER NOT NULL REFERENCES wave (id),
    position INTEGER NOT NULL,
    buurt_id INTEGER NOT NULL REFERENCES buurt (id),
    mark INTEGER CHECK (mark BETWEEN 1 AND 10),
    good TEXT NOT NULL,
    better TEXT NOT NULL,
    can_do TEXT NOT NULL,
    quote_released INTEGER NOT NULL DEFAULT 0 CHECK (quote_released IN (0, 1)),
    PRIMARY KEY (wave_id, position)
) STRICT, WITHOUT ROWID;
