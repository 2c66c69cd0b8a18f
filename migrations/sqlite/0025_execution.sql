-- Plans that have money: agreement, payments in parts, milestones with photos, changes, the final account, thanks.

-- What staff and makers agree on. 'version' counts its texts: a yes is to one of them.
CREATE TABLE agreement (
    initiative_id INTEGER NOT NULL PRIMARY KEY REFERENCES initiative (id),
    version INTEGER NOT NULL DEFAULT 1,
    amount INTEGER NOT NULL CHECK (amount > 0),
    conditions TEXT NOT NULL,
    contact TEXT NOT NULL,
    responsible TEXT NOT NULL,
    ends_at INTEGER NOT NULL,
    written_by INTEGER NOT NULL REFERENCES account (id),
    written_at INTEGER NOT NULL,
    accepted_by INTEGER REFERENCES account (id),
    accepted_at INTEGER,
    first_by INTEGER REFERENCES account (id),
    committed_by INTEGER REFERENCES account (id),
    committed_at INTEGER,
    CHECK (committed_at IS NULL OR accepted_at IS NOT NULL AND committed_by IS NOT NULL),
    -- Nobody is the second of two after being the first, and no maker's yes stands for the city's.
    CHECK (committed_by IS NULL OR committed_by <> COALESCE(first_by, 0) AND committed_by <> accepted_by)
) STRICT;
CREATE TABLE agreement_partner (
    initiative_id INTEGER NOT NULL REFERENCES agreement (initiative_id),
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (initiative_id, position)
) STRICT;

-- Milestones as they were stay; what was done was seen by staff, who did it.
ALTER TABLE milestone ADD COLUMN done_by INTEGER REFERENCES account (id);
ALTER TABLE milestone ADD COLUMN confirmed_at INTEGER;
ALTER TABLE milestone ADD COLUMN confirmed_by INTEGER REFERENCES account (id);
ALTER TABLE milestone ADD COLUMN reminded INTEGER NOT NULL DEFAULT 0;
ALTER TABLE milestone ADD COLUMN reminded_at INTEGER;
UPDATE milestone SET confirmed_at = done_at;
CREATE TABLE milestone_photo (
    id INTEGER PRIMARY KEY,
    milestone_id INTEGER NOT NULL REFERENCES milestone (id),
    picture_id INTEGER NOT NULL REFERENCES picture (id),
    -- How it was before.
    is_before INTEGER NOT NULL DEFAULT 0 CHECK (is_before IN (0, 1)),
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX milestone_photo_of ON milestone_photo (milestone_id);
CREATE INDEX milestone_photo_picture ON milestone_photo (picture_id);
INSERT INTO milestone_photo (milestone_id, picture_id, at) SELECT id, picture_id, COALESCE(done_at, created_at) FROM milestone WHERE picture_id IS NOT NULL;

-- What was given out to the finance system at one time.
CREATE TABLE payment_batch (
    id INTEGER PRIMARY KEY,
    made_by INTEGER NOT NULL REFERENCES account (id),
    at INTEGER NOT NULL
) STRICT;
-- No bank number stands here: to whom is told in words, and the finance system knows the account.
CREATE TABLE instalment (
    id INTEGER PRIMARY KEY,
    initiative_id INTEGER NOT NULL REFERENCES agreement (initiative_id),
    amount INTEGER NOT NULL CHECK (amount > 0),
    payee TEXT NOT NULL,
    purpose TEXT NOT NULL,
    -- Must be confirmed before it is ordered.
    milestone_id INTEGER REFERENCES milestone (id),
    state TEXT NOT NULL CHECK (state IN ('prepared', 'approved', 'ordered', 'paid', 'refused', 'void')),
    state_at INTEGER NOT NULL,
    -- Takes a second person.
    two INTEGER NOT NULL CHECK (two IN (0, 1)),
    attempt INTEGER NOT NULL DEFAULT 1,
    prepared_by INTEGER NOT NULL REFERENCES account (id),
    prepared_at INTEGER NOT NULL,
    approved_by INTEGER REFERENCES account (id),
    batch_id INTEGER REFERENCES payment_batch (id),
    ordered_by INTEGER REFERENCES account (id),
    confirmed_by INTEGER REFERENCES account (id),
    paid_at INTEGER,
    finance_reference TEXT NOT NULL DEFAULT '',
    reason TEXT NOT NULL DEFAULT '',
    -- Nobody approves what they prepared, or orders or books what they approved.
    CHECK (approved_by IS NULL OR approved_by <> prepared_by AND approved_by <> COALESCE(ordered_by, 0) AND approved_by <> COALESCE(confirmed_by, 0)),
    CHECK (two = 0 OR approved_by IS NOT NULL OR state IN ('prepared', 'refused', 'void')),
    CHECK (state NOT IN ('ordered', 'paid') OR batch_id IS NOT NULL AND ordered_by IS NOT NULL),
    CHECK ((state = 'paid') = (paid_at IS NOT NULL) AND (state <> 'paid' OR finance_reference <> '' AND confirmed_by IS NOT NULL))
) STRICT;
CREATE INDEX instalment_of ON instalment (initiative_id, id);
CREATE INDEX instalment_state ON instalment (state, id);
CREATE INDEX instalment_batch ON instalment (batch_id);
-- A payment of the finance system is one instalment.
CREATE UNIQUE INDEX instalment_finance ON instalment (finance_reference) WHERE finance_reference <> '';

-- Instalments under way or paid never hold more together than was agreed, whoever writes beside whom.
CREATE TRIGGER instalment_fits BEFORE INSERT ON instalment
WHEN NEW.state NOT IN ('refused', 'void') AND NEW.amount + (SELECT COALESCE(SUM(i.amount), 0) FROM instalment i WHERE i.initiative_id = NEW.initiative_id AND i.state NOT IN ('refused', 'void')) > (SELECT a.amount FROM agreement a WHERE a.initiative_id = NEW.initiative_id)
BEGIN SELECT RAISE(ABORT, 'instalments hold more than was agreed'); END;
CREATE TRIGGER instalment_still_fits BEFORE UPDATE OF state, amount, initiative_id ON instalment
WHEN NEW.state NOT IN ('refused', 'void') AND NEW.amount + (SELECT COALESCE(SUM(i.amount), 0) FROM instalment i WHERE i.initiative_id = NEW.initiative_id AND i.id <> NEW.id AND i.state NOT IN ('refused', 'void')) > (SELECT a.amount FROM agreement a WHERE a.initiative_id = NEW.initiative_id)
BEGIN SELECT RAISE(ABORT, 'instalments hold more than was agreed'); END;
CREATE TRIGGER agreement_holds BEFORE UPDATE OF amount ON agreement
WHEN NEW.amount < (SELECT COALESCE(SUM(i.amount), 0) FROM instalment i WHERE i.initiative_id = NEW.initiative_id AND i.state NOT IN ('refused', 'void'))
BEGIN SELECT RAISE(ABORT, 'instalments hold more than was agreed'); END;
-- What was paid stays paid, to the cent.
CREATE TRIGGER instalment_paid_stays BEFORE UPDATE ON instalment WHEN OLD.state = 'paid'
BEGIN SELECT RAISE(ABORT, 'what was paid does not change'); END;
CREATE TRIGGER instalment_no_delete BEFORE DELETE ON instalment
BEGIN SELECT RAISE(ABORT, 'an instalment is never deleted'); END;

-- Files of confirmations that were taken in: the same one changes nothing a second time.
CREATE TABLE confirmation_file (
    digest TEXT NOT NULL PRIMARY KEY,
    taken_by INTEGER NOT NULL REFERENCES account (id),
    at INTEGER NOT NULL,
    lines INTEGER NOT NULL
) STRICT;

-- A change of what was agreed: proposed by one, decided by another.
CREATE TABLE execution_change (
    id INTEGER PRIMARY KEY,
    initiative_id INTEGER NOT NULL REFERENCES initiative (id),
    what TEXT NOT NULL,
    why TEXT NOT NULL,
    amount INTEGER CHECK (amount > 0),
    ends_at INTEGER,
    milestone_id INTEGER REFERENCES milestone (id),
    milestone_at INTEGER,
    -- The plan would be stopped.
    stop INTEGER NOT NULL DEFAULT 0 CHECK (stop IN (0, 1)),
    by_makers INTEGER NOT NULL CHECK (by_makers IN (0, 1)),
    proposed_by INTEGER NOT NULL REFERENCES account (id),
    at INTEGER NOT NULL,
    -- The first of two, where more money is asked than one may promise.
    first_by INTEGER REFERENCES account (id),
    decided_by INTEGER REFERENCES account (id),
    decided_at INTEGER,
    agreed INTEGER NOT NULL DEFAULT 0 CHECK (agreed IN (0, 1)),
    reason TEXT NOT NULL DEFAULT '',
    CHECK (decided_by IS NULL OR decided_by <> proposed_by AND decided_by <> COALESCE(first_by, 0)),
    CHECK (agreed = 0 OR decided_by IS NOT NULL)
) STRICT;
CREATE INDEX execution_change_of ON execution_change (initiative_id, id);
-- One waits at a time, beside one for each milestone.
CREATE UNIQUE INDEX execution_change_waiting ON execution_change (initiative_id, COALESCE(milestone_id, 0)) WHERE decided_at IS NULL;

-- What was spent, as the makers tell it, and as staff checked it.
CREATE TABLE final_account (
    initiative_id INTEGER NOT NULL PRIMARY KEY REFERENCES agreement (initiative_id),
    words TEXT NOT NULL,
    entered_by INTEGER NOT NULL REFERENCES account (id),
    by_makers INTEGER NOT NULL CHECK (by_makers IN (0, 1)),
    at INTEGER NOT NULL,
    -- Sent back with this.
    question TEXT NOT NULL DEFAULT '',
    checked_by INTEGER REFERENCES account (id),
    checked_at INTEGER,
    -- Reference of the money that came back, where more was paid than spent.
    repaid_reference TEXT NOT NULL DEFAULT '',
    CHECK (checked_by IS NULL OR checked_by <> entered_by)
) STRICT;
CREATE TABLE final_line (
    initiative_id INTEGER NOT NULL REFERENCES final_account (initiative_id),
    position INTEGER NOT NULL,
    what TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount >= 0),
    PRIMARY KEY (initiative_id, position)
) STRICT;
CREATE TABLE receipt (
    id INTEGER PRIMARY KEY,
    initiative_id INTEGER NOT NULL REFERENCES final_account (initiative_id),
    picture_id INTEGER NOT NULL REFERENCES picture (id),
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX receipt_of ON receipt (initiative_id);
CREATE INDEX receipt_picture ON receipt (picture_id);

-- Neighbours who said thanks, once each.
CREATE TABLE plan_thanks (
    initiative_id INTEGER NOT NULL REFERENCES initiative (id),
    account_id INTEGER NOT NULL REFERENCES account (id),
    PRIMARY KEY (initiative_id, account_id)
) STRICT;
