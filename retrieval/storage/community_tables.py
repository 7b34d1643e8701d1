"""The tables of the servers that ask, as migrations; released ones never change."""

SERVERS = """
CREATE TABLE server_settings (
    server INTEGER PRIMARY KEY, -- as all ids of servers, channels, members and messages: Discord's
    settings TEXT NOT NULL      -- JSON object
);

CREATE TABLE shown_answers (
    id TEXT PRIMARY KEY,        -- twelve hexadecimal digits, which the buttons under it carry
    server INTEGER NOT NULL,    -- 0: a direct message
    channel INTEGER NOT NULL,
    member INTEGER NOT NULL,    -- who asked
    message INTEGER,            -- NULL: for one pair of eyes
    asked_at TEXT NOT NULL,     -- ISO 8601, UTC, as all instants here
    question TEXT NOT NULL,
    answer TEXT,                -- NULL: an article that it cites was removed
    abstained INTEGER NOT NULL
);
CREATE INDEX shown_answers_by_channel ON shown_answers (channel, asked_at);
CREATE INDEX shown_answers_by_member ON shown_answers (member);
CREATE INDEX shown_answers_by_server ON shown_answers (server, asked_at);

CREATE TABLE shown_citations (
    answer TEXT NOT NULL REFERENCES shown_answers ON DELETE CASCADE,
    n INTEGER NOT NULL,
    collection TEXT NOT NULL,
    article TEXT NOT NULL,
    revision INTEGER NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    PRIMARY KEY (answer, n)
) WITHOUT ROWID;
CREATE INDEX shown_citations_by_article ON shown_citations (article, collection);

-- A removed article leaves the answers that cite it, whoever removes it.
CREATE TRIGGER shown_answers_lose_what_was_removed AFTER DELETE ON articles BEGIN
    UPDATE shown_answers SET answer = NULL WHERE id IN (
        SELECT s.answer FROM shown_citations s JOIN collections c ON c.name = s.collection
        WHERE s.article = OLD.id AND c.pk = OLD.collection);
END;

CREATE TABLE feedback (
    answer TEXT NOT NULL REFERENCES shown_answers ON DELETE CASCADE,
    member INTEGER NOT NULL,
    opinion TEXT NOT NULL,
    reason TEXT,
    given_at TEXT NOT NULL,
    PRIMARY KEY (answer, member)
) WITHOUT ROWID;
CREATE INDEX feedback_by_member ON feedback (member);

CREATE TABLE questions_asked (
    server INTEGER NOT NULL,
    member INTEGER NOT NULL,
    day TEXT NOT NULL,          -- ISO 8601, of the server's time zone
    questions INTEGER NOT NULL,
    PRIMARY KEY (server, day, member)
) WITHOUT ROWID;

CREATE TABLE watched_channels (
    server INTEGER NOT NULL,
    channel INTEGER PRIMARY KEY,
    collection TEXT NOT NULL
);

CREATE TABLE digests (
    server INTEGER PRIMARY KEY,
    channel INTEGER NOT NULL,
    rhythm TEXT NOT NULL,
    hour INTEGER NOT NULL,      -- of the server's day
    due TEXT NOT NULL,
    told INTEGER NOT NULL       -- the last revision that was told
);

-- Servers that the bot has left: when their time is up, all that is theirs is deleted.
CREATE TABLE departures (
    server INTEGER PRIMARY KEY,
    left_at TEXT NOT NULL
);
"""

ADDITIONS = """
CREATE TABLE additions (
    pk INTEGER PRIMARY KEY,
    server INTEGER NOT NULL,
    collection TEXT NOT NULL,
    channel INTEGER NOT NULL,
    message INTEGER,
    again INTEGER NOT NULL,     -- the sources are articles whose pages are fetched again
    tries INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE addition_sources (
    addition INTEGER NOT NULL REFERENCES additions ON DELETE CASCADE,
    n INTEGER NOT NULL,
    name TEXT NOT NULL,         -- an address or an id; of a file its name
    data BLOB,                  -- the file
    PRIMARY KEY (addition, n)
);

-- Where it is told that a feed of a collection is given up: where one was watched last.
CREATE TABLE feed_channels (
    collection TEXT PRIMARY KEY,
    server INTEGER NOT NULL,
    channel INTEGER NOT NULL
) WITHOUT ROWID;

-- What was given beside the question of an answer, so that it can be changed.
ALTER TABLE shown_answers ADD COLUMN first TEXT;
ALTER TABLE shown_answers ADD COLUMN last TEXT;
ALTER TABLE shown_answers ADD COLUMN source TEXT;
"""

PRESENCE = """
-- The servers that the bot has been in: articles of one that it has not may be waiting for it to be invited.
CREATE TABLE servers (server INTEGER PRIMARY KEY);

ALTER TABLE shown_answers ADD COLUMN earlier TEXT NOT NULL DEFAULT '[]'; -- JSON: the messages before the last one
"""
