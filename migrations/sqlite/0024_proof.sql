-- Counting by two, disputes about a count, and the bundle that everyone can check.
-- Why it was counted again; empty for the first count.
ALTER TABLE round_result ADD COLUMN reason TEXT NOT NULL DEFAULT '';
-- Who said yes to a count, to publishing it, to stopping what was counted, or that a colleague's secret of the lot is lost ('version' is then
-- that colleague's account): two people each. 'digest': of the bundle that publishing puts out.
CREATE TABLE round_consent (
    round_id INTEGER NOT NULL REFERENCES round (id),
    version INTEGER NOT NULL,
    step TEXT NOT NULL CHECK (step IN ('count', 'result', 'stop', 'lot')),
    account_id INTEGER NOT NULL REFERENCES account (id),
    at INTEGER NOT NULL,
    reason TEXT NOT NULL DEFAULT '',
    digest TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (round_id, version, step, account_id)
) STRICT;
-- Whoever counts can hold the result back with a reason that everyone reads, until it is settled or counted again.
CREATE TABLE round_dispute (
    id INTEGER PRIMARY KEY,
    round_id INTEGER NOT NULL REFERENCES round (id),
    version INTEGER NOT NULL,
    account_id INTEGER REFERENCES account (id),
    at INTEGER NOT NULL,
    reason TEXT NOT NULL,
    settled_at INTEGER,
    settled_by INTEGER REFERENCES account (id),
    answer TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX round_dispute_round ON round_dispute (round_id);
-- What was published, byte for byte.
CREATE TABLE round_bundle (
    round_id INTEGER NOT NULL PRIMARY KEY REFERENCES round (id),
    version INTEGER NOT NULL,
    digest TEXT NOT NULL,
    -- Whole ballots are in it, and why where many are like no other.
    whole INTEGER NOT NULL DEFAULT 0 CHECK (whole IN (0, 1)),
    whole_reason TEXT NOT NULL DEFAULT '',
    bytes BLOB NOT NULL,
    made_at INTEGER NOT NULL
) STRICT;
-- Who asked to be mailed the result with its digest.
CREATE TABLE round_follow (
    round_id INTEGER NOT NULL REFERENCES round (id),
    account_id INTEGER NOT NULL REFERENCES account (id),
    PRIMARY KEY (round_id, account_id)
) STRICT;
-- 'My pick is missing': what was said and sent along, who looked, and what came of it.
CREATE TABLE round_complaint (
    id INTEGER PRIMARY KEY,
    round_id INTEGER NOT NULL REFERENCES round (id),
    account_id INTEGER REFERENCES account (id),
    email TEXT NOT NULL,
    lang TEXT NOT NULL,
    receipt TEXT NOT NULL,
    words TEXT NOT NULL,
    found TEXT NOT NULL,
    at INTEGER NOT NULL,
    first_by INTEGER REFERENCES account (id),
    first_finding TEXT NOT NULL DEFAULT '',
    second_by INTEGER REFERENCES account (id),
    outcome TEXT NOT NULL DEFAULT '' CHECK (outcome IN ('', 'right', 'wrong', 'unclear')),
    answer TEXT NOT NULL DEFAULT '',
    answered_at INTEGER
) STRICT;
CREATE INDEX round_complaint_round ON round_complaint (round_id);
