"""Libraries for a child process: each is opened by a function that the child finds by its name."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.library.reports import Feed, FeedNews, TakenIn
from retrieval.answering.listening import AnswerListener, Stage
from retrieval.errors import BadInput, IndexUnavailable, NotFound, Stopped, Unreadable, WrongModel
from retrieval.schema import (
    Answer,
    AnswerSentence,
    FoundQuotation,
    QuotationQuery,
    Speaker,
    Turn,
    Window,
)
from retrieval.schema.community import SentFile
from retrieval.search.verdicts import Verdict, VerdictKind
from retrieval.settings import Settings
from retrieval.status import Status
from tests.answers import answer, citation, quotation

if TYPE_CHECKING:
    from bot.charts.charted_library import DrawnEvents
    from bot.library.child import ServedLibrary


class CannedLibrary:
    """Does what the question says; leaves a file named "closed" in the store when it is closed."""

    def __init__(self, settings: Settings, *, seconds_to_start: float = 0.0, seconds_to_add: float = 0.0) -> None:
        assert settings.discord_token is None
        self._store, self._seconds, self._seconds_to_add = Path(settings.store), seconds_to_start, seconds_to_add

    def sync(self) -> object:
        time.sleep(self._seconds)
        return None

    def warm_up(self) -> None:
        pass

    def ask(
        self,
        text: str,
        *,
        collections: Sequence[str],
        window: Window,
        turns: Sequence[Turn],
        asker: str | None,
        written: bool,
        today: date | None,
        listener: AnswerListener | None = None,
    ) -> Answer:
        if listener is not None:
            listener.stage(Stage.SEARCHING, 1)
            listener.sentence(AnswerSentence("It was asked.", (1,)), (citation(),))
        match text.split():
            case ["die"]:
                os._exit(7)
            case ["sleep", seconds]:
                time.sleep(float(seconds))
            case ["hold", seconds, *_]:  # the processor, and the GIL of this process with it
                end = time.monotonic() + float(seconds)
                while time.monotonic() < end:
                    pass
            case ["until", "stopped"]:
                assert listener is not None
                while not listener.stopped():
                    time.sleep(0.01)
                (self._store / "stopped").touch()
                raise Stopped
            case ["refuse"]:
                raise BadInput("That cannot be asked.")
            case ["unreadable"]:
                raise Unreadable("a.md", "not UTF-8", 3)
            case ["unreachable"]:
                raise IndexUnavailable("no index")
            case ["fail"]:
                raise RuntimeError("the inside story")
            case ["unpicklable"]:
                return lambda: None  # type: ignore[return-value]
            case _:
                pass
        return answer([f"pid {os.getpid()} was asked {text!r} in {', '.join(collections)}."], question=text)

    def forget_person(self, person: str) -> int:
        return len(person)

    def drawn_events(self, about: str | None, **asked: object) -> DrawnEvents:
        from bot.charts.charted_library import DrawnEvents  # seldom asked for, and slow to import
        from bot.charts.timeline import Picture
        from retrieval.search.found_events import EventQuery, EventsFound

        return DrawnEvents(
            EventsFound(EventQuery(about=about), ()), Picture(f"PNG of {about}".encode(), f"{asked['on']}")
        )

    def sources(self, collections: Sequence[str]) -> list[str]:
        return ["Tarn Valley Gazette", "The Lorn Times", "x" * 101]

    def speakers(self, collections: Sequence[str]) -> list[Speaker]:
        return [Speaker("Ines Calder", ("Inés Calder-Roe",)), Speaker("x" * 101)]

    def quotations(self, query: QuotationQuery, *, collections: Sequence[str], k: int | None) -> list[FoundQuotation]:
        return [quotation(f"asked of {query.speaker} in {', '.join(collections)}")]

    def verify(self, text: str, *, speaker: str | None = None, collections: Sequence[str]) -> Verdict:
        return Verdict(text, VerdictKind.NOT_FOUND)

    def take_in(self, sources: Sequence[str | SentFile], *, collection: str, listener: Any = None) -> TakenIn:
        if listener is not None:
            listener.progress(1, 2)
        time.sleep(self._seconds_to_add)
        return TakenIn({"added": len(sources)}, notes=(collection,))

    def fetch_again(self, ids: Sequence[str], *, collection: str, listener: Any = None) -> TakenIn:
        return TakenIn({"unchanged": len(ids)}, notes=(collection,))

    def remove(self, article_id: str, collection: str) -> None:
        raise NotFound(f"There is no article {article_id!r} in {collection}.")

    def watch_feed(self, url: str, *, collection: str) -> Feed:
        return Feed(collection, url, "Canned news")

    def unwatch_feed(self, url: str, *, collection: str) -> Feed:
        return Feed(collection, url, "Canned news")

    def watched_feeds(self, collections: Sequence[str]) -> list[Feed]:
        return [Feed(collection, "https://lorn.example/feed", "Canned news") for collection in collections]

    def poll(self) -> list[FeedNews]:
        return []

    def forget_collections(self, names: Sequence[str]) -> int:
        return len(names)

    def status(self) -> Status:
        return Status(str(self._store), {"operator": 20}, {"operator": 60}, 0, 1, 1, None, None)

    def close(self) -> None:
        (self._store / "closed").touch()


def quick(settings: Settings) -> CannedLibrary:
    """Ready at once."""
    return CannedLibrary(settings)


def slow(settings: Settings) -> CannedLibrary:
    """Ready after a second."""
    return CannedLibrary(settings, seconds_to_start=1.0)


def adding_for_ever(settings: Settings) -> CannedLibrary:
    """Ready at once, and never done with what is added."""
    return CannedLibrary(settings, seconds_to_add=3600.0)


def of_the_web(settings: Settings) -> ServedLibrary:
    """The real library, to which every host is on this machine."""
    from bot.tended_library import TendedLibrary
    from tests.loopback_web import everywhere_here

    library: ServedLibrary = TendedLibrary(settings, serve=True, fetcher=everywhere_here())
    return library


def endless(settings: Settings) -> CannedLibrary:
    """Never ready."""
    return CannedLibrary(settings, seconds_to_start=3600.0)


def refusing(settings: Settings) -> CannedLibrary:
    """Cannot be opened, for a reason that somebody can mend."""
    raise WrongModel("The index was filled by another model: run `onrecord reindex`.")


def failing(settings: Settings) -> CannedLibrary:
    """Cannot be opened, for a reason of ours."""
    raise RuntimeError("the inside story")


def dying(settings: Settings) -> CannedLibrary:
    """Dies while it is opened."""
    os._exit(7)
