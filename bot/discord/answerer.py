"""What Discord needs of the library, and nothing more."""

from __future__ import annotations

from typing import Protocol

from retrieval.schema import Answer, Turn, Window


class Answerer(Protocol):
    """Answers questions without ever holding the event loop."""

    async def ask(self, text: str, *, collections: tuple[str, ...], window: Window, turns: tuple[Turn, ...]) -> Answer:
        """The answer to `text`; raises UserError with a sentence for the asker, LibraryFailed where it is our fault."""
        ...

    async def sources(self, collections: tuple[str, ...], prefix: str) -> list[str]:
        """At most 25 publishers with a word that begins like `prefix`, from a cached list, well within a second."""
        ...

    async def close(self) -> None:
        """Let go of everything, within five seconds."""
        ...
