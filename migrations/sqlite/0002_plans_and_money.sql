-- Initiatives and their road, and the double-entry ledger.
CREATE TABLE picture (
    id INTEGER PRIMARY KEY,
    mime TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    alt TEXT NOT NULL DEFAULT '',
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE initiative (
    id INTEGER PRIMARY KEY,
    buurt_id INTEGER NOT NULL REFERENCES buurt (id),
    account_id INTEGER NOT NULL REFERENCES account (id),
    title TEXT NOT NULL,
    what TEXT NOT NULL,
    why TEXT NOT NULL,
    place TEXT NOT NULL DEFAULT '',
    cost_known INTEGER NOT NULL CHECK (cost_known IN (0, 1)),
    minimum INTEGER NOT NULL CHECK (minimum >= 0),
    desired INTEGER NOT NULL CHECK (desired >= minimum),
    for_kind TEXT NOT NULL CHECK (for_kind IN ('resident', 'group', 'organisation', 'shop')),
    for_name TEXT NOT NULL DEFAULT '',
    helpers TEXT NOT NULL DEFAULT '',
    programme_id INTEGER REFERENCES programme (id),
    supporter_name TEXT NOT NULL DEFAULT '',
    picture_id INTEGER REFERENCES picture (id),
    drawing TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'returned', 'published', 'feasible', 'infeasible', 'on_ballot',
        'funded', 'reserve', 'not_funded', 'in_execution', 'completed', 'cancelled', 'withdrawn', 'rejected')),
    conditions TEXT NOT NULL DEFAULT '',
    supports INTEGER NOT NULL DEFAULT 0 CHECK (supports >= 0),
    version INTEGER NOT NULL DEFAULT 1,
    created_at INTEGER NOT NULL,
    submitted_at INTEGER,
    published_at INTEGER,
    -- When the first reply is due, and when it was given: the moderator's clock.
    due_at INTEGER,
    replied_at INTEGER,
    -- Signed by moderator and staff together, each once, for a small plan without a round.
    small_moderator_id INTEGER REFERENCES account (id),
    small_staff_id INTEGER REFERENCES account (id)
) STRICT;
CREATE INDEX initiative_place ON initiative (buurt_id, state);
CREATE INDEX initiative_author ON initiative (account_id);
CREATE INDEX initiative_due ON initiative (state, due_at);

-- A plan typed without an account waits here until the mailed link is opened.
CREATE TABLE initiative_draft (
    id INTEGER PRIMARY KEY,
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    lang TEXT NOT NULL,
    buurt_id INTEGER NOT NULL REFERENCES buurt (id),
    payload TEXT NOT NULL,
    picture_id INTEGER REFERENCES picture (id),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    initiative_id INTEGER REFERENCES initiative (id)
) STRICT;

CREATE TABLE initiative_event (
    id INTEGER PRIMARY KEY,
    initiative_id INTEGER NOT NULL REFERENCES initiative (id),
    at INTEGER NOT NULL,
    act TEXT NOT NULL,
    state TEXT NOT NULL,
    actor_id INTEGER REFERENCES account (id),
    actor_role TEXT NOT NULL DEFAULT '',
    reason TEXT NOT NULL DEFAULT '',
    words TEXT NOT NULL DEFAULT '',
    amount INTEGER
) STRICT;
CREATE INDEX initiative_event_of ON initiative_event (initiative_id, id);

CREATE TABLE support (
    initiative_id INTEGER NOT NULL REFERENCES initiative (id),
    account_id INTEGER NOT NULL REFERENCES account (id),
    at INTEGER NOT NULL,
    PRIMARY KEY (initiative_id, account_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE milestone (
    id INTEGER PRIMARY KEY,
    initiative_id INTEGER NOT NULL REFERENCES initiative (id),
    title TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    done_at INTEGER,
    note TEXT NOT NULL DEFAULT '',
    picture_id INTEGER REFERENCES picture (id),
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX milestone_of ON milestone (initiative_id, due_at);

-- Ledger. No account below zero but the source; balances move only with a transfer, by trigger.
CREATE TABLE ledger_account (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('source', 'programme_line', 'share', 'pot', 'reserved', 'committed', 'paid', 'returned')),
    name TEXT NOT NULL UNIQUE,
    wijk_id INTEGER REFERENCES wijk (id),
    year INTEGER,
    programme_id INTEGER REFERENCES programme (id),
    round_id INTEGER,
    initiative_id INTEGER REFERENCES initiative (id),
    balance INTEGER NOT NULL DEFAULT 0,
    CHECK (kind = 'source' OR balance >= 0)
) STRICT;

CREATE TABLE transfer (
    id INTEGER PRIMARY KEY,
    from_id INTEGER NOT NULL REFERENCES ledger_account (id),
    to_id INTEGER NOT NULL REFERENCES ledger_account (id),
    amount INTEGER NOT NULL CHECK (amount > 0),
    reason TEXT NOT NULL,
    reference TEXT NOT NULL DEFAULT '',
    actor_id INTEGER REFERENCES account (id),
    idempotency_key TEXT NOT NULL UNIQUE,
    at INTEGER NOT NULL,
    CHECK (from_id <> to_id)
) STRICT;
CREATE INDEX transfer_from ON transfer (from_id);
CREATE INDEX transfer_to ON transfer (to_id);

CREATE TRIGGER transfer_moves AFTER INSERT ON transfer BEGIN
    UPDATE ledger_account SET balance = balance - NEW.amount WHERE id = NEW.from_id;
    UPDATE ledger_account SET balance = balance + NEW.amount WHERE id = NEW.to_id;
END;
CREATE TRIGGER transfer_no_update BEFORE UPDATE ON transfer BEGIN SELECT RAISE(ABORT, 'transfers are never changed: make a counter-transfer'); END;
CREATE TRIGGER transfer_no_delete BEFORE DELETE ON transfer BEGIN SELECT RAISE(ABORT, 'transfers are never deleted: make a counter-transfer'); END;
CREATE TRIGGER ledger_account_no_delete BEFORE DELETE ON ledger_account BEGIN SELECT RAISE(ABORT, 'ledger accounts are never deleted'); END;
