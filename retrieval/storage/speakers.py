"""Speakers across the articles of a collection: who is whom, by which names, described how and when."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from retrieval.annotation.folding import folded_words
from retrieval.annotation.quotations.names import SUFFIXES, content_words, is_body
from retrieval.schema import Description, Speaker
from retrieval.storage.namesakes import tell_of_the_same


@dataclass(frozen=True, slots=True)
class _Known:
    pk: int
    names: tuple[str, ...]
    descriptions: tuple[str, ...]


def name_words(name: str) -> tuple[str, ...]:
    """The folded words of a name, without the article before a body's."""
    words = folded_words(name)
    return words[1:] if len(words) > 1 and words[0] == "the" else words


def surname_of(name: str) -> str:
    """The folded last word of a name that is no "Jr."; empty where it has no words."""
    words = [w for w in name_words(name) if w not in SUFFIXES]
    return words[-1] if words else ""


def speaker_key(
    connection: sqlite3.Connection, collection: int, revision: int, name: str, description: str | None
) -> int:
    """The number of the speaker that the article of `revision` calls `name`; a new one unless surely known.

    Surely: by the same name, with or without middle names; or by surname or initial alone where the descriptions
    agree, or the articles tell of the same things, and nobody else is meant. Two people of one surname stay two.
    """
    surname = surname_of(name)
    a_body = is_body(tuple(name.split()))
    if a_body and len(called_so := _called(connection, collection, name)) == 1:
        return called_so[0]
    known = list(_known(connection, collection, surname))
    same = [k for k in known if any(name_words(n) == name_words(name) for n in k.names)]
    alone = len(name_words(name)) == 1
    if alone:  # others may have that surname: that somebody is also called so is not enough
        same = [k for k in same if all(len(name_words(n)) == 1 for n in k.names)]
    if not a_body:
        if not same:
            same = [
                k
                for k in known
                if any(_compatible(n, name) for n in k.names)
                and all(_compatible(n, name, loosely=True) or len(name_words(n)) == 1 for n in k.names)
            ]
        if not same or alone:
            short = [k for k in known if all(_shortened(n, name) or name_words(n) == name_words(name) for n in k.names)]
            alike = [k for k in short if _described_alike(k.descriptions, description)]
            same = alike or _named_in_full(connection, revision, name, short, known) or same
    if len(same) == 1:
        return same[0].pk
    cursor = connection.execute("INSERT INTO speakers (collection, surname) VALUES (?, ?)", (collection, surname))
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def _named_in_full(
    connection: sqlite3.Connection, revision: int, name: str, short: Sequence[_Known], known: Sequence[_Known]
) -> list[_Known]:
    """Who of `short` an article of the same things names in full, or calls by the surname alone where `name` is full.

    Nobody where two people of that surname are `known`.
    """
    full = [k for k in known if any(len(name_words(n)) > 1 for n in k.names)]
    wanted = full if len(name_words(name)) == 1 else [k for k in short if k not in full]
    if len(full) + (len(name_words(name)) > 1) > 1 or len(wanted) != 1 or wanted[0] not in short:
        return []
    return wanted if tell_of_the_same(connection, revision, wanted[0].pk, surname_of(name)) else []


def forget_unquoted(connection: sqlite3.Connection, speakers: Iterable[int]) -> None:
    """Take out those of `speakers` of whom no quotation is left."""
    connection.execute(
        "DELETE FROM speakers WHERE pk IN (SELECT value FROM json_each(?))"
        " AND NOT EXISTS (SELECT 1 FROM quotations q WHERE q.speaker = speakers.pk)",
        (json.dumps(list(speakers)),),
    )


def quoted_names(connection: sqlite3.Connection) -> list[tuple[int, str]]:
    """Every speaker's number with each name that articles, searched or not, give."""
    rows = connection.execute("SELECT DISTINCT speaker, named FROM speaker_names")
    return [(int(speaker), str(name)) for speaker, name in rows]


def searched_speakers(
    connection: sqlite3.Connection, collections: Sequence[str], numbers: Sequence[int] | None = None
) -> dict[int, Speaker]:
    """Whoever is quoted under a name in the searched articles of `collections`, by number; only those of `numbers`,
    if given."""
    values = [json.dumps(list(collections))]
    among = ""
    if numbers is not None:
        among = "AND q.speaker IN (SELECT value FROM json_each(?))"
        values.append(json.dumps(list(numbers)))
    rows = connection.execute(
        f"""SELECT q.speaker, q.named, q.description, count(*) AS times,
                  min(substr(r.published, 1, 10)) AS first, max(substr(r.published, 1, 10)) AS last
           FROM quotations q CROSS JOIN revisions r ON r.pk = q.revision CROSS JOIN articles a ON a.searched = r.pk
           CROSS JOIN collections c ON c.pk = a.collection
           WHERE q.speaker IS NOT NULL AND c.name IN (SELECT value FROM json_each(?)) {among}
           GROUP BY q.speaker, q.named, q.description ORDER BY last IS NULL, last DESC, times DESC""",
        values,
    )
    grouped: dict[int, list[sqlite3.Row]] = {}
    for row in rows:
        grouped.setdefault(int(row["speaker"]), []).append(row)
    return {pk: _speaker(found) for pk, found in grouped.items()}


def _speaker(rows: Sequence[sqlite3.Row]) -> Speaker:
    times: dict[str, int] = {}
    described: dict[str, tuple[str, list[str]]] = {}  # by the text with apostrophes of one kind
    for row in rows:
        times[row["named"]] = times.get(row["named"], 0) + row["times"]
        if row["description"]:
            _, days = described.setdefault(row["description"].replace("’", "'"), (row["description"], []))
            days += [day for day in (row["first"], row["last"]) if day]
    # The fullest name is the one that other articles may shorten; of two as full the more frequent one.
    names = sorted(times, key=lambda name: (-min(len(name_words(name)), 2), -times[name], -len(name), name))
    descriptions = tuple(
        Description(text, _day(min(days, default=None)), _day(max(days, default=None)))
        for text, days in described.values()
    )
    return Speaker(names[0], tuple(names[1:]), descriptions, sum(times.values()))


def _day(day: str | None) -> date | None:
    return date.fromisoformat(day) if day else None


def _called(connection: sqlite3.Connection, collection: int, name: str) -> list[int]:
    """The speakers who are called `name` to the letter: two bodies of one name are one, however many end alike."""
    rows = connection.execute(
        "SELECT DISTINCT s.pk FROM speaker_names n JOIN speakers s ON s.pk = n.speaker"
        " WHERE n.named = ? AND s.collection = ?",
        (name, collection),
    )
    return [int(pk) for (pk,) in rows]


def _known(connection: sqlite3.Connection, collection: int, surname: str) -> Iterable[_Known]:
    found: dict[int, tuple[list[str], list[str]]] = {}
    for row in connection.execute(
        "SELECT s.pk, n.named, n.description FROM speakers s JOIN speaker_names n ON n.speaker = s.pk"
        " WHERE s.collection = ? AND s.surname = ? ORDER BY s.pk",
        (collection, surname),
    ):
        names, descriptions = found.setdefault(int(row["pk"]), ([], []))
        names.append(row["named"])
        if row["description"]:
            descriptions.append(row["description"])
    return [_Known(pk, tuple(names), tuple(descriptions)) for pk, (names, descriptions) in found.items()]


def _compatible(one: str, other: str, *, loosely: bool = False) -> bool:
    """Whether two full names differ by middle initials alone; `loosely`: or by middle names that one of them lacks."""
    if is_body(tuple(one.split())):
        return False
    a, b = _parts(one), _parts(other)
    if min(len(a.words), len(b.words)) < 2 or a.suffix != b.suffix:
        return False
    if a.words[0] != b.words[0] or a.words[-1] != b.words[-1]:
        return False
    middle, others = a.words[1:-1], b.words[1:-1]
    if not middle or not others:
        return loosely or all(len(w) == 1 for w in middle + others)
    return len(middle) == len(others) and all(
        x == y or (min(len(x), len(y)) == 1 and x[0] == y[0]) for x, y in zip(middle, others, strict=True)
    )


def _shortened(one: str, other: str) -> bool:
    """Whether one of two names is the other's surname alone, or has an initial for its first name."""
    if is_body(tuple(one.split())):
        return False
    a, b = _parts(one), _parts(other)
    if not a.words or not b.words or a.words[-1] != b.words[-1] or a.suffix != b.suffix:
        return False
    if min(len(a.words), len(b.words)) == 1:
        return True
    return min(len(a.words[0]), len(b.words[0])) == 1 and a.words[0][0] == b.words[0][0]


@dataclass(frozen=True, slots=True)
class _Parts:
    words: tuple[str, ...]
    suffix: frozenset[str]


def _parts(name: str) -> _Parts:
    words = name_words(name)
    return _Parts(tuple(w for w in words if w not in SUFFIXES), frozenset(w for w in words if w in SUFFIXES))


def _described_alike(known: Sequence[str], description: str | None) -> bool:
    if not description:
        return False
    words = content_words(description)
    return any(2 * len(words & (other := content_words(k))) >= max(1, min(len(words), len(other))) for k in known)
