-- Survey answers as ballots: keys of replaced answers, so that an older retry never replaces a newer answer; gone with the box.
ALTER TABLE answer_box ADD COLUMN digest BYTEA;

CREATE TABLE answer_retry (
    wave_id BIGINT NOT NULL,
    pseudonym BYTEA NOT NULL,
    idempotency_key BYTEA NOT NULL,
    digest BYTEA NOT NULL,
    PRIMARY KEY (wave_id, pseudonym, idempotency_key)
);
