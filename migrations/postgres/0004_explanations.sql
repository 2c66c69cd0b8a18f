-- Why a count came out as it did, worked out by a job: what would have made losers win, and what other rules choose.
CREATE TABLE round_explanation (
    round_id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    explanation TEXT NOT NULL,
    computed_at BIGINT NOT NULL,
    PRIMARY KEY (round_id, version),
    FOREIGN KEY (round_id, version) REFERENCES round_result (round_id, version)
);
