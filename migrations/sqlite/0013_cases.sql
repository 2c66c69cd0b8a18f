-- How plans are answered: at which desk, by whom, by when, and what can still be undone.
-- Another buurt whose moderators answer; by_staff: the stadsdeel does.
ALTER TABLE initiative ADD COLUMN handled_in INTEGER REFERENCES buurt (id);
ALTER TABLE initiative ADD COLUMN by_staff INTEGER NOT NULL DEFAULT 0 CHECK (by_staff IN (0, 1));
-- Who is busy with it, and until when.
ALTER TABLE initiative ADD COLUMN claimed_by INTEGER REFERENCES account (id);
ALTER TABLE initiative ADD COLUMN claimed_until INTEGER;
-- When its first reply was asked for, and how many warnings were sent.
ALTER TABLE initiative ADD COLUMN asked_at INTEGER;
ALTER TABLE initiative ADD COLUMN warned INTEGER NOT NULL DEFAULT 0;
-- In whose name the first reply was given; never a volunteer's.
ALTER TABLE initiative ADD COLUMN replied_for TEXT NOT NULL DEFAULT '';
UPDATE initiative SET asked_at = submitted_at;

-- The organisation in whose name a step was taken.
ALTER TABLE initiative_event ADD COLUMN organisation TEXT NOT NULL DEFAULT '';

-- Days of Europe/Amsterdam (2026-12-25) on which the clock of the first reply stands still.
CREATE TABLE holiday (
    day TEXT NOT NULL PRIMARY KEY,
    title TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A moderator who is away.
CREATE TABLE away (
    account_id INTEGER NOT NULL PRIMARY KEY REFERENCES account (id),
    from_at INTEGER NOT NULL,
    until_at INTEGER NOT NULL,
    CHECK (until_at > from_at)
) STRICT, WITHOUT ROWID;

-- A decision between the tap and its effect: it can be undone, and the plan stays as it was meanwhile.
CREATE TABLE pending_decision (
    initiative_id INTEGER NOT NULL PRIMARY KEY REFERENCES initiative (id),
    decision TEXT NOT NULL,
    act TEXT NOT NULL,
    version INTEGER NOT NULL,
    actor_id INTEGER NOT NULL REFERENCES account (id),
    actor_role TEXT NOT NULL,
    organisation TEXT NOT NULL,
    tapped_at INTEGER NOT NULL,
    effective_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX pending_decision_due ON pending_decision (effective_at);

-- Who does not agree with a rejection asks the stadsdeel, once.
CREATE TABLE appeal (
    initiative_id INTEGER NOT NULL PRIMARY KEY REFERENCES initiative (id),
    words TEXT NOT NULL,
    filed_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    decided_at INTEGER,
    outcome TEXT NOT NULL DEFAULT '' CHECK (outcome IN ('', 'right', 'upheld')),
    answer TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE INDEX appeal_open ON appeal (decided_at, due_at);
