"""What is asked of the events, and what is found."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from retrieval.schema import ArticleHead, EventStatus, Question, Stretch, TimeSpan, Window


@dataclass(frozen=True, slots=True)
class EventQuery:
    """Which events are wanted.

    ``first`` and ``last`` are the days of the happening, both inclusive, None where open; ``published`` the days of
    publication. ``about`` is the topic, None for any. ``year_open``: the days were named without a year, so that the
    same days of other years are looked at where the nearest year has nothing; ``any_year``: that was done.
    ``statuses``: only these, all where empty. ``asked`` is the question itself, whose nearest articles are looked into
    where one happening is asked for; None: those of the topic.
    """

    first: date | None = None
    last: date | None = None
    about: str | None = None
    published: Window = field(default_factory=Window)
    year_open: bool = False
    any_year: bool = False
    statuses: frozenset[EventStatus] = frozenset()
    asked: Question | None = None

    @property
    def is_dated(self) -> bool:
        """Whether it names days."""
        return self.first is not None or self.last is not None


@dataclass(frozen=True, slots=True)
class ReportedEvent:
    """An event as one article tells it. ``expression`` are the words of its date, None where only the publication
    dates it, ``expression_at`` where they stand; ``inferred`` as in an Event."""

    article: ArticleHead
    story: int
    start: int
    end: int
    text: str
    when: TimeSpan
    status: EventStatus
    expression: str | None
    inferred: bool
    expression_at: Stretch | None = None


@dataclass(frozen=True, slots=True)
class FoundEvent:
    """One happening with all articles that report it, the one to show first.

    ``score`` is higher for what answers better and comparable within one search only; ``fits`` in (0, 1] the share of
    its days that lie within those asked for. ``revised_by`` is what a later article says otherwise: another
    day, or that it is not to be.
    """

    reports: tuple[ReportedEvent, ...]
    score: float = 0.0
    fits: float = 1.0
    revised_by: ReportedEvent | None = None

    @property
    def shown(self) -> ReportedEvent:
        """The report to show."""
        return self.reports[0]

    @property
    def when(self) -> TimeSpan:
        """Its days."""
        return self.reports[0].when

    @property
    def status(self) -> EventStatus:
        """What the newest report says of it."""
        return self.reports[0].status


@dataclass(frozen=True, slots=True)
class EventsFound:
    """What a search found, in order of time: those within the days asked for, then those that only reach into them.

    ``total`` counts what was found before it was cut to what was wanted. Where nothing was found, ``before`` and
    ``after`` are the nearest dated events on either side. ``unread`` counts articles whose events are not read yet.
    """

    query: EventQuery
    events: tuple[FoundEvent, ...]
    total: int = 0
    before: FoundEvent | None = None
    after: FoundEvent | None = None
    unread: int = 0
