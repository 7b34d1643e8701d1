"""The library in a process of its own, so that neither torch nor Chroma ever holds the event loop or its GIL."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from bot.completion import Completion
from bot.library.child import THREADS, Factory, open_library
from bot.library.jobs import Jobs
from bot.library.messages import Progress
from bot.library.reports import Feed, FeedNews, TakenIn
from bot.library.supervisor import Supervisor
from retrieval.schema import Answer, FoundQuotation, QuotationQuery, Speaker, Turn, Window
from retrieval.schema.community import SentFile
from retrieval.search.verdicts import Verdict
from retrieval.settings import Settings

if TYPE_CHECKING:
    from bot.charts.charted_library import DrawnEvents
    from retrieval.status import Status

_LONGEST = 120.0  # seconds for one answer, beyond what a language model may take; a child that takes longer hangs
_LONGEST_CHANGE = 3_600.0  # seconds for a change of the articles, since it or another was last heard of
_MODEL_CALLS = 3  # of one answer: condensing, writing, repairing
_BACKOFF = (1.0, 2.0, 5.0, 15.0, 60.0)  # seconds before the first, second … restart in a row


class LibraryProcess:
    """One child process that owns the library and answers several requests at once.

    Until the child has read the articles folder, and while it is being started again after a death, requests wait at
    most `patience` seconds and then fail with NotReady. A child that dies before it ever was ready is started once
    more; `ready()` then fails. A request whose task is cancelled is stopped in the child as well.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        factory: Factory = open_library,
        patience: float = 20.0,
        backoff: tuple[float, ...] = _BACKOFF,
        longest: float | None = None,
    ) -> None:
        if longest is None:
            longest = _LONGEST + (_MODEL_CALLS * settings.model_timeout if settings.model else 0.0)
        self._jobs = Jobs(longest, THREADS)
        # the child needs no token, so it gets none
        childs = settings.model_copy(update={"discord_token": None})
        self._supervisor = Supervisor(childs, self._jobs, factory=factory, patience=patience, backoff=backoff)
        self._completion, self._speaking = Completion(self._sources), Completion(self._speakers)

    # -- for whoever runs the bot ---------------------------------------------------------------------

    def start(self) -> None:
        """Start the child; returns at once, long before it is ready."""
        self._supervisor.start()

    async def ready(self) -> None:
        """Wait until the library answers; raises what kept it from starting."""
        await self._supervisor.ready()

    @property
    def is_ready(self) -> bool:
        """Whether a question would be answered now."""
        return self._supervisor.is_ready

    @property
    def pid(self) -> int | None:
        """The child's process id, None where there is none."""
        return self._supervisor.pid

    async def close(self) -> None:
        """End the child in order, by force where it does not come; takes less than five seconds."""
        await self._supervisor.close()
        await asyncio.gather(self._completion.close(), self._speaking.close(), return_exceptions=True)

    # -- the Answerer ---------------------------------------------------------------------------------

    async def ask(
        self,
        text: str,
        *,
        collections: tuple[str, ...],
        window: Window,
        turns: tuple[Turn, ...],
        asker: str | None = None,
        written: bool = True,
        today: date | None = None,
        on_progress: Callable[[Progress], None] | None = None,
    ) -> Answer:
        """The library's answer; UserError and the rest of the error tree come through as themselves.

        `written`: a language model may write it; `asker` is whose tokens it spends, `today` the day there.
        `on_progress` hears of stages and sentences, in the event loop. A cancelled task stops the work.
        """
        arguments = {
            "text": text,
            "collections": collections,
            "window": window,
            "turns": turns,
            "asker": asker,
            "written": written,
            "today": today,
        }
        answer: Answer = await self._request("ask", arguments, on_progress)
        return answer

    async def forget_person(self, person: str) -> int:
        """Delete all that is kept of one person's conversations; how many turns there were."""
        count: int = await self._request("forget_person", {"person": person})
        return count

    async def drawn_events(
        self,
        about: str | None = None,
        *,
        on: str | None = None,
        first: str | None = None,
        last: str | None = None,
        today: date | None = None,
        collections: tuple[str, ...],
        k: int,
        picture: bool,
    ) -> DrawnEvents:
        """The events asked for, with a picture of them where one is wanted."""
        arguments = {
            "about": about, "on": on, "first": first, "last": last, "today": today, "collections": collections,
            "k": k, "picture": picture,
        }  # fmt: skip
        drawn: DrawnEvents = await self._request("drawn_events", arguments)
        return drawn

    async def take_in(
        self,
        sources: tuple[str | SentFile, ...],
        *,
        collection: str,
        on_progress: Callable[[Progress], None] | None = None,
    ) -> TakenIn:
        """Add addresses and files that somebody sent."""
        arguments = {"sources": sources, "collection": collection}
        taken: TakenIn = await self._request("take_in", arguments, on_progress, _LONGEST_CHANGE)
        return taken

    async def fetch_again(
        self, ids: tuple[str, ...], *, collection: str, on_progress: Callable[[Progress], None] | None = None
    ) -> TakenIn:
        """Fetch the pages of articles again; with no ids, of all in the collection."""
        arguments = {"ids": ids, "collection": collection}
        taken: TakenIn = await self._request("fetch_again", arguments, on_progress, _LONGEST_CHANGE)
        return taken

    async def remove(self, article_id: str, collection: str) -> None:
        """Take an article out."""
        await self._request("remove", {"article_id": article_id, "collection": collection})

    async def watch_feed(self, url: str, *, collection: str) -> Feed:
        """Take in what appears in a feed from now on."""
        feed: Feed = await self._request("watch_feed", {"url": url, "collection": collection})
        return feed

    async def unwatch_feed(self, url: str, *, collection: str) -> Feed:
        """Take in no more of it."""
        feed: Feed = await self._request("unwatch_feed", {"url": url, "collection": collection})
        return feed

    async def watched_feeds(self, collections: tuple[str, ...]) -> list[Feed]:
        """The feeds of some collections."""
        feeds: list[Feed] = await self._request("watched_feeds", {"collections": collections})
        return feeds

    async def poll(self) -> list[FeedNews]:
        """Read the feeds that are due."""
        news: list[FeedNews] = await self._request("poll", {}, None, _LONGEST_CHANGE)
        return news

    async def forget_collections(self, names: tuple[str, ...]) -> int:
        """Delete collections with everything in them; how many articles there were."""
        count: int = await self._request("forget_collections", {"names": names}, None, _LONGEST_CHANGE)
        return count

    async def status(self) -> Status:
        """What is in the store, and how it stands."""
        status: Status = await self._request("status", {})
        return status

    async def sources(self, collections: tuple[str, ...], prefix: str) -> list[str]:
        """At most 25 publishers, from a cache; never waits long for the child."""
        return await self._completion.matching(collections, prefix, ask=self.is_ready)

    async def quotations(
        self, query: QuotationQuery, *, collections: tuple[str, ...], k: int | None = None
    ) -> list[FoundQuotation]:
        """What was said that matches."""
        arguments = {"query": query, "collections": collections, "k": k}
        found: list[FoundQuotation] = await self._request("quotations", arguments)
        return found

    async def verify(self, text: str, *, speaker: str | None = None, collections: tuple[str, ...]) -> Verdict:
        """Whether somebody, or the one claimed, said `text`."""
        verdict: Verdict = await self._request("verify", {"text": text, "speaker": speaker, "collections": collections})
        return verdict

    async def speakers(self, collections: tuple[str, ...], prefix: str) -> list[str]:
        """At most 25 speakers, from a cache; never waits long for the child."""
        return await self._speaking.matching(collections, prefix, ask=self.is_ready)

    async def _sources(self, collections: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
        return {name: () for name in await self._request("sources", {"collections": collections})}

    async def _speakers(self, collections: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
        found: list[Speaker] = await self._request("speakers", {"collections": collections})
        return {speaker.name: speaker.other_names for speaker in found}

    async def _request(
        self,
        method: str,
        arguments: dict[str, Any],
        on_progress: Callable[[Progress], None] | None = None,
        longest: float | None = None,
    ) -> Any:
        await self._supervisor.wait_until_ready()
        return await self._jobs.request(method, arguments, on_progress, longest)
