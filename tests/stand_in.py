"""A stand-in for the library, which answers what it is told to."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from bot.charts.charted_library import DrawnEvents
from bot.charts.timeline import Picture
from retrieval.schema import Answer, FoundQuotation, QuotationQuery, Turn, Window
from retrieval.search.found_events import EventQuery, EventsFound
from retrieval.search.verdicts import Verdict, VerdictKind
from tests.answers import answer


@dataclass
class Asked:
    """A question that reached the library."""

    text: str
    collections: tuple[str, ...]
    window: Window
    turns: tuple[Turn, ...]


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
    gate: asyncio.Event | None = None

    async def ask(self, text: str, *, collections: tuple[str, ...], window: Window, turns: tuple[Turn, ...]) -> Answer:
        self.asked.append(Asked(text, collections, window, turns))
        if self.gate is not None:
            await self.gate.wait()
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
        collections: tuple[str, ...],
        k: int,
        picture: bool,
    ) -> DrawnEvents:
        self.dated.append({"about": about, "on": on, "first": first, "last": last, "collections": collections})
        if isinstance(self.result, Exception):
            raise self.result
        return DrawnEvents(self.events, self.picture if picture else None)

    async def sources(self, collections: tuple[str, ...], prefix: str) -> list[str]:
        if isinstance(self.result, Exception):
            raise self.result
        return [name for name in self.names if prefix.lower() in name.lower()]

    async def quotations(
        self, query: QuotationQuery, *, collections: tuple[str, ...], k: int | None = None
    ) -> list[FoundQuotation]:
        self.queries.append((query, collections))
        if isinstance(self.result, Exception):
            raise self.result
        return self.found[:k]

    async def verify(self, text: str, *, speaker: str | None = None, collections: tuple[str, ...]) -> Verdict:
        self.claims.append((text, speaker, collections))
        if isinstance(self.result, Exception):
            raise self.result
        return self.verdict

    async def speakers(self, collections: tuple[str, ...], prefix: str) -> list[str]:
        if isinstance(self.result, Exception):
            raise self.result
        return [name for name in self.speaking if prefix.lower() in name.lower()]

    async def close(self) -> None:
        pass
