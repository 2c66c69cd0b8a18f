-- Two plans become one by consent of both, and one becomes two.
ALTER TABLE initiative ADD COLUMN merged_into INTEGER REFERENCES initiative (id);
ALTER TABLE initiative ADD COLUMN split_from INTEGER REFERENCES initiative (id);

-- A plan whose submitters are asked to go on in another: at most one question at a time.
CREATE TABLE merge_question (
    initiative_id INTEGER NOT NULL PRIMARY KEY REFERENCES initiative (id),
    into_id INTEGER NOT NULL REFERENCES initiative (id),
    words TEXT NOT NULL,
    organisation TEXT NOT NULL DEFAULT '',
    asked_at INTEGER NOT NULL,
    -- When each side said yes.
    from_agreed_at INTEGER,
    into_agreed_at INTEGER,
    CHECK (initiative_id <> into_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX merge_question_into ON merge_question (into_id);
