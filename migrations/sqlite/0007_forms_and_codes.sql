-- Forms of ballot and presets of rules on a round: columns made anew, since their CHECKs knew one of each.
ALTER TABLE round ADD COLUMN ballot_form TEXT NOT NULL DEFAULT 'approval' CHECK (ballot_form IN ('approval', 'knapsack', 'points', 'ranking'));
ALTER TABLE round DROP COLUMN form;
ALTER TABLE round ADD COLUMN preset TEXT NOT NULL DEFAULT 'greedy/1';
ALTER TABLE round DROP COLUMN rule;
-- Points of one ballot together, and for one plan; 0 for other forms.
ALTER TABLE round ADD COLUMN points INTEGER NOT NULL DEFAULT 0 CHECK (points BETWEEN 0 AND 30);
ALTER TABLE round ADD COLUMN points_each INTEGER NOT NULL DEFAULT 0 CHECK (points_each BETWEEN 0 AND 30);
-- Languages of the letters, with commas.
ALTER TABLE round ADD COLUMN letters_in TEXT NOT NULL DEFAULT 'nl,en';
ALTER TABLE round ADD COLUMN codes_reissued INTEGER NOT NULL DEFAULT 0;

-- Rankings list their tokens by place; 0 for other forms.
ALTER TABLE ballot_token ADD COLUMN place INTEGER NOT NULL DEFAULT 0;

-- Where the letter of an imported entry goes: lines of an address, emptied with the result. An entry that votes on paper
-- has no code and no electronic ballot any more.
ALTER TABLE roll_entry ADD COLUMN address TEXT NOT NULL DEFAULT '';
ALTER TABLE roll_entry ADD COLUMN paper INTEGER NOT NULL DEFAULT 0 CHECK (paper IN (0, 1));
CREATE INDEX roll_entry_round ON roll_entry (round_id, id);

-- Codes that are good no more, so that their holders, and nobody else, can be told so.
CREATE TABLE code_gone (
    code_hash BLOB NOT NULL PRIMARY KEY,
    round_id INTEGER NOT NULL REFERENCES round (id),
    why TEXT NOT NULL CHECK (why IN ('lost', 'paper', 'anew'))
) STRICT, WITHOUT ROWID;

-- 'My letter is gone': anyone can say so, hence only a request. Emptied with the result.
CREATE TABLE code_request (
    id INTEGER PRIMARY KEY,
    round_id INTEGER NOT NULL REFERENCES round (id),
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    contact TEXT NOT NULL DEFAULT '',
    filed_at INTEGER NOT NULL,
    done_at INTEGER,
    outcome TEXT NOT NULL DEFAULT '' CHECK (outcome IN ('', 'post', 'desk', 'refused'))
) STRICT;
CREATE INDEX code_request_open ON code_request (round_id, done_at);

-- A list of voters that was uploaded and looked at, but not yet put on the roll; gone after a day.
CREATE TABLE roll_draft (
    round_id INTEGER NOT NULL PRIMARY KEY REFERENCES round (id),
    csv TEXT NOT NULL,
    uploaded_at INTEGER NOT NULL
) STRICT;
