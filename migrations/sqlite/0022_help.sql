-- Help that residents offer. Days are UTC day numbers and no row has a finer time: an offer may begin with a text that somebody
-- also wrote in the survey, and nothing but that text may lead from one to the other.
CREATE TABLE help_offer (
    id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES account (id),
    buurt_id INTEGER NOT NULL REFERENCES buurt (id),
    reach TEXT NOT NULL CHECK (reach IN ('buurt', 'wijk', 'city')),
    -- Keys from the lists of `domain::help`, each between commas.
    kinds TEXT NOT NULL,
    times TEXT NOT NULL,
    hours INTEGER CHECK (hours BETWEEN 1 AND 40),
    languages TEXT NOT NULL,
    other_language TEXT NOT NULL,
    words TEXT NOT NULL,
    until_day INTEGER,
    paused INTEGER NOT NULL DEFAULT 0 CHECK (paused IN (0, 1)),
    made_day INTEGER NOT NULL,
    changed_day INTEGER NOT NULL,
    -- When its maker was asked whether it still holds.
    asked_day INTEGER,
    -- Hidden by a desk: why, and in whose name.
    hidden_why TEXT NOT NULL DEFAULT '',
    hidden_for TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX help_offer_account ON help_offer (account_id);
CREATE INDEX help_offer_buurt ON help_offer (buurt_id, id) WHERE paused = 0 AND hidden_why = '';

-- What a plan asks for.
CREATE TABLE plan_need (
    id INTEGER PRIMARY KEY,
    initiative_id INTEGER NOT NULL REFERENCES initiative (id),
    kinds TEXT NOT NULL,
    times TEXT NOT NULL,
    languages TEXT NOT NULL,
    words TEXT NOT NULL
) STRICT;
CREATE INDEX plan_need_of ON plan_need (initiative_id, id);

-- Two sides who do not know each other yet: the makers of a plan and a helper. Once for each pair, whatever came of it.
CREATE TABLE introduction (
    id INTEGER PRIMARY KEY,
    initiative_id INTEGER NOT NULL REFERENCES initiative (id),
    -- Empty once the offer was withdrawn.
    offer_id INTEGER REFERENCES help_offer (id),
    -- Empty once the account is closed.
    helper_id INTEGER REFERENCES account (id),
    -- Buurt and kinds of the offer, for the figures.
    buurt_id INTEGER NOT NULL REFERENCES buurt (id),
    kinds TEXT NOT NULL,
    asked_by TEXT NOT NULL CHECK (asked_by IN ('plan', 'helper')),
    words TEXT NOT NULL,
    -- How each wants to be called.
    helper_call TEXT NOT NULL DEFAULT '',
    plan_call TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL CHECK (state IN ('asked', 'yes', 'no', 'ended', 'lapsed')),
    reason TEXT NOT NULL DEFAULT '',
    reason_shown INTEGER NOT NULL DEFAULT 0 CHECK (reason_shown IN (0, 1)),
    asked_at INTEGER NOT NULL,
    reminded_at INTEGER,
    told_at INTEGER,
    agreed_at INTEGER,
    ended_by TEXT NOT NULL DEFAULT '',
    outcome_asked_at INTEGER,
    helper_outcome TEXT NOT NULL DEFAULT '' CHECK (helper_outcome IN ('', 'helped', 'nothing', 'going')),
    plan_outcome TEXT NOT NULL DEFAULT '' CHECK (plan_outcome IN ('', 'helped', 'nothing', 'going')),
    UNIQUE (initiative_id, helper_id)
) STRICT;
CREATE INDEX introduction_helper ON introduction (helper_id);
CREATE INDEX introduction_offer ON introduction (offer_id);
CREATE INDEX introduction_asked ON introduction (asked_at) WHERE state = 'asked';
CREATE INDEX introduction_agreed ON introduction (agreed_at) WHERE state = 'yes' AND outcome_asked_at IS NULL;

CREATE TABLE help_message (
    id INTEGER PRIMARY KEY,
    introduction_id INTEGER NOT NULL REFERENCES introduction (id),
    side TEXT NOT NULL CHECK (side IN ('plan', 'helper')),
    -- Empty once the account is closed: the body is empty then.
    account_id INTEGER REFERENCES account (id),
    body TEXT NOT NULL,
    at INTEGER NOT NULL,
    -- Reported by the other side, until a moderator looked.
    reported_why TEXT NOT NULL DEFAULT '',
    hidden_why TEXT NOT NULL DEFAULT '',
    hidden_for TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX help_message_of ON help_message (introduction_id, id);
CREATE INDEX help_message_account ON help_message (account_id);
CREATE INDEX help_message_reported ON help_message (id) WHERE reported_why <> '';
