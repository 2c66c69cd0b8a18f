-- Why a count came out as it did, worked out by a job: what would have made losers win, and what other rules choose.
CREATE TABLE round_explanation (
    round_id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    explanation TEXT NOT NULL,
    computed_at INTEGER NOT NULL,
    PRIMARY KEY (round_id, version),
    FOREIGN KEY (round_id, version) REFERENCES round_result (round_id, version)
) STRICT;
