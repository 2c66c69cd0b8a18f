-- A round about one theme: only plans of this programme are on its ballot. Empty: all plans.
ALTER TABLE round ADD COLUMN programme_id BIGINT REFERENCES programme (id);
