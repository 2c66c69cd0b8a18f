-- People talk about a plan: those who work on it together, new texts of public plans, comments.
-- Accounts that work on it beside who handed it in, as ',4,9,'; at most four.
ALTER TABLE initiative ADD COLUMN co_authors TEXT NOT NULL DEFAULT '';
-- Everybody who ever did, likewise: nobody answers what they made.
ALTER TABLE initiative ADD COLUMN makers TEXT NOT NULL DEFAULT '';

CREATE TABLE co_author (
    id INTEGER PRIMARY KEY,
    initiative_id INTEGER NOT NULL REFERENCES initiative (id),
    email TEXT NOT NULL,
    email_key TEXT NOT NULL,
    -- Who said yes; NULL before that.
    account_id INTEGER REFERENCES account (id),
    invited_at INTEGER NOT NULL,
    UNIQUE (initiative_id, email_key)
) STRICT;
CREATE INDEX co_author_key ON co_author (email_key);
CREATE INDEX co_author_account ON co_author (account_id);

-- A new text of a public plan that a moderator has still to read: one at a time.
CREATE TABLE plan_change (
    initiative_id INTEGER NOT NULL PRIMARY KEY REFERENCES initiative (id),
    title TEXT NOT NULL,
    what TEXT NOT NULL,
    why TEXT NOT NULL,
    place TEXT NOT NULL,
    proposed_by INTEGER NOT NULL REFERENCES account (id),
    proposed_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX plan_change_due ON plan_change (due_at);

-- Texts that a public plan had, from 1; the last one is what stands there now.
CREATE TABLE plan_text (
    initiative_id INTEGER NOT NULL REFERENCES initiative (id),
    number INTEGER NOT NULL CHECK (number > 0),
    title TEXT NOT NULL,
    what TEXT NOT NULL,
    why TEXT NOT NULL,
    place TEXT NOT NULL,
    at INTEGER NOT NULL,
    organisation TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (initiative_id, number)
) STRICT, WITHOUT ROWID;

-- The words of a plan before its submitter last changed it, so that whoever answers sees what is new.
CREATE TABLE plan_before (
    initiative_id INTEGER NOT NULL PRIMARY KEY REFERENCES initiative (id),
    version INTEGER NOT NULL,
    title TEXT NOT NULL,
    what TEXT NOT NULL,
    why TEXT NOT NULL,
    place TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The number under which somebody speaks about a plan: readers see no name.
CREATE TABLE comment_voice (
    initiative_id INTEGER NOT NULL REFERENCES initiative (id),
    account_id INTEGER NOT NULL REFERENCES account (id),
    number INTEGER NOT NULL,
    PRIMARY KEY (initiative_id, account_id),
    UNIQUE (initiative_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE comment (
    id INTEGER PRIMARY KEY,
    initiative_id INTEGER NOT NULL REFERENCES initiative (id),
    account_id INTEGER NOT NULL REFERENCES account (id),
    voice TEXT NOT NULL CHECK (voice IN ('author', 'neighbour', 'reader', 'desk')),
    organisation TEXT NOT NULL DEFAULT '',
    number INTEGER NOT NULL,
    body TEXT NOT NULL,
    at INTEGER NOT NULL,
    -- Reports since a moderator last looked.
    reports INTEGER NOT NULL DEFAULT 0 CHECK (reports >= 0),
    -- Hidden by a desk: why, and in whose name.
    hidden_at INTEGER,
    hidden_why TEXT NOT NULL DEFAULT '',
    hidden_for TEXT NOT NULL DEFAULT '',
    -- Taken away by who wrote it: the body is empty then.
    removed_at INTEGER
) STRICT;
CREATE INDEX comment_of ON comment (initiative_id, id);
CREATE INDEX comment_reported ON comment (id) WHERE reports > 0;

CREATE TABLE comment_report (
    comment_id INTEGER NOT NULL REFERENCES comment (id),
    account_id INTEGER NOT NULL REFERENCES account (id),
    why TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (comment_id, account_id)
) STRICT, WITHOUT ROWID;
