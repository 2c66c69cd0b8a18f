-- In which role somebody acted and for which place ('city', 'buurt/3', 'stadsdeel/2'); empty on lines from before.
ALTER TABLE audit ADD COLUMN role TEXT NOT NULL DEFAULT '';
ALTER TABLE audit ADD COLUMN place TEXT NOT NULL DEFAULT '';
-- How a line is written before it is hashed: 1 as until now, 2 with role and place (docs/audit.md).
ALTER TABLE audit_chain ADD COLUMN format INTEGER NOT NULL DEFAULT 1 CHECK (format IN (1, 2));
-- Nothing was ever written here: the daily digest, signed, as it also lies in a file outside the database.
DROP TABLE audit_digest;
CREATE TABLE audit_digest (
    day TEXT NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    hash BLOB NOT NULL,
    previous BLOB NOT NULL,
    public_key BLOB NOT NULL,
    signature BLOB NOT NULL
) STRICT;
CREATE TRIGGER audit_digest_no_update BEFORE UPDATE ON audit_digest BEGIN SELECT RAISE(ABORT, 'digests of the audit log are never changed'); END;
CREATE TRIGGER audit_digest_no_delete BEFORE DELETE ON audit_digest BEGIN SELECT RAISE(ABORT, 'digests of the audit log are never deleted'); END;
-- For reading the log by act, by who, by what, and by time.
CREATE INDEX audit_act ON audit (act, id);
CREATE INDEX audit_actor ON audit (actor_id, id);
CREATE INDEX audit_subject ON audit (subject_kind, subject_id, id);
CREATE INDEX audit_at ON audit (at);
