"""Articles and their revisions in the catalogue."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from retrieval.errors import BadInput, NotFound
from retrieval.schema import Article, ArticleHead, Stretch

_HEAD = """
    c.name AS collection, a.id AS id, r.number, r.title, r.source, r.published, r.authors, r.url, r.origin,
    r.first_line, r.pages
    FROM revisions r JOIN articles a ON a.pk = r.article JOIN collections c ON c.pk = a.collection
"""

_COLLECTION = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")  # what Chroma takes as part of a name


@dataclass(frozen=True, slots=True)
class StoredRevision:
    """Where a revision stands in the catalogue."""

    pk: int
    number: int


def digest(article: Article) -> bytes:
    """What tells one revision of an article from the next: a hash of all that comes from the article itself."""
    content = (
        article.text,
        article.title,
        article.source,
        str(article.published),
        article.authors,
        article.url,
        article.language,
        article.boilerplate,
        *((article.pages,) if article.pages else ()),
    )
    return hashlib.sha256(json.dumps(content, ensure_ascii=True).encode()).digest()


def collection_named(name: str) -> str:
    """`name`; BadInput where no collection can be called so."""
    if not _COLLECTION.fullmatch(name):
        raise BadInput(f"{name!r} is no name of a collection: use a to z, digits and single hyphens.")
    return name


def collection_key(connection: sqlite3.Connection, name: str, *, create: bool = False) -> int | None:
    """The number of a collection; None if there is none of that name and none is to be created."""
    if create:
        connection.execute("INSERT INTO collections (name) VALUES (?) ON CONFLICT DO NOTHING", (name,))
    row = connection.execute("SELECT pk FROM collections WHERE name = ?", (name,)).fetchone()
    return None if row is None else int(row["pk"])


def latest_digest(connection: sqlite3.Connection, collection: int, article_id: str) -> bytes | None:
    """The digest of the newest revision, searched or still pending."""
    row = connection.execute(
        "SELECT r.digest FROM articles a JOIN revisions r ON r.article = a.pk WHERE a.collection = ? AND a.id = ?"
        " ORDER BY r.number DESC LIMIT 1",
        (collection, article_id),
    ).fetchone()
    return None if row is None else bytes(row["digest"])


def origin_of(connection: sqlite3.Connection, collection: int, article_id: str) -> tuple[str | None, int] | None:
    """The file that the newest revision was read from and the line at which its text begins there."""
    row = connection.execute(
        "SELECT r.origin, r.first_line FROM articles a JOIN revisions r ON r.article = a.pk"
        " WHERE a.collection = ? AND a.id = ? ORDER BY r.number DESC LIMIT 1",
        (collection, article_id),
    ).fetchone()
    return None if row is None else (row["origin"], row["first_line"])


def move(connection: sqlite3.Connection, collection: int, article: Article, *, in_folder: bool) -> None:
    """The article as it is now stands in another file."""
    connection.execute(
        "UPDATE articles SET folder = ? WHERE collection = ? AND id = ?", (in_folder, collection, article.id)
    )
    connection.execute(
        "UPDATE revisions SET origin = ?, first_line = ? WHERE pk = (SELECT r.pk FROM articles a JOIN revisions r"
        " ON r.article = a.pk WHERE a.collection = ? AND a.id = ? ORDER BY r.number DESC LIMIT 1)",
        (article.origin, article.first_line, collection, article.id),
    )


def insert_revision(
    connection: sqlite3.Connection, collection: int, article: Article, *, in_folder: bool, story: int | None
) -> StoredRevision:
    """Write `article` as the next revision of the article of its id. `story` None: a story of its own."""
    connection.execute(
        "INSERT INTO articles (collection, id, folder) VALUES (?, ?, ?)"
        " ON CONFLICT (collection, id) DO UPDATE SET folder = excluded.folder",
        (collection, article.id, in_folder),
    )
    (key,) = connection.execute(
        "SELECT pk FROM articles WHERE collection = ? AND id = ?", (collection, article.id)
    ).fetchone()
    (number,) = connection.execute(
        "SELECT coalesce(max(number), 0) + 1 FROM revisions WHERE article = ?", (key,)
    ).fetchone()
    day = article.published_on
    cursor = connection.execute(
        """INSERT INTO revisions (article, number, digest, text, title, source, published, day, authors, url, language,
                                  boilerplate, origin, first_line, story, added_at, pages)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            key,
            number,
            digest(article),
            article.text,
            article.title,
            article.source,
            article.published.isoformat() if article.published else None,
            day_number(day),
            json.dumps(article.authors),
            article.url,
            article.language,
            json.dumps(article.boilerplate),
            article.origin,
            article.first_line,
            story or 0,
            datetime.now(UTC).isoformat(timespec="seconds"),
            json.dumps(article.pages),
        ),
    )
    assert cursor.lastrowid is not None
    if story is None:
        connection.execute("UPDATE revisions SET story = pk WHERE pk = ?", (cursor.lastrowid,))
    return StoredRevision(cursor.lastrowid, int(number))


def collection_names(connection: sqlite3.Connection) -> list[str]:
    """The names of all collections."""
    return [str(name) for (name,) in connection.execute("SELECT name FROM collections ORDER BY pk")]


def ids(connection: sqlite3.Connection, collection: int) -> list[str]:
    """The ids of all articles of a collection, searched or not."""
    return [str(i) for (i,) in connection.execute("SELECT id FROM articles WHERE collection = ?", (collection,))]


def delete_collection(connection: sqlite3.Connection, collection: int) -> None:
    """Delete a collection that has no articles any more, with what was noted of it."""
    for table in ("removals", "files", "given", "speakers", "pages", "feeds"):
        connection.execute(f"DELETE FROM {table} WHERE collection = ?", (collection,))
    connection.execute("DELETE FROM collections WHERE pk = ?", (collection,))


def searched_revisions(connection: sqlite3.Connection, collection: str) -> list[int]:
    """The numbers of a collection's searched revisions."""
    rows = connection.execute(
        "SELECT a.searched FROM articles a JOIN collections c ON c.pk = a.collection"
        " WHERE c.name = ? AND a.searched IS NOT NULL ORDER BY a.searched",
        (collection,),
    )
    return [int(pk) for (pk,) in rows]


def collection_of(connection: sqlite3.Connection, revision: int) -> str | None:
    """The collection in which a revision is searched, None if it is not."""
    row = connection.execute(
        "SELECT c.name FROM articles a JOIN collections c ON c.pk = a.collection WHERE a.searched = ?", (revision,)
    ).fetchone()
    return None if row is None else str(row["name"])


def day_and_source(connection: sqlite3.Connection, revision: int) -> tuple[int | None, str | None]:
    """The publication day (YYYYMMDD) and the publisher of a revision."""
    row = connection.execute("SELECT day, source FROM revisions WHERE pk = ?", (revision,)).fetchone()
    return row["day"], row["source"]


def heads(connection: sqlite3.Connection, collections: Sequence[str]) -> Iterator[ArticleHead]:
    """The searched articles of `collections`, newest first, undated ones last."""
    marks = ",".join("?" * len(collections))
    query = (
        f"SELECT {_HEAD} WHERE a.searched = r.pk AND c.name IN ({marks})"
        " ORDER BY r.day IS NULL, r.day DESC, r.title, r.pk"
    )
    for row in connection.execute(query, tuple(collections)):
        yield head_of(row)


def last_revision(connection: sqlite3.Connection) -> int:
    """The number of the last revision of all, searched or not; 0 where there is none."""
    (pk,) = connection.execute("SELECT coalesce(max(pk), 0) FROM revisions").fetchone()
    return int(pk)


def added_after(connection: sqlite3.Connection, collections: Sequence[str], revision: int) -> list[ArticleHead]:
    """The searched articles of `collections` whose revision is later than `revision`, newest first."""
    marks = ",".join("?" * len(collections))
    query = f"SELECT {_HEAD} WHERE a.searched = r.pk AND c.name IN ({marks}) AND r.pk > ? ORDER BY r.pk DESC"
    return [head_of(row) for row in connection.execute(query, (*collections, revision))]


def has_articles(connection: sqlite3.Connection, collections: Sequence[str]) -> bool:
    """Whether any article of `collections` is searched."""
    row = connection.execute(
        "SELECT 1 FROM articles a JOIN collections c ON c.pk = a.collection"
        " WHERE a.searched IS NOT NULL AND c.name IN (SELECT value FROM json_each(?)) LIMIT 1",
        (json.dumps(list(collections)),),
    ).fetchone()
    return row is not None


def has_publisher(connection: sqlite3.Connection, collections: Sequence[str], source: str) -> bool:
    """Whether any searched article of `collections` is of a publisher, whatever the case of its name."""
    row = connection.execute(
        "SELECT 1 FROM revisions r JOIN articles a ON a.searched = r.pk JOIN collections c ON c.pk = a.collection"
        " WHERE r.source = ? COLLATE NOCASE AND c.name IN (SELECT value FROM json_each(?)) LIMIT 1",
        (source, json.dumps(list(collections))),
    ).fetchone()
    return row is not None


def publishers(connection: sqlite3.Connection, collections: Sequence[str]) -> list[str]:
    """Whom the searched articles of `collections` are of, in alphabetical order."""
    rows = connection.execute(
        "SELECT DISTINCT r.source FROM articles a JOIN revisions r ON r.pk = a.searched"
        " JOIN collections c ON c.pk = a.collection"
        " WHERE r.source <> '' AND c.name IN (SELECT value FROM json_each(?))",
        (json.dumps(list(collections)),),
    )
    return sorted((str(row[0]) for row in rows), key=str.casefold)


def heads_by_revision(connection: sqlite3.Connection, revisions: Sequence[int]) -> dict[int, ArticleHead]:
    """The heads of revisions, by number; those that are gone are left out."""
    query = f"SELECT r.pk, {_HEAD} WHERE r.pk IN (SELECT value FROM json_each(?))"
    return {int(row["pk"]): head_of(row) for row in connection.execute(query, (json.dumps(list(revisions)),))}


def heads_by_id(connection: sqlite3.Connection, asked: Sequence[tuple[str, str]]) -> list[ArticleHead]:
    """The heads of the articles `asked` for, each by its collection and its id; those that are gone are left out."""
    query = (
        f"SELECT {_HEAD} JOIN json_each(?) AS asked ON asked.value ->> 0 = c.name AND asked.value ->> 1 = a.id"
        " WHERE a.searched = r.pk ORDER BY asked.key"
    )
    return [head_of(row) for row in connection.execute(query, (json.dumps(list(asked)),))]


def find(
    connection: sqlite3.Connection, article_id: str, collections: Sequence[str], revision: int | None = None
) -> tuple[ArticleHead, Article]:
    """An article with its text: the searched revision, else the one asked for. NotFound says what to do.

    Where several of `collections` have one of this id, that of the first of them.
    """
    which = "r.pk = a.searched" if revision is None else "r.number = ?"
    row = connection.execute(
        f"SELECT r.text, r.language, r.boilerplate, {_HEAD} JOIN json_each(?) AS asked ON asked.value = c.name"
        f" WHERE a.id = ? AND {which} ORDER BY asked.key LIMIT 1",
        (json.dumps(list(collections)), article_id, *(() if revision is None else (revision,))),
    ).fetchone()
    if row is None:
        which_one = "" if revision is None else f" with a revision {revision}"
        raise NotFound(f"There is no article {article_id!r}{which_one}: `onrecord articles` lists what there is.")
    return head_of(row), article_of(row)


def stored_articles(connection: sqlite3.Connection, revisions: Sequence[int]) -> Iterator[tuple[int, Article]]:
    """The articles of revisions, with their texts, for reading them again."""
    query = f"SELECT r.pk, r.text, r.language, r.boilerplate, {_HEAD} WHERE r.pk = ?"
    for revision in revisions:
        if (row := connection.execute(query, (revision,)).fetchone()) is not None:
            yield revision, article_of(row)


def head_of(row: sqlite3.Row) -> ArticleHead:
    """A row of the head's columns as a value."""
    return ArticleHead(
        collection=row["collection"],
        id=row["id"],
        revision=row["number"],
        title=row["title"],
        source=row["source"],
        published=parse_published(row["published"]),
        authors=tuple(json.loads(row["authors"])),
        url=row["url"],
        origin=row["origin"],
        first_line=row["first_line"],
        pages=_stretches(row["pages"]),
    )


def article_of(row: sqlite3.Row) -> Article:
    """A row of the head's columns, the text, language and boilerplate as a value."""
    return Article(
        id=row["id"],
        text=row["text"],
        title=row["title"],
        source=row["source"],
        published=parse_published(row["published"]),
        authors=tuple(json.loads(row["authors"])),
        url=row["url"],
        language=row["language"],
        boilerplate=_stretches(row["boilerplate"]),
        origin=row["origin"],
        first_line=row["first_line"],
        revision=row["number"],
        pages=_stretches(row["pages"]),
    )


def _stretches(pairs: str) -> tuple[Stretch, ...]:
    return () if pairs == "[]" else tuple(Stretch(*pair) for pair in json.loads(pairs))


def parse_published(text: str | None) -> date | datetime | None:
    """What `isoformat` wrote."""
    if text is None:
        return None
    return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)


def publisher_key(source: str | None) -> str:
    """What tells a publisher from others, without regard to case; empty where unknown. Also a function of our SQL."""
    return (source or "").casefold()


def day_number(day: date | None) -> int | None:
    """A day as YYYYMMDD: Chroma compares numbers only, and SQL compares them as fast."""
    return None if day is None else day.year * 10000 + day.month * 100 + day.day
