-- Imports that were broken off are seen; voters of one address are told apart, and found as people type addresses.
-- The import under way, or one that never came to its end: its key and when it began.
ALTER TABLE round ADD COLUMN roll_import TEXT NOT NULL DEFAULT '';
ALTER TABLE round ADD COLUMN roll_import_at BIGINT NOT NULL DEFAULT 0;
-- Voter nth of so many at this address.
ALTER TABLE roll_entry ADD COLUMN nth BIGINT NOT NULL DEFAULT 1;
ALTER TABLE roll_entry ADD COLUMN household BIGINT NOT NULL DEFAULT 1;
-- The address in small letters, a space around each word, the postcode in one piece.
ALTER TABLE roll_entry ADD COLUMN found_by TEXT NOT NULL DEFAULT '';
UPDATE roll_entry SET found_by = ' ' || LOWER(REPLACE(address, CHR(10), ' ')) || ' ' WHERE address <> '';
