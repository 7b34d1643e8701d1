"""What was asked, understood."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from retrieval.schema.articles import OPERATOR
from retrieval.schema.conversations import Turn


@dataclass(frozen=True, slots=True)
class Window:
    """A window of publication days, both ends inclusive, None where open; and publishers to keep to."""

    first: date | None = None
    last: date | None = None
    source: str | None = None

    def __bool__(self) -> bool:
        return self != Window()


class QuestionKind(StrEnum):
    """What is asked for, as far as it decides where to look."""

    GENERAL = "general"
    WHO_SAID = "who-said"
    WHEN = "when"
    HELP = "help"  # about the bot itself, or small talk


@dataclass(frozen=True, slots=True)
class TemporalPrior:
    """The days on which what answers was most likely published, both inclusive, and how much that counts in (0, 1].

    It puts articles in another order and, unlike a `Window`, excludes none.
    """

    first: date
    last: date
    strength: float


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked, understood.

    ``topic`` is what is searched for; ``prior`` is None where any day will do. ``asked`` is the question in the asker's
    own words where they left something to the conversation, which ``text`` spells out; None where the two are the same.
    ``today`` is the asker's day, from which “yesterday” is counted; None: the library's. ``articles``, each its
    collection and its id, are the only ones to look into, where there are any.
    """

    text: str
    topic: str
    kind: QuestionKind = QuestionKind.GENERAL
    window: Window = Window()
    collections: tuple[str, ...] = (OPERATOR,)
    turns: tuple[Turn, ...] = ()
    asked: str | None = None
    prior: TemporalPrior | None = None
    today: date | None = None
    articles: tuple[tuple[str, str], ...] = ()
