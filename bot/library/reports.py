"""What the library's process tells of changes to its articles: plain values, since reports do not travel."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from retrieval.schema import ArticleHead


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of what was handed in.

    ``counts`` are articles by what became of them ("added", "unchanged" …); ``fresh`` the articles that are new or
    changed; ``left_out`` a sentence for each thing that could not be read, with the reason; ``notes`` sentences on
    what went in all the same.
    """

    counts: dict[str, int] = field(default_factory=dict)
    fresh: tuple[ArticleHead, ...] = ()
    left_out: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed that is watched; ``error`` is why it could not be read last time, ``dead`` that it is given up."""

    collection: str
    url: str
    title: str
    error: str | None = None
    dead: bool = False
    polled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FeedNews:
    """What a poll of a feed brought; ``given_up`` is why it is read no more, said once."""

    feed: Feed
    taken_in: TakenIn
    given_up: str | None = None
