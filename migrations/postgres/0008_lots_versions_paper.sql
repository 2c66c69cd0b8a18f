-- Ties by lot: two administrators publish digests of secrets before opening and the secrets themselves at the count.
ALTER TABLE round ADD COLUMN lots BIGINT NOT NULL DEFAULT 0 CHECK (lots IN (0, 1));
-- Valid sheets of paper that are counted along; known from the first count on.
ALTER TABLE round ADD COLUMN paper_turnout BIGINT;
ALTER TABLE round ADD COLUMN stopped_at BIGINT;

CREATE TABLE round_lot (
    round_id BIGINT NOT NULL REFERENCES round (id),
    account_id BIGINT NOT NULL REFERENCES account (id),
    digest TEXT NOT NULL,
    given_at BIGINT NOT NULL,
    secret TEXT,
    -- Nobody has the secret any more; its digest counts in its place.
    lost BIGINT NOT NULL DEFAULT 0 CHECK (lost IN (0, 1)),
    settled_at BIGINT,
    PRIMARY KEY (round_id, account_id)
);

-- Every version of texts and dates: as opened, and each change that two administrators agreed on, with its difference.
CREATE TABLE paper_version (
    round_id BIGINT NOT NULL REFERENCES round (id),
    version BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('proposed', 'agreed', 'refused')),
    reason TEXT NOT NULL,
    changes TEXT NOT NULL,
    proposed_by BIGINT REFERENCES account (id),
    proposed_at BIGINT NOT NULL,
    decided_by BIGINT REFERENCES account (id),
    decided_at BIGINT,
    paper TEXT,
    digest TEXT,
    PRIMARY KEY (round_id, version)
);
-- One proposal at a time.
CREATE UNIQUE INDEX paper_version_proposed ON paper_version (round_id) WHERE state = 'proposed';

-- The paper box: sheets by number, entered by two people apart and compared. No link to a code or a person who voted.
CREATE TABLE paper_sheet (
    round_id BIGINT NOT NULL REFERENCES round (id),
    batch BIGINT NOT NULL,
    sheet BIGINT NOT NULL,
    first_by BIGINT REFERENCES account (id),
    first_picks TEXT,
    second_by BIGINT REFERENCES account (id),
    second_picks TEXT,
    third_by BIGINT REFERENCES account (id),
    -- What both, or the third, read; empty for an invalid sheet.
    picks TEXT,
    PRIMARY KEY (round_id, batch, sheet)
);
