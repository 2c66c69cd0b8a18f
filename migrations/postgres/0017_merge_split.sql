-- Two plans become one by consent of both, and one becomes two.
ALTER TABLE initiative ADD COLUMN merged_into BIGINT REFERENCES initiative (id);
ALTER TABLE initiative ADD COLUMN split_from BIGINT REFERENCES initiative (id);

-- A plan whose submitters are asked to go on in another: at most one question at a time.
CREATE TABLE merge_question (
    initiative_id BIGINT NOT NULL PRIMARY KEY REFERENCES initiative (id),
    into_id BIGINT NOT NULL REFERENCES initiative (id),
    words TEXT NOT NULL,
    organisation TEXT NOT NULL DEFAULT '',
    asked_at BIGINT NOT NULL,
    -- When each side said yes.
    from_agreed_at BIGINT,
    into_agreed_at BIGINT,
    CHECK (initiative_id <> into_id)
);
CREATE INDEX merge_question_into ON merge_question (into_id);
