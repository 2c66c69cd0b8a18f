-- What departments say about a plan before the stadsdeel judges it: asked of several at once, each with a day.
CREATE TABLE advice (
    id INTEGER PRIMARY KEY,
    initiative_id INTEGER NOT NULL REFERENCES initiative (id),
    department TEXT NOT NULL,
    question TEXT NOT NULL,
    asked_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL CHECK (due_at > asked_at),
    asked_by INTEGER NOT NULL REFERENCES account (id),
    answered_at INTEGER,
    answer TEXT NOT NULL DEFAULT '' CHECK (answer IN ('', 'yes', 'no', 'if')),
    words TEXT NOT NULL DEFAULT '',
    -- In cents; NULL: not known.
    low INTEGER CHECK (low >= 0),
    likely INTEGER CHECK (likely >= 0),
    -- A role, never a name.
    responsible TEXT NOT NULL DEFAULT '',
    -- The mail that it is late was sent.
    warned INTEGER NOT NULL DEFAULT 0 CHECK (warned IN (0, 1)),
    UNIQUE (initiative_id, department),
    CHECK ((answered_at IS NULL) = (answer = '')),
    CHECK (low IS NULL OR likely IS NULL OR likely >= low)
) STRICT;
CREATE INDEX advice_waiting ON advice (warned, answered_at, due_at);

-- The role of who answers for the work; never a name.
ALTER TABLE verdict ADD COLUMN responsible TEXT NOT NULL DEFAULT '';
