"""A stand-in for the library, which answers what it is told to."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date

from bot.charts.charted_library import DrawnEvents
from bot.charts.timeline import Picture
from bot.library.messages import Progress
from bot.library.reports import Feed, FeedNews, TakenIn
from retrieval.schema import Answer, FoundQuotation, QuotationQuery, Turn, Window
from retrieval.schema.community import SentFile
from retrieval.search.found_events import EventQuery, EventsFound
from retrieval.search.verdicts import Verdict, VerdictKind
from retrieval.status import Status
from tests.answers import answer


@dataclass
class Asked:
    """A question that reached the library."""

    text: str
    collections: tuple[str, ...]
    window: Window
    turns: tuple[Turn, ...]
    written: bool = True
    today: date | None = None


@dataclass
class StandIn:
    """Answers every question with ``result``, or raises it; remembers what was asked."""

    result: Answer | Exception = field(default_factory=answer)
    names: list[str] = field(default_factory=lambda: ["Tarn Valley Gazette", "The Lorn Times"])
    asked: list[Asked] = field(default_factory=list)
    found: list[FoundQuotation] = field(default_factory=list)
    speaking: list[str] = field(default_factory=lambda: ["Ines Calder", "Tarn Valley Council"])
    verdict: Verdict = field(default_factory=lambda: Verdict("", VerdictKind.NOT_FOUND))
    queries: list[tuple[QuotationQuery, tuple[str, ...]]] = field(default_factory=list)
    claims: list[tuple[str, str | None, tuple[str, ...]]] = field(default_factory=list)
    events: EventsFound = field(default_factory=lambda: EventsFound(EventQuery(), ()))
    picture: Picture | None = None
    dated: list[dict[str, object]] = field(default_factory=list)
    days: list[date] = field(default_factory=list)
    gate: asyncio.Event | None = None
    waiting: Callable[[], Awaitable[object]] | None = None
    removing: Callable[[str, str], None] | None = None
    changes: list[tuple[str, object, str]] = field(default_factory=list)
    taken: TakenIn = field(default_factory=TakenIn)
    feeds: list[Feed] = field(default_factory=list)
    news: list[FeedNews] = field(default_factory=list)
    progress: list[Progress] = field(default_factory=list)

    async def ask(
        self,
        text: str,
        *,
        collections: tuple[str, ...],
        window: Window,
        turns: tuple[Turn, ...],
        asker: str | None,
        written: bool,
        today: date,
        on_progress: Callable[[Progress], None] | None,
    ) -> Answer:
        self.asked.append(Asked(text, collections, window, turns, written, today))
        for progress in self.progress:
            assert on_progress is not None
            on_progress(progress)
        if self.gate is not None:
            await self.gate.wait()
        if self.waiting is not None:
            await self.waiting()
        if isinstance(self.result, Exception):
            raise self.result
        return self.result

    async def drawn_events(
        self,
        about: str | None = None,
        *,
        on: str | None = None,
        first: str | None = None,
        last: str | None = None,
        today: date,
        collections: tuple[str, ...],
        k: int,
        picture: bool,
    ) -> DrawnEvents:
        self.days.append(today)
        self.dated.append({"about": about, "on": on, "first": first, "last": last, "collections": collections})
        self._fail()
        return DrawnEvents(self.events, self.picture if picture else None)

    async def sources(self, collections: tuple[str, ...], prefix: str) -> list[str]:
        self._fail()
        return [name for name in self.names if prefix.lower() in name.lower()]

    async def quotations(
        self, query: QuotationQuery, *, collections: tuple[str, ...], k: int | None = None
    ) -> list[FoundQuotation]:
        self.queries.append((query, collections))
        self._fail()
        return self.found[:k]

    async def verify(self, text: str, *, speaker: str | None = None, collections: tuple[str, ...]) -> Verdict:
        self.claims.append((text, speaker, collections))
        self._fail()
        return self.verdict

    async def speakers(self, collections: tuple[str, ...], prefix: str) -> list[str]:
        self._fail()
        return [name for name in self.speaking if prefix.lower() in name.lower()]

    async def take_in(
        self,
        sources: tuple[str | SentFile, ...],
        *,
        collection: str,
        on_progress: Callable[[Progress], None] | None = None,
    ) -> TakenIn:
        self.changes.append(("take_in", sources, collection))
        for progress in self.progress:
            assert on_progress is not None
            on_progress(progress)
        if self.waiting is not None:
            await self.waiting()
        self._fail()
        return self.taken

    async def fetch_again(
        self, ids: tuple[str, ...], *, collection: str, on_progress: Callable[[Progress], None] | None = None
    ) -> TakenIn:
        self._fail()
        self.changes.append(("fetch_again", ids, collection))
        return self.taken

    async def remove(self, article_id: str, collection: str) -> None:
        self.changes.append(("remove", article_id, collection))
        if self.removing is not None:
            self.removing(article_id, collection)

    async def watch_feed(self, url: str, *, collection: str) -> Feed:
        self._fail()
        self.changes.append(("watch_feed", url, collection))
        return Feed(collection, url, "News of *Lorn*")

    async def unwatch_feed(self, url: str, *, collection: str) -> Feed:
        self.changes.append(("unwatch_feed", url, collection))
        return Feed(collection, url, "")

    async def watched_feeds(self, collections: tuple[str, ...]) -> list[Feed]:
        self._fail()
        return [feed for feed in self.feeds if feed.collection in collections]

    async def poll(self) -> list[FeedNews]:
        news, self.news = self.news, []
        return news

    async def forget_collections(self, names: tuple[str, ...]) -> int:
        self.changes.append(("forget_collections", names, ""))
        return len(names)

    async def forget_person(self, person: str) -> int:
        self.changes.append(("forget_person", person, ""))
        return 0

    async def status(self) -> Status:
        self._fail()
        return Status("store", {"operator": 20}, {"operator": 60}, 0, 1, 1, "all-MiniLM-L6-v2", None)

    async def close(self) -> None:
        pass

    def _fail(self) -> None:
        if isinstance(self.result, Exception):
            raise self.result
