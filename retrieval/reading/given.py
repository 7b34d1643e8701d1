"""What is known of an article beside its text: what the user gave, and what the document states."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Given:
    """What the user said of the articles; it wins over whatever a document says of itself.

    ``title`` and ``url`` are for a file that holds a single article. ``columns`` are pairs of one of our fields and
    what a dump (JSON Lines, CSV) calls it. ``sent``: members of a community sent the sources. A dump on the web then
    speaks for its own site alone, no file takes the place of what was fetched, and two files of one name are two.
    """

    published: date | datetime | None = None
    source: str | None = None
    title: str | None = None
    url: str | None = None
    columns: tuple[tuple[str, str], ...] = ()
    sent: bool = False

    def before(self, other: Given) -> Given:
        """These values, and those of `other` where there are none."""
        return Given(**{field.name: getattr(self, field.name) or getattr(other, field.name) for field in fields(self)})

    def to_json(self) -> str:
        """Text from which `from_json` makes these values again."""
        return _json(self)

    @classmethod
    def from_json(cls, text: str) -> Given:
        """The values from which `to_json` made a text."""
        values = json.loads(text)
        return cls(**values | {"columns": tuple(map(tuple, values["columns"])), "published": _day(values["published"])})


NOTHING_GIVEN = Given()


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that somebody sent: its bytes, and the name it was sent under, which names it in messages and sources."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Stated:
    """What a document states of itself, each field None or empty where it states nothing.

    ``url`` is a web address as `retrieval.reading.urls.web_address` returns it.
    """

    id: str | None = None
    title: str | None = None
    source: str | None = None
    published: date | datetime | None = None
    authors: tuple[str, ...] = ()
    url: str | None = None
    language: str | None = None

    def to_json(self) -> str:
        """Text from which `from_json` makes these values again."""
        return _json(self)

    @classmethod
    def from_json(cls, text: str) -> Stated:
        """The values from which `to_json` made a text."""
        values = json.loads(text)
        return cls(**values | {"authors": tuple(values["authors"]), "published": _day(values["published"])})


def _json(values: Given | Stated) -> str:
    return json.dumps(asdict(values) | {"published": values.published.isoformat() if values.published else None})


def _day(text: str | None) -> date | datetime | None:
    if text is None:
        return None
    return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
