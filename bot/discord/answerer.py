"""What Discord needs of the library, and nothing more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from retrieval.schema import Answer, FoundQuotation, QuotationQuery, Turn, Window
from retrieval.search.verdicts import Verdict

if TYPE_CHECKING:
    from bot.charts.charted_library import DrawnEvents


class Answerer(Protocol):
    """Answers questions without ever holding the event loop."""

    async def ask(self, text: str, *, collections: tuple[str, ...], window: Window, turns: tuple[Turn, ...]) -> Answer:
        """The answer to `text`; raises UserError with a sentence for the asker, LibraryFailed where it is our fault."""
        ...

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
