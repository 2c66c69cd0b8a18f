-- Survey answers as ballots: keys of replaced answers, so that an older retry never replaces a newer answer; gone with the box.
ALTER TABLE answer_box ADD COLUMN digest BLOB;

CREATE TABLE answer_retry (
    wave_id INTEGER NOT NULL,
    pseudonym BLOB NOT NULL,
    idempotency_key BLOB NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (wave_id, pseudonym, idempotency_key)
) STRICT, WITHOUT ROWID;
