"""Collections, articles and their passages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

OPERATOR = "operator"
"""The collection of whoever runs the bot: ``docs_store/articles`` and what the terminal adds."""


def server_collection(server: int) -> str:
    """The collection of one Discord server, by its id, which nobody else reads."""
    return f"server-{server}"


class Stretch(NamedTuple):
    """A half-open stretch ``[start, end)`` of an article's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Article:
    """One text with what is known of it.

    ``id`` is the given id, else the canonical URL, else the path. ``published`` is a day, an instant with
    its zone, or None where unknown; it is never guessed. ``boilerplate`` are stretches of the text that are not the
    article (subscription appeals, share bars): they stay in the text, so that offsets are those of the text as it was
    given, and out of passages and answers. ``origin`` is the file it was read from (relative to the store where
    it lies there, else absolute), None for a page; its text begins at line ``first_line`` of that file.
    ``revision`` counts from 1; the text of a revision never changes. ``pages`` are the printed pages of a PDF, in
    order from page 1, one without text empty; they are disjoint.
    """

    id: str
    text: str
    title: str
    source: str | None = None
    published: date | datetime | None = None
    authors: tuple[str, ...] = ()
    url: str | None = None
    language: str | None = None
    boilerplate: tuple[Stretch, ...] = ()
    origin: str | None = None
    first_line: int = 1
    revision: int = 1
    pages: tuple[Stretch, ...] = ()

    @property
    def published_on(self) -> date | None:
        """The day of publication, in the zone it was stated in."""
        return self.published.date() if isinstance(self.published, datetime) else self.published


@dataclass(frozen=True, slots=True)
class ArticleHead:
    """What is known of an article without its text: what a citation, a table row or a search result shows."""

    collection: str
    id: str
    revision: int
    title: str
    source: str | None
    published: date | datetime | None
    authors: tuple[str, ...]
    url: str | None
    origin: str | None
    first_line: int
    pages: tuple[Stretch, ...] = ()

    @property
    def published_on(self) -> date | None:
        """The day of publication, in the zone it was stated in."""
        return self.published.date() if isinstance(self.published, datetime) else self.published

    def page_of(self, start: int) -> int | None:
        """The number of the printed page on which what begins at `start` stands, None for what has no pages."""
        return max(
            (n for n, page in enumerate(self.pages, start=1) if page.start <= start and page.end > page.start),
            default=None,
        )


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of an article, the unit that is embedded and searched; it begins and ends with a sentence.

    ``sentences`` are its sentences, in order, as stretches of the article.
    """

    start: int
    end: int
    sentences: tuple[Stretch, ...]
