"""The catalogue's schema, as numbered migrations; read top to bottom. One that has been released never changes."""

from __future__ import annotations

import sqlite3

from retrieval.errors import NewerStore
from retrieval.storage import community_tables

MIGRATIONS: tuple[str, ...] = (
    # 1: articles with their revisions, passages with their vectors, full text, and what is left to do in the index
    """
    CREATE TABLE properties (
        name TEXT PRIMARY KEY,      -- embedding_model, …
        value TEXT NOT NULL
    ) WITHOUT ROWID;

    CREATE TABLE collections (
        pk INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE   -- "operator", "server-1234"
    );

    CREATE TABLE articles (
        pk INTEGER PRIMARY KEY AUTOINCREMENT,
        collection INTEGER NOT NULL REFERENCES collections,
        id TEXT NOT NULL,           -- given, else canonical URL, else path
        searched INTEGER REFERENCES revisions,  -- the revision that is answered from; NULL until the first is indexed
        folder INTEGER NOT NULL,    -- 1: came from the store's own articles folder, and goes when its file goes
        UNIQUE (collection, id)
    );

    CREATE TABLE revisions (
        pk INTEGER PRIMARY KEY AUTOINCREMENT,
        article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
        number INTEGER NOT NULL,    -- from 1
        digest BLOB NOT NULL,       -- of everything below that comes from the article
        text TEXT NOT NULL,
        title TEXT NOT NULL,
        source TEXT,
        published TEXT,             -- ISO 8601, a day or an instant with its zone
        day INTEGER,                -- the same as YYYYMMDD
        authors TEXT NOT NULL,      -- JSON list
        url TEXT,
        language TEXT,
        boilerplate TEXT NOT NULL,  -- JSON list of [start, end]
        origin TEXT,                -- the file it was read from
        first_line INTEGER NOT NULL,-- the line of that file at which the text begins
        story INTEGER NOT NULL,     -- near-duplicates share it
        added_at TEXT NOT NULL,
        UNIQUE (article, number)
    );
    CREATE INDEX revisions_by_story ON revisions (story);
    CREATE INDEX revisions_by_day ON revisions (day);
    CREATE INDEX articles_by_searched ON articles (searched);

    CREATE TABLE near_duplicate_bands (
        collection INTEGER NOT NULL,
        band INTEGER NOT NULL,      -- key of one band of the MinHash signature
        revision INTEGER NOT NULL REFERENCES revisions ON DELETE CASCADE,
        PRIMARY KEY (collection, band, revision)
    ) WITHOUT ROWID;
    CREATE INDEX near_duplicate_bands_by_revision ON near_duplicate_bands (revision);

    CREATE TABLE signatures (
        revision INTEGER PRIMARY KEY REFERENCES revisions ON DELETE CASCADE,
        signature BLOB NOT NULL     -- MinHash, uint32 little-endian
    );

    -- AUTOINCREMENT: the number of a deleted passage is never given again, so a vector left behind names nothing.
    CREATE TABLE passages (
        pk INTEGER PRIMARY KEY AUTOINCREMENT,
        revision INTEGER NOT NULL REFERENCES revisions ON DELETE CASCADE,
        "start" INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        sentences BLOB NOT NULL,    -- int32 pairs (start, end), little-endian
        vector BLOB NOT NULL        -- fp16, little-endian, unit length
    );
    CREATE INDEX passages_by_revision ON passages (revision);

    -- Full text of the passages of searched revisions only. External content: the text stands once, in revisions.
    CREATE VIEW passage_texts AS
        SELECT p.pk AS rowid, 'c' || a.collection AS scope, r.title AS title, coalesce(r.source, '') AS source,
               substr(r.text, p."start" + 1, p."end" - p."start") AS body
        FROM passages p JOIN revisions r ON r.pk = p.revision JOIN articles a ON a.pk = r.article;
    CREATE VIRTUAL TABLE passage_index USING fts5 (
        scope, title, source, body, content='passage_texts', content_rowid='rowid',
        tokenize='porter unicode61 remove_diacritics 2'
    );

    CREATE TABLE annotations (
        revision INTEGER NOT NULL REFERENCES revisions ON DELETE CASCADE,
        annotator TEXT NOT NULL,
        version INTEGER NOT NULL,
        PRIMARY KEY (revision, annotator)
    ) WITHOUT ROWID;

    -- What the vectors still lack: written with the change itself, deleted when the vectors have it.
    CREATE TABLE index_tasks (
        pk INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL CHECK (kind IN ('index', 'forget')),
        collection TEXT NOT NULL,
        revision INTEGER,           -- 'index': this revision's passages, then search it
        passages BLOB               -- 'forget': int64 numbers of passages to take out
    );

    CREATE TABLE files (
        collection INTEGER NOT NULL REFERENCES collections,
        path TEXT NOT NULL,         -- relative to the store's articles folder
        size INTEGER NOT NULL,
        modified INTEGER NOT NULL,  -- nanoseconds
        PRIMARY KEY (collection, path)
    ) WITHOUT ROWID;

    -- Articles that were removed while their file stays: not taken in again until they change or are named.
    CREATE TABLE removals (
        collection INTEGER NOT NULL REFERENCES collections,
        id TEXT NOT NULL,
        digest BLOB NOT NULL,
        PRIMARY KEY (collection, id)
    ) WITHOUT ROWID;
    """,
    # 2: who said what
    """
    -- A person or body that is quoted in a collection. Names and descriptions are those of the quotations.
    CREATE TABLE speakers (
        pk INTEGER PRIMARY KEY,
        collection INTEGER NOT NULL REFERENCES collections,
        surname TEXT NOT NULL       -- folded; the last word of a body's name
    );
    CREATE INDEX speakers_by_surname ON speakers (collection, surname);

    CREATE TABLE quotations (
        pk INTEGER PRIMARY KEY,
        revision INTEGER NOT NULL REFERENCES revisions ON DELETE CASCADE,
        pieces TEXT NOT NULL,       -- JSON list of [start, end], as are the other stretches
        kind TEXT NOT NULL,
        stance TEXT NOT NULL,
        cue TEXT NOT NULL,
        mention TEXT,
        addressee TEXT,
        manner TEXT,
        speaker INTEGER REFERENCES speakers,    -- NULL: unclear, or no name
        named TEXT,                 -- the name the article gives the speaker
        description TEXT,
        said_first TEXT,            -- days, ISO 8601
        said_last TEXT,
        said_value TEXT,            -- NULL: the article does not say when
        said_granularity TEXT,
        said_modifier TEXT,
        vector BLOB NOT NULL        -- fp16, little-endian, unit length
    );
    CREATE INDEX quotations_by_revision ON quotations (revision);
    CREATE INDEX quotations_by_speaker ON quotations (speaker);
    """,
    # 3: what happened when
    """
    CREATE TABLE events (
        pk INTEGER PRIMARY KEY,
        revision INTEGER NOT NULL REFERENCES revisions ON DELETE CASCADE,
        "start" INTEGER NOT NULL,   -- the clause
        "end" INTEGER NOT NULL,
        first INTEGER,              -- days as YYYYMMDD; NULL: open ("since 2004"); both NULL: of an unknown year
        last INTEGER,
        value TEXT NOT NULL,        -- TIMEX3
        granularity TEXT NOT NULL,
        modifier TEXT,
        status TEXT NOT NULL,
        expression_start INTEGER,   -- where the date stands; NULL: dated by the publication alone
        expression_end INTEGER,
        inferred INTEGER NOT NULL
    );
    CREATE INDEX events_by_revision ON events (revision);
    CREATE INDEX events_by_first_day ON events (first, last);
    CREATE INDEX events_by_last_day ON events (last, first);
    """,
    # 4: conversations, and what the language model was spent on today
    """
    CREATE TABLE turns (
        pk INTEGER PRIMARY KEY AUTOINCREMENT,
        place TEXT NOT NULL,        -- a thread, a channel, a terminal
        person TEXT NOT NULL,       -- whose conversation it is there; '': everybody's
        question TEXT NOT NULL,
        answer TEXT NOT NULL,       -- as shown, without the numbers of its citations
        asked_at TEXT NOT NULL      -- ISO 8601, UTC
    );
    CREATE INDEX turns_by_key ON turns (place, person);
    CREATE INDEX turns_by_person ON turns (person);
    CREATE INDEX turns_by_time ON turns (asked_at);

    CREATE TABLE spending (
        day TEXT NOT NULL,          -- ISO 8601
        asker TEXT NOT NULL,        -- '': nobody that is told from others
        tokens INTEGER NOT NULL,
        PRIMARY KEY (day, asker)
    ) WITHOUT ROWID;
    """,
    # 5: the web: printed pages, what was fetched, feeds
    """
    ALTER TABLE revisions ADD COLUMN pages TEXT NOT NULL DEFAULT '[]';  -- JSON list of [start, end]: printed pages

    -- Articles that were read from the web, and by what the server tells whether they changed since.
    CREATE TABLE pages (
        collection INTEGER NOT NULL REFERENCES collections,
        id TEXT NOT NULL,           -- of the article
        url TEXT NOT NULL,          -- where it was fetched
        etag TEXT,
        modified TEXT,              -- the Last-Modified header, as it was sent
        fetched_at INTEGER NOT NULL,-- seconds since 1970, as are the times below
        gone_at INTEGER,            -- when the server first said that there is no such page
        PRIMARY KEY (collection, id)
    ) WITHOUT ROWID;

    CREATE TABLE feeds (
        pk INTEGER PRIMARY KEY,
        collection INTEGER NOT NULL REFERENCES collections,
        url TEXT NOT NULL,
        title TEXT NOT NULL,
        watched_at INTEGER NOT NULL,
        etag TEXT,
        modified TEXT,
        pace INTEGER NOT NULL,      -- seconds between two polls
        due_at INTEGER NOT NULL,
        polled_at INTEGER,          -- when it was last read or unchanged
        failures INTEGER NOT NULL DEFAULT 0,    -- in a row
        failing_since INTEGER,
        error TEXT,                 -- of the last poll
        dead INTEGER NOT NULL DEFAULT 0,        -- 1: given up, which was reported
        UNIQUE (collection, url)
    );

    -- What was seen in a feed, so that it is never taken twice: "id …" and "link …" of each entry.
    CREATE TABLE feed_entries (
        feed INTEGER NOT NULL REFERENCES feeds ON DELETE CASCADE,
        entry TEXT NOT NULL,
        seen_at INTEGER NOT NULL,   -- in the newest document that held it
        PRIMARY KEY (feed, entry)
    ) WITHOUT ROWID;
    """,
    # 6: the servers that ask: their settings, what they were shown and what they thought of it
    community_tables.SERVERS,
    # 7: what is to be added from Discord, until it is; the window of a question
    community_tables.ADDITIONS,
    # 8: whom an article calls "the mayor" is looked up by these words, not by reading all articles
    """
    ALTER TABLE quotations ADD COLUMN mentioned TEXT;   -- the words of the mention
    UPDATE quotations SET mentioned = (
        SELECT substr(r.text, json_extract(mention, '$[0]') + 1,
                      json_extract(mention, '$[1]') - json_extract(mention, '$[0]'))
        FROM revisions r WHERE r.pk = quotations.revision
    ) WHERE mention IS NOT NULL;
    CREATE INDEX quotations_by_mentioned ON quotations (mentioned);
    CREATE INDEX quotations_by_description ON quotations (description);
    """,
    # 9: a publisher's articles, and the names of all who are quoted, are found without looking at everything
    """
    CREATE INDEX revisions_by_source ON revisions (source COLLATE NOCASE, day);
    CREATE INDEX quotations_by_name ON quotations (speaker, named);
    DROP INDEX quotations_by_speaker;
    """,
    # 10: who is whom is told from each speaker's names, not from all that a much quoted one has said
    """
    CREATE TABLE speaker_names (
        speaker INTEGER NOT NULL REFERENCES speakers ON DELETE CASCADE,
        named TEXT NOT NULL,        -- as a quotation names it
        description TEXT NOT NULL,  -- empty: none
        PRIMARY KEY (speaker, named, description)
    ) WITHOUT ROWID;
    CREATE INDEX speaker_names_by_name ON speaker_names (named);
    CREATE INDEX quotations_by_names ON quotations (speaker, named, description);
    DROP INDEX quotations_by_name;
    INSERT INTO speaker_names
        SELECT DISTINCT speaker, named, coalesce(description, '') FROM quotations WHERE speaker IS NOT NULL;
    CREATE TRIGGER quotations_name_their_speaker AFTER INSERT ON quotations WHEN new.speaker IS NOT NULL BEGIN
        INSERT OR IGNORE INTO speaker_names VALUES (new.speaker, new.named, coalesce(new.description, ''));
    END;
    CREATE TRIGGER speakers_lose_names_that_nothing_has AFTER DELETE ON quotations WHEN old.speaker IS NOT NULL BEGIN
        DELETE FROM speaker_names
        WHERE speaker = old.speaker AND named = old.named AND description = coalesce(old.description, '')
            AND NOT EXISTS (SELECT 1 FROM quotations q WHERE q.speaker = old.speaker AND q.named = old.named
                            AND q.description IS old.description);
    END;
    """,
    # 11: a talk keeps to the articles that its answers cite
    "ALTER TABLE turns ADD COLUMN articles TEXT NOT NULL DEFAULT '[]'; -- JSON: collection and id of each",
    # 12: an answer of several messages is taken back in all of them, and a server that was left is known as one
    community_tables.PRESENCE,
    # 13: what was said by hand of a file in the articles folder holds until the file is gone
    """
    CREATE TABLE given (
        collection INTEGER NOT NULL REFERENCES collections,
        path TEXT NOT NULL,         -- as in `files`
        "values" TEXT NOT NULL,     -- JSON
        PRIMARY KEY (collection, path)
    ) WITHOUT ROWID;
    """,
)


def is_current(connection: sqlite3.Connection) -> bool:
    """Whether the schema is up to date; NewerStore if it is ahead of us."""
    version = _version(connection)
    if version > len(MIGRATIONS):
        raise NewerStore(
            f"The store has schema {version} and this OnRecord knows {len(MIGRATIONS)}: install a newer OnRecord."
        )
    return version == len(MIGRATIONS)


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the schema up to date, each migration a transaction of its own. One process at a time."""
    version = _version(connection)
    for number, script in enumerate(MIGRATIONS[version:], start=version + 1):
        connection.executescript(f"BEGIN IMMEDIATE;\n{script}\nPRAGMA user_version = {number};\nCOMMIT;")


def _version(connection: sqlite3.Connection) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)
