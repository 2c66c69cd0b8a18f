-- The ledger guards itself further, and years are closed.
-- Own words of who made a transfer, such as why it was booked back.
ALTER TABLE transfer ADD COLUMN note TEXT NOT NULL DEFAULT '';

-- What was left of a share was carried over to the next year or given back; no new plan or round takes from that year.
CREATE TABLE year_closing (
    id INTEGER PRIMARY KEY,
    wijk_id INTEGER NOT NULL REFERENCES wijk (id),
    year INTEGER NOT NULL,
    how TEXT NOT NULL CHECK (how IN ('carried', 'returned')),
    amount INTEGER NOT NULL CHECK (amount >= 0),
    actor_id INTEGER REFERENCES account (id),
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX year_closing_of ON year_closing (wijk_id, year);

-- A balance moves with the newest transfer or not at all, and an account begins empty.
CREATE TRIGGER ledger_account_balance BEFORE UPDATE OF balance ON ledger_account
WHEN NEW.balance <> OLD.balance AND NOT EXISTS (
    SELECT 1 FROM transfer t WHERE t.id = (SELECT MAX(id) FROM transfer)
    AND (t.from_id = OLD.id AND NEW.balance = OLD.balance - t.amount OR t.to_id = OLD.id AND NEW.balance = OLD.balance + t.amount))
BEGIN SELECT RAISE(ABORT, 'balances move by transfers alone'); END;
CREATE TRIGGER ledger_account_empty BEFORE INSERT ON ledger_account WHEN NEW.balance <> 0
BEGIN SELECT RAISE(ABORT, 'an account begins empty'); END;
