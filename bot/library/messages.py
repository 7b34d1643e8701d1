"""What the bot's process and the library's process send each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from retrieval.answering.listening import Stage
from retrieval.errors import OnRecordError
from retrieval.schema import AnswerSentence, Citation


@dataclass(frozen=True, slots=True)
class Request:
    """A call of one of the library's methods; where it is `heard`, its progress is told."""

    id: int
    method: str
    arguments: dict[str, Any]
    heard: bool = False


@dataclass(frozen=True, slots=True)
class Cancelled:
    """Nobody waits for a request any more."""

    id: int


@dataclass(frozen=True, slots=True)
class Ready:
    """The articles folder is read and the models are loaded."""


@dataclass(frozen=True, slots=True)
class Failed:
    """The library could not be opened."""

    error: OnRecordError


@dataclass(frozen=True, slots=True)
class StageReached:
    """A stage of an answer began."""

    stage: Stage
    count: int | None = None


@dataclass(frozen=True, slots=True)
class SentenceVerified:
    """A sentence of an answer, and those of its citations that no sentence before it had."""

    sentence: AnswerSentence
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class ArticlesRead:
    """So many of the articles that are added have been read."""

    done: int
    total: int


Progress = StageReached | SentenceVerified | ArticlesRead
"""What is told of an answer while it is made, and of articles while they are added."""


@dataclass(frozen=True, slots=True)
class Progressed:
    """How a request that is heard comes along."""

    id: int
    progress: Progress


@dataclass(frozen=True, slots=True)
class Replied:
    """What a request came to: a value, or an error of the tree."""

    id: int
    value: Any = None
    error: OnRecordError | None = None


ToChild = Request | Cancelled | None
"""None: end in order."""

FromChild = Ready | Failed | Progressed | Replied
