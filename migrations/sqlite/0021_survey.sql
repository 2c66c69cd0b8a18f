-- Where a wave asks, in which words, and what more; NULL place: the whole city.
ALTER TABLE wave ADD COLUMN reach TEXT NOT NULL DEFAULT 'city' CHECK (reach IN ('city', 'wijk', 'buurt'));
ALTER TABLE wave ADD COLUMN place_id INTEGER CHECK ((place_id IS NULL) = (reach = 'city'));
-- JSON, see domain::survey::wave: the fixed questions per language, and the buurt's own.
ALTER TABLE wave ADD COLUMN wording TEXT NOT NULL DEFAULT '';
ALTER TABLE wave ADD COLUMN questions TEXT NOT NULL DEFAULT '[]';
ALTER TABLE wave ADD COLUMN asks_themes INTEGER NOT NULL DEFAULT 0 CHECK (asks_themes IN (0, 1));
-- Whoever has the link or scans a poster may answer; kept apart.
ALTER TABLE wave ADD COLUMN open_link INTEGER NOT NULL DEFAULT 0 CHECK (open_link IN (0, 1));
ALTER TABLE wave ADD COLUMN invited_at INTEGER;
ALTER TABLE wave ADD COLUMN reminded_at INTEGER CHECK (reminded_at IS NULL OR invited_at IS NOT NULL);
-- How many mails went out.
ALTER TABLE wave ADD COLUMN invited INTEGER NOT NULL DEFAULT 0;

-- Codes of letters: HMAC only, with the buurt they were made for. Nothing tells whether one was used.
CREATE TABLE wave_code (
    hash TEXT PRIMARY KEY,
    wave_id INTEGER NOT NULL REFERENCES wave (id),
    buurt_id INTEGER NOT NULL REFERENCES buurt (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX wave_code_wave ON wave_code (wave_id, buurt_id);

-- The answer's own code, as a tag under the wave's key; open: without account or letter.
ALTER TABLE answer_box ADD COLUMN code_tag BLOB;
ALTER TABLE answer_box ADD COLUMN open INTEGER NOT NULL DEFAULT 0 CHECK (open IN (0, 1));
CREATE UNIQUE INDEX answer_box_code ON answer_box (wave_id, code_tag);

-- Language it was written on a page of, themes that were ticked (JSON), answers to the own questions (JSON).
ALTER TABLE answer ADD COLUMN lang TEXT NOT NULL DEFAULT 'nl';
ALTER TABLE answer ADD COLUMN themes TEXT NOT NULL DEFAULT '[]';
ALTER TABLE answer ADD COLUMN own TEXT NOT NULL DEFAULT '[]';
ALTER TABLE answer ADD COLUMN open INTEGER NOT NULL DEFAULT 0 CHECK (open IN (0, 1));
