-- Figures that dashboards read, kept by triggers. What each plan adds stands in figure_plan; every change of it is noted in
-- figure_change, which nobody has to wait for, and a job folds those into figure and figure_age: a sum is that of both.
CREATE TABLE figure_plan (
    initiative_id INTEGER NOT NULL PRIMARY KEY REFERENCES initiative (id),
    buurt_id INTEGER NOT NULL,
    -- 0: none.
    programme_id INTEGER NOT NULL,
    state TEXT NOT NULL,
    -- Handed in, as 202611 (UTC).
    month INTEGER NOT NULL,
    -- The budget year of the share or pot that gave the first money; 0: none did.
    year INTEGER NOT NULL DEFAULT 0,
    -- Cents: given in all, and where it lies now. What is not there any more went back.
    given INTEGER NOT NULL DEFAULT 0,
    reserved INTEGER NOT NULL DEFAULT 0,
    committed INTEGER NOT NULL DEFAULT 0,
    paid INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE figure (
    buurt_id INTEGER NOT NULL,
    programme_id INTEGER NOT NULL,
    state TEXT NOT NULL,
    year INTEGER NOT NULL,
    plans INTEGER NOT NULL,
    given INTEGER NOT NULL,
    reserved INTEGER NOT NULL,
    committed INTEGER NOT NULL,
    paid INTEGER NOT NULL,
    PRIMARY KEY (buurt_id, programme_id, state, year)
) STRICT, WITHOUT ROWID;

-- By programme, and (-1) of all programmes together: what is asked lies together, and is a page or two.
CREATE TABLE figure_age (
    buurt_id INTEGER NOT NULL,
    programme_id INTEGER NOT NULL,
    state TEXT NOT NULL,
    month INTEGER NOT NULL,
    plans INTEGER NOT NULL,
    PRIMARY KEY (programme_id, buurt_id, state, month)
) STRICT, WITHOUT ROWID;

CREATE TABLE figure_change (
    id INTEGER PRIMARY KEY,
    buurt_id INTEGER NOT NULL,
    programme_id INTEGER NOT NULL,
    state TEXT NOT NULL,
    month INTEGER NOT NULL,
    year INTEGER NOT NULL,
    plans INTEGER NOT NULL,
    given INTEGER NOT NULL,
    reserved INTEGER NOT NULL,
    committed INTEGER NOT NULL,
    paid INTEGER NOT NULL
) STRICT;

-- Cents that a programme line gave to a share, minus what went back there.
CREATE TABLE figure_funded (
    wijk_id INTEGER NOT NULL,
    year INTEGER NOT NULL,
    programme_id INTEGER NOT NULL,
    cents INTEGER NOT NULL,
    PRIMARY KEY (wijk_id, year, programme_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX initiative_unanswered ON initiative (due_at, buurt_id) WHERE state = 'submitted' AND replied_at IS NULL;
CREATE INDEX milestone_open ON milestone (due_at, initiative_id) WHERE done_at IS NULL;

CREATE TRIGGER figure_plan_new AFTER INSERT ON figure_plan BEGIN
    INSERT INTO figure_change (buurt_id, programme_id, state, month, year, plans, given, reserved, committed, paid)
    VALUES (NEW.buurt_id, NEW.programme_id, NEW.state, NEW.month, NEW.year, 1, NEW.given, NEW.reserved, NEW.committed, NEW.paid);
END;
CREATE TRIGGER figure_plan_changed AFTER UPDATE ON figure_plan BEGIN
    INSERT INTO figure_change (buurt_id, programme_id, state, month, year, plans, given, reserved, committed, paid)
    VALUES (OLD.buurt_id, OLD.programme_id, OLD.state, OLD.month, OLD.year, -1, -OLD.given, -OLD.reserved, -OLD.committed, -OLD.paid),
        (NEW.buurt_id, NEW.programme_id, NEW.state, NEW.month, NEW.year, 1, NEW.given, NEW.reserved, NEW.committed, NEW.paid);
END;

-- Plans and money of before come along.
INSERT INTO figure_plan (initiative_id, buurt_id, programme_id, state, month, year, given, reserved, committed, paid)
SELECT i.id, i.buurt_id, COALESCE(i.programme_id, 0), i.state,
    CAST(strftime('%Y%m', COALESCE(i.submitted_at, i.created_at), 'unixepoch') AS INTEGER),
    COALESCE((SELECT CASE f.kind WHEN 'share' THEN f.year WHEN 'pot' THEN (SELECT r.year FROM round r WHERE r.id = f.round_id) END
        FROM transfer t JOIN ledger_account a ON a.id = t.to_id JOIN ledger_account f ON f.id = t.from_id
        WHERE a.initiative_id = i.id AND f.kind IN ('share', 'pot') ORDER BY t.id LIMIT 1), 0),
    COALESCE((SELECT SUM(t.amount) FROM transfer t JOIN ledger_account a ON a.id = t.to_id JOIN ledger_account f ON f.id = t.from_id
        WHERE a.initiative_id = i.id AND COALESCE(f.initiative_id, 0) <> i.id), 0),
    COALESCE((SELECT balance FROM ledger_account WHERE kind = 'reserved' AND initiative_id = i.id), 0),
    COALESCE((SELECT balance FROM ledger_account WHERE kind = 'committed' AND initiative_id = i.id), 0),
    COALESCE((SELECT balance FROM ledger_account WHERE kind = 'paid' AND initiative_id = i.id), 0)
FROM initiative i;
INSERT INTO figure_funded (wijk_id, year, programme_id, cents)
SELECT s.wijk_id, s.year, o.programme_id, SUM(CASE WHEN t.to_id = s.id THEN t.amount ELSE -t.amount END)
FROM ledger_account s JOIN transfer t ON s.id IN (t.from_id, t.to_id)
JOIN ledger_account o ON o.id = CASE WHEN t.to_id = s.id THEN t.from_id ELSE t.to_id END
WHERE s.kind = 'share' AND o.kind = 'programme_line' GROUP BY s.wijk_id, s.year, o.programme_id;

CREATE TRIGGER figure_of_new AFTER INSERT ON initiative BEGIN
    INSERT INTO figure_plan (initiative_id, buurt_id, programme_id, state, month)
    VALUES (NEW.id, NEW.buurt_id, COALESCE(NEW.programme_id, 0), NEW.state,
        CAST(strftime('%Y%m', COALESCE(NEW.submitted_at, NEW.created_at), 'unixepoch') AS INTEGER));
END;
CREATE TRIGGER figure_of_changed AFTER UPDATE OF buurt_id, programme_id, state, submitted_at ON initiative
WHEN OLD.buurt_id <> NEW.buurt_id OR OLD.programme_id IS NOT NEW.programme_id OR OLD.state <> NEW.state
    OR OLD.submitted_at IS NOT NEW.submitted_at
BEGIN
    UPDATE figure_plan SET buurt_id = NEW.buurt_id, programme_id = COALESCE(NEW.programme_id, 0), state = NEW.state,
        month = CAST(strftime('%Y%m', COALESCE(NEW.submitted_at, NEW.created_at), 'unixepoch') AS INTEGER)
    WHERE initiative_id = NEW.id;
END;
CREATE TRIGGER figure_of_transfer AFTER INSERT ON transfer BEGIN
    UPDATE figure_plan SET
        reserved = reserved - CASE (SELECT kind FROM ledger_account WHERE id = NEW.from_id) WHEN 'reserved' THEN NEW.amount ELSE 0 END,
        committed = committed - CASE (SELECT kind FROM ledger_account WHERE id = NEW.from_id) WHEN 'committed' THEN NEW.amount ELSE 0 END,
        paid = paid - CASE (SELECT kind FROM ledger_account WHERE id = NEW.from_id) WHEN 'paid' THEN NEW.amount ELSE 0 END
    WHERE initiative_id = (SELECT initiative_id FROM ledger_account WHERE id = NEW.from_id);
    UPDATE figure_plan SET
        reserved = reserved + CASE (SELECT kind FROM ledger_account WHERE id = NEW.to_id) WHEN 'reserved' THEN NEW.amount ELSE 0 END,
        committed = committed + CASE (SELECT kind FROM ledger_account WHERE id = NEW.to_id) WHEN 'committed' THEN NEW.amount ELSE 0 END,
        paid = paid + CASE (SELECT kind FROM ledger_account WHERE id = NEW.to_id) WHEN 'paid' THEN NEW.amount ELSE 0 END,
        given = given + CASE WHEN COALESCE((SELECT initiative_id FROM ledger_account WHERE id = NEW.from_id), 0) = figure_plan.initiative_id THEN 0 ELSE NEW.amount END,
        year = CASE WHEN year <> 0 THEN year ELSE COALESCE((SELECT CASE f.kind WHEN 'share' THEN f.year
            WHEN 'pot' THEN (SELECT r.year FROM round r WHERE r.id = f.round_id) END FROM ledger_account f WHERE f.id = NEW.from_id), 0) END
    WHERE initiative_id = (SELECT initiative_id FROM ledger_account WHERE id = NEW.to_id);
    INSERT INTO figure_funded (wijk_id, year, programme_id, cents)
    SELECT s.wijk_id, s.year, o.programme_id, CASE WHEN s.id = NEW.to_id THEN NEW.amount ELSE -NEW.amount END
    FROM ledger_account s JOIN ledger_account o ON o.id = CASE WHEN s.id = NEW.to_id THEN NEW.from_id ELSE NEW.to_id END
    WHERE s.id IN (NEW.from_id, NEW.to_id) AND s.kind = 'share' AND o.kind = 'programme_line'
    ON CONFLICT (wijk_id, year, programme_id) DO UPDATE SET cents = cents + excluded.cents;
END;
