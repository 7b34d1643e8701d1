"""What Discord needs of the library, and nothing more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from retrieval.schema import Answer, Turn, Window

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

    async def close(self) -> None:
        """Let go of everything, within five seconds."""
        ...
