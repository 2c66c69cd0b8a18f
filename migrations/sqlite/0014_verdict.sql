-- What the stadsdeel found out about a plan: for everyone to read beside its verdict.
CREATE TABLE verdict (
    initiative_id INTEGER NOT NULL PRIMARY KEY REFERENCES initiative (id),
    reason TEXT NOT NULL,
    -- Every year, in cents, and who bears it.
    running_cost INTEGER NOT NULL CHECK (running_cost >= 0),
    borne_by TEXT NOT NULL,
    permit TEXT NOT NULL CHECK (permit IN ('', 'no', 'yes')),
    ground TEXT NOT NULL,
    department TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
