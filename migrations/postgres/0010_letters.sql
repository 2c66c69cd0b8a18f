-- The letters of a round: paper, and the line of who sends them (empty: none).
ALTER TABLE round ADD COLUMN letter_size TEXT NOT NULL DEFAULT 'a5' CHECK (letter_size IN ('a5', 'c5-window'));
ALTER TABLE round ADD COLUMN letter_sender TEXT NOT NULL DEFAULT '';
