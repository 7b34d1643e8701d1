"""Events in the catalogue: what searched articles say happened when."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from retrieval.schema import Event, EventStatus, Granularity, Stretch, TimeSpan, Window
from retrieval.storage.articles import day_number, publisher_key
from retrieval.storage.encoding.token_states import Vectors
from retrieval.storage.passages import stacked

_LEAD = 300  # characters with which an article says what it is about

# A day number is YYYYMMDD, of which a difference is no number of days. In months of 31 days one is, give or take a few,
# and takes no parsing: there may be hundreds of thousands.
_DAYS = "({0} / 10000 * 372 + {0} / 100 % 100 * 31 + {0} % 100)"

_SEARCHED = """
    FROM events e JOIN revisions r ON r.pk = e.revision JOIN articles a ON a.searched = r.pk
    JOIN collections c ON c.pk = a.collection
"""


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """An event of a searched revision with its clause's text and the words of its date (None without any)."""

    pk: int
    revision: int
    story: int
    event: Event
    text: str
    expression: str | None


class EventTable:
    """Keeps what the event annotator yields."""

    @property
    def annotator(self) -> str:
        return "events"

    def insert(self, connection: sqlite3.Connection, revision: int, records: Sequence[Event]) -> None:
        connection.executemany(
            'INSERT INTO events (revision, "start", "end", first, last, value, granularity, modifier, status,'
            " expression_start, expression_end, inferred) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    revision,
                    e.start,
                    e.end,
                    day_number(e.when.first),
                    day_number(e.when.last),
                    e.when.value,
                    e.when.granularity.value,
                    e.when.modifier,
                    e.status.value,
                    *(e.expression or (None, None)),
                    e.inferred,
                )
                for e in records
            ],
        )

    def delete(self, connection: sqlite3.Connection, revision: int) -> None:
        connection.execute("DELETE FROM events WHERE revision = ?", (revision,))


def events_within(
    connection: sqlite3.Connection,
    collections: Sequence[str],
    first: date | None,
    last: date | None,
    published: Window,
    *,
    begun: date | None = None,
    articles: Sequence[str] | None = None,
    limit: int | None = None,
) -> list[StoredEvent]:
    """The events whose days meet `first` to `last` (None: open), and all those of an unknown year, by their first day.

    `published` are the days on which, and the publisher by whom, the article was published. `begun`: where both days
    are given, only what began on that day or later, or is known to have ended within them. `articles`: only of those
    with these ids. `limit`: only so many, those nearest to their publication.
    """
    conditions = ["c.name IN (SELECT value FROM json_each(?))"]
    values: list[object] = [json.dumps(list(collections))]
    met = []
    if first is not None and last is not None and begun is not None:
        # Each of these is looked up in the index of first days; what meets some days would be half of all.
        met.append("(e.first BETWEEN ? AND ? OR (e.first IS NULL AND e.last BETWEEN ? AND ?))")
        values += map(day_number, (begun, last, first, last))
    elif last is not None:
        met.append("(e.first <= ? OR (e.first IS NULL AND e.last IS NOT NULL))")
        values.append(day_number(last))
    if first is not None:
        met.append("(e.last >= ? OR (e.last IS NULL AND e.first IS NOT NULL))")
        values.append(day_number(first))
    if met:
        conditions.append(f"(({' AND '.join(met)}) OR (e.first IS NULL AND e.last IS NULL))")
    _in_window(published, conditions, values)
    if articles is not None:
        conditions.append("a.id IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(list(articles)))
    order = "e.first IS NULL, e.first, e.last, e.pk"
    if limit is not None:
        begun_at, published_at = (_DAYS.format(number) for number in ("coalesce(e.first, e.last)", "r.day"))
        order = f"abs({begun_at} - {published_at}) NULLS LAST LIMIT {limit:d}"
    return _stored(connection, " AND ".join(conditions), values, order)


def more_events(connection: sqlite3.Connection, collections: Sequence[str], count: int) -> bool:
    """Whether the searched articles of `collections` tell more than `count` events; counts no further."""
    (found,) = connection.execute(
        f"SELECT count(*) FROM (SELECT 1 {_SEARCHED} WHERE c.name IN (SELECT value FROM json_each(?)) LIMIT ?)",
        (json.dumps(list(collections)), count + 1),
    ).fetchone()
    return int(found) > count


def last_published(connection: sqlite3.Connection, collections: Sequence[str], published: Window) -> date | None:
    """The last day in a window on which an article that tells of an event was published."""
    conditions = ["c.name IN (SELECT value FROM json_each(?))"]
    values: list[object] = [json.dumps(list(collections))]
    _in_window(published, conditions, values)
    found = connection.execute(
        "SELECT r.day FROM revisions r CROSS JOIN articles a ON a.searched = r.pk"  # the newest first, so to the first
        f" CROSS JOIN collections c ON c.pk = a.collection WHERE {' AND '.join(conditions)} AND r.day IS NOT NULL"
        " AND EXISTS (SELECT 1 FROM events e WHERE e.revision = r.pk) ORDER BY r.day DESC LIMIT 1",
        tuple(values),
    ).fetchone()
    return _day(found["day"]) if found is not None else None


def _in_window(published: Window, conditions: list[str], values: list[object]) -> None:
    for bound, sign in ((published.first, ">="), (published.last, "<=")):
        if bound is not None:
            conditions.append(f"r.day {sign} ?")
            values.append(day_number(bound))
    if published.source is not None:
        conditions.append("publisher_key(r.source) = ?")
        values.append(publisher_key(published.source))


def nearest_events(
    connection: sqlite3.Connection,
    collections: Sequence[str],
    published: Window,
    *,
    before: date | None = None,
    after: date | None = None,
    limit: int = 1,
) -> list[StoredEvent]:
    """The events that end last before a day, or those that begin first after one; nearest first."""
    conditions = ["c.name IN (SELECT value FROM json_each(?))", "e.first IS NOT NULL", "e.last IS NOT NULL"]
    values: list[object] = [json.dumps(list(collections))]
    order = "e.last DESC, e.first DESC, e.pk"
    if before is not None:
        conditions.append("e.last < ?")
        values.append(day_number(before))
    if after is not None:
        conditions.append("e.first > ?")
        values.append(day_number(after))
        order = "e.first, e.last, e.pk"
    _in_window(published, conditions, values)
    return _stored(connection, " AND ".join(conditions), values, f"{order} LIMIT {int(limit)}")


def count_unread(connection: sqlite3.Connection, collections: Sequence[str]) -> int:
    """How many searched articles no version of the event annotator has read."""
    (count,) = connection.execute(
        "SELECT count(*) FROM articles a JOIN collections c ON c.pk = a.collection"
        " WHERE a.searched IS NOT NULL AND c.name IN (SELECT value FROM json_each(?)) AND NOT EXISTS"
        " (SELECT 1 FROM annotations n WHERE n.revision = a.searched AND n.annotator = 'events')",
        (json.dumps(list(collections)),),
    ).fetchone()
    return int(count)


def surroundings(
    connection: sqlite3.Connection, numbers: Sequence[int]
) -> tuple[dict[int, tuple[str, str]], dict[int, int], Vectors]:
    """The passages in which events stand: by event its article's lead and its passage's text, and its row in the matrix
    of passage vectors.

    The matrix has the shape (passages, dimensions); an event outside every passage has neither.
    """
    rows = connection.execute(
        'SELECT e.pk AS event, p.pk AS passage, p.vector, substr(r.text, p."start" + 1, p."end" - p."start") AS text,'
        f" substr(r.text, 1, {_LEAD:d}) AS lead"
        " FROM events e JOIN passages p ON p.revision = e.revision JOIN revisions r ON r.pk = e.revision"
        ' WHERE e.pk IN (SELECT value FROM json_each(?)) AND p."start" <= e."start" AND p."end" > e."start"',
        (json.dumps(list(numbers)),),
    ).fetchall()
    texts: dict[int, tuple[str, str]] = {}
    places: dict[int, int] = {}
    row_of: dict[int, int] = {}
    vectors: list[bytes] = []
    for row in rows:
        if row["passage"] not in row_of:
            row_of[row["passage"]] = len(vectors)
            vectors.append(row["vector"])
        texts[row["event"]] = (row["lead"], row["text"])
        places[row["event"]] = row_of[row["passage"]]
    return texts, places, stacked(vectors)


def _stored(connection: sqlite3.Connection, condition: str, values: Sequence[object], order: str) -> list[StoredEvent]:
    rows = connection.execute(
        'SELECT e.*, r.story, substr(r.text, e."start" + 1, e."end" - e."start") AS text,'
        " substr(r.text, e.expression_start + 1, e.expression_end - e.expression_start) AS expression"
        f" {_SEARCHED} WHERE {condition} ORDER BY {order}",
        tuple(values),
    )
    return [_event_of(row) for row in rows]


def _event_of(row: sqlite3.Row) -> StoredEvent:
    when = TimeSpan(
        first=_day(row["first"]),
        last=_day(row["last"]),
        granularity=Granularity(row["granularity"]),
        value=row["value"],
        modifier=row["modifier"],
    )
    dated = row["expression_start"] is not None
    event = Event(
        start=row["start"],
        end=row["end"],
        when=when,
        status=EventStatus(row["status"]),
        expression=Stretch(row["expression_start"], row["expression_end"]) if dated else None,
        inferred=bool(row["inferred"]),
    )
    return StoredEvent(row["pk"], row["revision"], row["story"], event, row["text"], row["expression"])


def _day(number: int | None) -> date | None:
    return None if number is None else date(number // 10_000, number // 100 % 100, number % 100)
