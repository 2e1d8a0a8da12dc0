-- The knowledge database: a build product, read-only at run time, replaced whole.
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE sources (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, publisher TEXT NOT NULL, url TEXT NOT NULL,
    licence TEXT NOT NULL, as_of TEXT NOT NULL, note TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE careers (
    slug TEXT PRIMARY KEY, title TEXT NOT NULL, plural TEXT NOT NULL,
    soc TEXT NOT NULL, soc_title TEXT NOT NULL, shares_figures INTEGER NOT NULL,
    depth TEXT NOT NULL CHECK (depth IN ('profile', 'occupation')),
    topics TEXT NOT NULL, related TEXT NOT NULL, next TEXT NOT NULL, -- JSON arrays
    job_zone INTEGER, figures_code TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX careers_soc ON careers (soc);

CREATE TABLE topics (id TEXT PRIMARY KEY, title TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE career_topics (topic TEXT, slug TEXT, PRIMARY KEY (topic, slug)) WITHOUT ROWID;

-- A written section: the JSON of knowledge.models.Section.
CREATE TABLE sections (slug TEXT, name TEXT, body TEXT NOT NULL, PRIMARY KEY (slug, name)) WITHOUT ROWID;

CREATE TABLE skills (
    slug TEXT, name TEXT, kind TEXT NOT NULL, weight REAL NOT NULL, PRIMARY KEY (slug, name)
) WITHOUT ROWID;
-- The same in the words of the official occupation that a career reads its figures from.
CREATE TABLE occupation_skills (
    slug TEXT, name TEXT, kind TEXT NOT NULL, weight REAL NOT NULL, PRIMARY KEY (slug, name)
) WITHOUT ROWID;

CREATE INDEX skills_name ON skills (name);
CREATE INDEX occupation_skills_name ON occupation_skills (name);

-- What careers are compared by (knowledge.overlap): a career's vector, how rare each skill is, its nearest careers.
CREATE TABLE career_skills (slug TEXT, name TEXT, weight REAL NOT NULL, PRIMARY KEY (slug, name)) WITHOUT ROWID;
CREATE TABLE skill_rarity (name TEXT PRIMARY KEY, rarity REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE similar (slug TEXT, rank INTEGER, other TEXT NOT NULL, score REAL NOT NULL, PRIMARY KEY (slug, rank)) WITHOUT ROWID;

CREATE TABLE traits (slug TEXT, kind TEXT, name TEXT, value REAL NOT NULL, PRIMARY KEY (slug, kind, name)) WITHOUT ROWID;

-- What occupations without a written profile are worded from (knowledge.occupations): duties in our words; tools; what is
-- rated far above (rank 1, 2…) or below (-1, -2…) the average of all occupations; titles in use; needs that the work
-- answers (1 to 7); how a career is called in a sentence; our words for what is rated, in variants.
CREATE TABLE activities (slug TEXT, rank INTEGER, duty TEXT NOT NULL, PRIMARY KEY (slug, rank)) WITHOUT ROWID;
CREATE TABLE tools (slug TEXT, rank INTEGER, name TEXT NOT NULL, PRIMARY KEY (slug, rank)) WITHOUT ROWID;
CREATE TABLE contrasts (
    slug TEXT, kind TEXT, rank INTEGER, name TEXT NOT NULL, weight REAL NOT NULL, average REAL NOT NULL,
    PRIMARY KEY (slug, kind, rank)
) WITHOUT ROWID;
CREATE TABLE also_called (slug TEXT, rank INTEGER, title TEXT NOT NULL, PRIMARY KEY (slug, rank)) WITHOUT ROWID;
CREATE TABLE technologies (name TEXT PRIMARY KEY, category TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE work_values (slug TEXT, name TEXT, extent REAL NOT NULL, PRIMARY KEY (slug, name)) WITHOUT ROWID;
CREATE TABLE spoken (slug TEXT PRIMARY KEY, many TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE phrases (
    kind TEXT, name TEXT, use TEXT, variant INTEGER, groups TEXT NOT NULL, text TEXT NOT NULL,
    PRIMARY KEY (kind, name, use, variant)
) WITHOUT ROWID;

-- Official relations between occupations, nearest first.
CREATE TABLE related (slug TEXT, other TEXT, rank INTEGER NOT NULL, PRIMARY KEY (slug, other)) WITHOUT ROWID;

CREATE TABLE education (
    slug TEXT PRIMARY KEY, typical_entry TEXT NOT NULL, work_experience TEXT NOT NULL,
    on_the_job_training TEXT NOT NULL, source TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE education_shares (
    slug TEXT, source TEXT, position INTEGER, level TEXT NOT NULL, percent REAL NOT NULL,
    PRIMARY KEY (slug, source, position)
) WITHOUT ROWID;

CREATE TABLE outlook (
    slug TEXT, place TEXT, source TEXT, growth_percent REAL, openings_per_year REAL, employment REAL,
    first_year INTEGER NOT NULL, last_year INTEGER NOT NULL, note TEXT NOT NULL,
    PRIMARY KEY (slug, place, source)
) WITHOUT ROWID;

-- `code` is what the source's own figures are keyed by: an occupation code of the 6-digit SOC ("15-1252")
-- for US rows, or a career's slug; pay_codes says which codes a career's pay is read from.
CREATE TABLE pay (
    code TEXT, place TEXT, source TEXT, currency TEXT NOT NULL, period TEXT NOT NULL,
    median REAL, mean REAL, p10 REAL, p25 REAL, p75 REAL, p90 REAL,
    employment INTEGER, sample INTEGER, estimate INTEGER NOT NULL, note TEXT NOT NULL,
    PRIMARY KEY (code, place, source)
) WITHOUT ROWID;
CREATE INDEX pay_place ON pay (place, code);
CREATE TABLE pay_codes (slug TEXT, code TEXT, PRIMARY KEY (slug, code)) WITHOUT ROWID;
CREATE INDEX pay_codes_code ON pay_codes (code);

CREATE TABLE places (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, country TEXT NOT NULL, region TEXT NOT NULL,
    population INTEGER NOT NULL, areas TEXT NOT NULL -- JSON array of place ids, nearest first
) WITHOUT ROWID;

-- Everything that the spotter may find in a message; `languages`: of a title that is (also) foreign, "en es pt".
CREATE TABLE names (
    kind TEXT, text TEXT, target TEXT, weight REAL NOT NULL, languages TEXT NOT NULL, PRIMARY KEY (kind, text, target)
) WITHOUT ROWID;

-- Courses and books. `content`: words of the title that say something; `quality`: knowledge.teaching.quality_of.
CREATE TABLE resources (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, title TEXT NOT NULL, url TEXT NOT NULL,
    provider TEXT NOT NULL, language TEXT NOT NULL, level TEXT NOT NULL, free INTEGER,
    topics TEXT NOT NULL, source TEXT NOT NULL, content INTEGER NOT NULL, quality REAL NOT NULL
);
CREATE VIRTUAL TABLE resource_text USING fts5 (
    title, topics, content='', tokenize='porter unicode61 remove_diacritics 2'
);
-- The numbers of one kind in one language follow each other, best first (knowledge.teaching.bareness).
CREATE TABLE shelves (
    kind TEXT, language TEXT, first INTEGER NOT NULL, last INTEGER NOT NULL, PRIMARY KEY (kind, language)
) WITHOUT ROWID;
-- What can be learned, every way to name it (folded: knowledge.words.key_of), and which resources teach it.
CREATE TABLE subjects (id INTEGER PRIMARY KEY, name TEXT NOT NULL, teachers INTEGER NOT NULL);
CREATE TABLE subject_names (key TEXT PRIMARY KEY, subject INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX subject_names_subject ON subject_names (subject);
CREATE TABLE subject_parts (broader INTEGER, subject INTEGER, PRIMARY KEY (broader, subject)) WITHOUT ROWID;
CREATE INDEX subject_parts_subject ON subject_parts (subject, broader);
CREATE TABLE teaches (
    subject INTEGER, kind TEXT, language TEXT, rank REAL, number INTEGER, strength REAL NOT NULL, words INTEGER NOT NULL,
    PRIMARY KEY (subject, kind, language, rank DESC, number)
) WITHOUT ROWID;
CREATE INDEX teaches_number ON teaches (number, subject, strength, words);
-- What a career needs, in those subjects: weight 1 to 100, its own name for it, whether that is one of its skills, and
-- whether it is its whole field ("data engineering").
CREATE TABLE career_subjects (
    slug TEXT, subject INTEGER, weight REAL NOT NULL, name TEXT NOT NULL, counted INTEGER NOT NULL, field INTEGER NOT NULL,
    PRIMARY KEY (slug, subject)
) WITHOUT ROWID;

-- The cities of a career page, in the page's order and spelling.
CREATE TABLE page_order (slug TEXT, position INTEGER, place TEXT NOT NULL, shown TEXT NOT NULL, PRIMARY KEY (slug, position)) WITHOUT ROWID;

-- What people like, in everyday words: skills and topics (joined by |) and RIASEC letters.
CREATE TABLE interests (words TEXT PRIMARY KEY, skills TEXT NOT NULL, topics TEXT NOT NULL, letters TEXT NOT NULL) WITHOUT ROWID;

-- The European Central Bank's latest reference rates: units of the currency for one euro.
CREATE TABLE rates (currency TEXT PRIMARY KEY, per_euro REAL NOT NULL, day TEXT NOT NULL) WITHOUT ROWID;
