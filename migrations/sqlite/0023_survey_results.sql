-- What becomes of the answers of a closed wave: themes, quotes, publication, answers to the answers.
-- Its texts were read: proposals and quotes are there.
CREATE TABLE wave_read (
    wave_id INTEGER NOT NULL PRIMARY KEY REFERENCES wave (id),
    at INTEGER NOT NULL
) STRICT;

-- Themes that a person approved, known from wave to wave. profiles: JSON, what they are recognised by.
CREATE TABLE theme (
    id INTEGER PRIMARY KEY,
    title_nl TEXT NOT NULL UNIQUE,
    title_en TEXT NOT NULL,
    profiles TEXT NOT NULL DEFAULT '[]',
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE theme_proposal (
    id INTEGER PRIMARY KEY,
    wave_id INTEGER NOT NULL REFERENCES wave (id),
    question TEXT NOT NULL CHECK (question IN ('good', 'better')),
    lang TEXT NOT NULL,
    label TEXT NOT NULL,
    -- JSON: its most distinctive words.
    terms TEXT NOT NULL,
    theme_id INTEGER REFERENCES theme (id),
    state TEXT NOT NULL CHECK (state IN ('proposed', 'approved', 'dropped', 'merged')),
    merged_into INTEGER REFERENCES theme_proposal (id),
    CHECK ((state = 'merged') = (merged_into IS NOT NULL)),
    CHECK (state <> 'approved' OR theme_id IS NOT NULL)
) STRICT;
CREATE INDEX theme_proposal_wave ON theme_proposal (wave_id);

-- Which answers (by their shuffled place) a proposal holds; typical: they stand for the others.
CREATE TABLE answer_theme (
    proposal_id INTEGER NOT NULL REFERENCES theme_proposal (id),
    position INTEGER NOT NULL,
    typical INTEGER NOT NULL DEFAULT 0 CHECK (typical IN (0, 1)),
    PRIMARY KEY (proposal_id, position)
) STRICT, WITHOUT ROWID;

-- Masked words of one answer to one question, in an order of their own.
CREATE TABLE quote (
    id INTEGER PRIMARY KEY,
    wave_id INTEGER NOT NULL REFERENCES wave (id),
    position INTEGER NOT NULL,
    question TEXT NOT NULL CHECK (question IN ('good', 'better', 'own_1', 'own_2', 'own_3')),
    buurt_id INTEGER NOT NULL REFERENCES buurt (id),
    open INTEGER NOT NULL CHECK (open IN (0, 1)),
    lang TEXT NOT NULL,
    words TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'released', 'refused')),
    UNIQUE (wave_id, position, question)
) STRICT;
CREATE INDEX quote_desk ON quote (wave_id, buurt_id, state);

-- Everything public of a wave is drawn from its last version, and never from answers. JSON, see domain::survey::Published.
CREATE TABLE wave_publication (
    wave_id INTEGER NOT NULL REFERENCES wave (id),
    version INTEGER NOT NULL,
    at INTEGER NOT NULL,
    by_id INTEGER REFERENCES account (id),
    data TEXT NOT NULL,
    -- JSON: what is hidden and why.
    report TEXT NOT NULL,
    PRIMARY KEY (wave_id, version)
) STRICT;

-- Answers to the answers. theme: the id under which it is published; NULL buurt: wherever the wave asked.
CREATE TABLE theme_reply (
    id INTEGER PRIMARY KEY,
    wave_id INTEGER NOT NULL REFERENCES wave (id),
    theme INTEGER NOT NULL,
    buurt_id INTEGER REFERENCES buurt (id),
    stance TEXT NOT NULL CHECK (stance IN ('do', 'dont', 'not_yet')),
    words TEXT NOT NULL,
    initiative_id INTEGER REFERENCES initiative (id),
    programme_id INTEGER REFERENCES programme (id),
    by_at INTEGER,
    organisation TEXT NOT NULL,
    account_id INTEGER REFERENCES account (id),
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX theme_reply_wave ON theme_reply (wave_id, theme);

-- Who is told of answers to the answers.
CREATE TABLE wave_follow (
    wave_id INTEGER NOT NULL REFERENCES wave (id),
    account_id INTEGER NOT NULL REFERENCES account (id),
    PRIMARY KEY (wave_id, account_id)
) STRICT, WITHOUT ROWID;
