-- Ties by lot: two administrators publish digests of secrets before opening and the secrets themselves at the count.
ALTER TABLE round ADD COLUMN lots INTEGER NOT NULL DEFAULT 0 CHECK (lots IN (0, 1));
-- Valid sheets of paper that are counted along; known from the first count on.
ALTER TABLE round ADD COLUMN paper_turnout INTEGER;
ALTER TABLE round ADD COLUMN stopped_at INTEGER;

CREATE TABLE round_lot (
    round_id INTEGER NOT NULL REFERENCES round (id),
    account_id INTEGER NOT NULL REFERENCES account (id),
    digest TEXT NOT NULL,
    given_at INTEGER NOT NULL,
    secret TEXT,
    -- Nobody has the secret any more; its digest counts in its place.
    lost INTEGER NOT NULL DEFAULT 0 CHECK (lost IN (0, 1)),
    settled_at INTEGER,
    PRIMARY KEY (round_id, account_id)
) STRICT;

-- Every version of texts and dates: as opened, and each change that two administrators agreed on, with its difference.
CREATE TABLE paper_version (
    round_id INTEGER NOT NULL REFERENCES round (id),
    version INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('proposed', 'agreed', 'refused')),
    reason TEXT NOT NULL,
    changes TEXT NOT NULL,
    proposed_by INTEGER REFERENCES account (id),
    proposed_at INTEGER NOT NULL,
    decided_by INTEGER REFERENCES account (id),
    decided_at INTEGER,
    paper TEXT,
    digest TEXT,
    PRIMARY KEY (round_id, version)
) STRICT;
-- One proposal at a time.
CREATE UNIQUE INDEX paper_version_proposed ON paper_version (round_id) WHERE state = 'proposed';

-- The paper box: sheets by number, entered by two people apart and compared. No link to a code or a person who voted.
CREATE TABLE paper_sheet (
    round_id INTEGER NOT NULL REFERENCES round (id),
    batch INTEGER NOT NULL,
    sheet INTEGER NOT NULL,
    first_by INTEGER REFERENCES account (id),
    first_picks TEXT,
    second_by INTEGER REFERENCES account (id),
    second_picks TEXT,
    third_by INTEGER REFERENCES account (id),
    -- What both, or the third, read; empty for an invalid sheet.
    picks TEXT,
    PRIMARY KEY (round_id, batch, sheet)
) STRICT;
