-- What makers of a finished plan tell the next buurt, and which plan an idea was taken from.
CREATE TABLE evaluation (
    initiative_id INTEGER NOT NULL PRIMARY KEY REFERENCES initiative (id),
    asked_at INTEGER,
    -- When its makers are reminded; empty once they were, or once they answered.
    remind_at INTEGER,
    -- Empty while there is no answer, also after it was taken back: the words are empty then.
    answered_at INTEGER,
    version INTEGER NOT NULL DEFAULT 1,
    worked TEXT NOT NULL DEFAULT '',
    failed TEXT NOT NULL DEFAULT '',
    advice TEXT NOT NULL DEFAULT '',
    again TEXT NOT NULL DEFAULT '' CHECK (again IN ('', 'yes', 'no', 'differently')),
    -- Hidden by a desk: why, and in whose name.
    hidden_why TEXT NOT NULL DEFAULT '',
    hidden_for TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE INDEX evaluation_remind ON evaluation (remind_at) WHERE remind_at IS NOT NULL;
CREATE INDEX evaluation_answered ON evaluation (answered_at) WHERE answered_at IS NOT NULL;

ALTER TABLE initiative ADD COLUMN source_id INTEGER REFERENCES initiative (id);
