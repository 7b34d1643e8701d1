"""The library with pictures: what the process that answers Discord opens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.charts.timeline import CHAT_ROWS, Picture, picture_of
from retrieval.library import Library
from retrieval.search.found_events import EventsFound


@dataclass(frozen=True, slots=True)
class DrawnEvents:
    """Events, and a picture of them where one was wanted and there is something to draw."""

    found: EventsFound
    picture: Picture | None


class ChartedLibrary(Library):
    """A library that draws, too, so that drawing holds no event loop."""

    def drawn_events(
        self,
        about: str | None,
        *,
        on: str | None,
        first: str | None,
        last: str | None,
        today: date | None,
        collections: Sequence[str],
        k: int,
        picture: bool,
    ) -> DrawnEvents:
        """As `events`, with a picture of those found."""
        found = self.events(about, on=on, first=first, last=last, today=today, collections=collections, k=k)
        drawn = picture_of(found, rows=CHAT_ROWS) if picture and found.events else None
        return DrawnEvents(found, drawn)
