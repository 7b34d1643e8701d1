"""The seam to language models: messages in, text bit by bit and tokens out, and every failure as one error."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

MOST_TOKENS = 800  # of an answer: four sentences and their keys
_CHARACTERS_PER_TOKEN = 3.0  # where the model's tokens cannot be counted; English has 4, so this is on the safe side


@dataclass(frozen=True, slots=True)
class Chunk:
    """A bit of what a model writes; tokens are those of the whole call, told with its last bit, else 0."""

    text: str
    input_tokens: int = 0
    output_tokens: int = 0


class ChatModel(Protocol):
    """Continues a conversation.

    `window` is how many tokens it reads and writes in all, None where nobody knows. Safe to use from several threads.
    """

    @property
    def name(self) -> str: ...

    @property
    def window(self) -> int | None: ...

    def check(self) -> None:
        """NotConfigured where it could never be asked, as far as that is seen without asking it."""
        ...

    def count(self, text: str) -> int:
        """The tokens of `text`, or an estimate that is rather too high."""
        ...

    def stream(self, messages: Sequence[BaseMessage]) -> Iterator[Chunk]:
        """What the model writes next, as it writes it; ModelUnavailable where it cannot, or breaks off.

        Closing the iterator stops the model where that is possible.
        """
        ...


def estimated_tokens(text: str) -> int:
    """The tokens of `text` for a model whose tokens cannot be counted; rather too many."""
    return int(len(text) / _CHARACTERS_PER_TOKEN) + 1
