"""What was said before: the turns of a conversation, and whose conversation it is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Turn:
    """One question of a conversation and the answer that was shown; `articles` are those that it cites, each its
    collection and its id."""

    question: str
    answer: str
    articles: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ConversationKey:
    """Whose conversation it is: the place it is held in, and the person where it belongs to one.

    ``place`` names it among all places ("thread-1234", "terminal"); ``person`` is None where everybody there shares it.
    """

    place: str
    person: str | None = None
