"""What Discord needs of the library, and nothing more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Protocol

from bot.library.messages import Progress
from bot.library.reports import Feed, FeedNews, TakenIn
from retrieval.schema import Answer, FoundQuotation, QuotationQuery, Turn, Window
from retrieval.schema.community import SentFile
from retrieval.search.verdicts import Verdict

if TYPE_CHECKING:
    from bot.charts.charted_library import DrawnEvents
    from retrieval.status import Status


class Answerer(Protocol):
    """Answers questions without ever holding the event loop."""

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
        """The answer to `text`; raises UserError with a sentence for the asker, LibraryFailed where it is our fault.

        `written`: a language model may write it; `asker` is whose tokens it spends, `today` the day where it is asked.
        `on_progress` hears how it goes.
        """
        ...

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
        """The `k` events asked for, days in any spelling, with a picture where one is wanted; raises as `ask`."""
        ...

    async def sources(self, collections: tuple[str, ...], prefix: str) -> list[str]:
        """At most 25 publishers with a word that begins like `prefix`, from a cached list, well within a second."""
        ...

    async def quotations(
        self, query: QuotationQuery, *, collections: tuple[str, ...], k: int | None = None
    ) -> list[FoundQuotation]:
        """What was said that matches; raises as `ask` does."""
        ...

    async def verify(self, text: str, *, speaker: str | None = None, collections: tuple[str, ...]) -> Verdict:
        """Whether somebody, or the `speaker` claimed, said `text`, and who; raises as `ask` does."""
        ...

    async def speakers(self, collections: tuple[str, ...], prefix: str) -> list[str]:
        """At most 25 speakers with a name of which a word begins like `prefix`, as `sources`."""
        ...

    async def close(self) -> None:
        """Let go of everything, within five seconds."""
        ...


class Tender(Protocol):
    """Changes the articles, without ever holding the event loop; every method raises as `Answerer.ask` does."""

    async def take_in(
        self,
        sources: tuple[str | SentFile, ...],
        *,
        collection: str,
        on_progress: Callable[[Progress], None] | None = None,
    ) -> TakenIn:
        """Add addresses and files that somebody sent; what cannot be read is told, and the rest goes in."""
        ...

    async def fetch_again(
        self, ids: tuple[str, ...], *, collection: str, on_progress: Callable[[Progress], None] | None = None
    ) -> TakenIn:
        """Fetch the pages of articles again; with no ids, of all in the collection."""
        ...

    async def remove(self, article_id: str, collection: str) -> None:
        """Take an article out; NotFound where there is none."""
        ...

    async def watch_feed(self, url: str, *, collection: str) -> Feed:
        """Take in what appears in a feed from now on."""
        ...

    async def unwatch_feed(self, url: str, *, collection: str) -> Feed:
        """Take in no more of it."""
        ...

    async def watched_feeds(self, collections: tuple[str, ...]) -> list[Feed]:
        """The feeds of some collections."""
        ...

    async def poll(self) -> list[FeedNews]:
        """Read the feeds that are due; what they brought."""
        ...

    async def forget_person(self, person: str) -> int:
        """Delete what the library keeps of one person's conversations; how many turns there were."""
        ...

    async def forget_collections(self, names: tuple[str, ...]) -> int:
        """Delete collections with everything in them; how many articles there were."""
        ...

    async def status(self) -> Status:
        """What is in the store, and how it stands."""
        ...


class Served(Answerer, Tender, Protocol):
    """All that Discord needs of the library."""
