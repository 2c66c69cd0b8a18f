-- What moderators and staff are told of what waits at their desk.
-- One for each event and person; the event is the step on the plan's road. Without mailed_at it waits for a morning's digest.
CREATE TABLE notice (
    id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES account (id),
    kind TEXT NOT NULL,
    initiative_id INTEGER NOT NULL REFERENCES initiative (id),
    event TEXT NOT NULL,
    at INTEGER NOT NULL,
    mailed_at INTEGER,
    UNIQUE (account_id, kind, initiative_id, event)
) STRICT;
CREATE INDEX notice_unmailed ON notice (account_id, at) WHERE mailed_at IS NULL;
CREATE INDEX notice_at ON notice (at);

-- How somebody wants to be told; without a row: in the morning.
CREATE TABLE notice_choice (
    account_id INTEGER NOT NULL PRIMARY KEY REFERENCES account (id),
    how TEXT NOT NULL CHECK (how IN ('morning', 'at_once', 'none'))
) STRICT, WITHOUT ROWID;

-- The morning (seven o'clock in Amsterdam) of somebody's last digest: there is one a day at most.
CREATE TABLE notice_digest (
    account_id INTEGER NOT NULL PRIMARY KEY REFERENCES account (id),
    morning INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
