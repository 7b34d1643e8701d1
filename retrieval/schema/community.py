"""What a community that asks has set, been shown and said of it: the words of a Discord server, without Discord."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from retrieval.schema.questions import Window

DIRECT = 0
"""The server of direct messages, which belong to none."""

_NO_WINDOW = Window()


class AnswerPlace(StrEnum):
    """Where a mention is answered."""

    REPLY = "reply"
    THREAD = "thread"


class AbstentionTone(StrEnum):
    """How much is said where the articles do not answer."""

    SHORT = "short"  # that they do not
    PLAIN = "plain"  # and the nearest articles
    FRIENDLY = "friendly"  # and a word of regret, and what to try


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """What the admins of a server have set; ids are Discord's.

    Empty ``channels`` and ``asking_roles`` limit nothing; empty ``adding_roles``: only who manages the server adds.
    The quotas are questions a day, None without limit. ``time_zone`` None: the operator's.
    """

    channels: tuple[int, ...] = ()
    asking_roles: tuple[int, ...] = ()
    adding_roles: tuple[int, ...] = ()
    place: AnswerPlace = AnswerPlace.REPLY
    member_quota: int | None = None
    server_quota: int | None = None
    language_model: bool = True
    tone: AbstentionTone = AbstentionTone.PLAIN
    retention_days: int = 180
    time_zone: str | None = None


@dataclass(frozen=True, slots=True)
class ShownCitation:
    """A citation as it was shown: where it points, and nothing of the article's text."""

    n: int
    collection: str
    article: str
    revision: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """An answer that was shown; ``answer`` is None once an article that it cites was removed.

    ``window`` is what was given beside the question. ``server`` is DIRECT in direct messages; ``channel`` is where it
    was shown, ``message`` which message ends it, None until it is known and where it was for one pair of eyes;
    ``earlier`` are the messages before that one.
    """

    id: str
    server: int
    channel: int
    member: int
    asked_at: datetime
    question: str
    answer: str | None
    abstained: bool
    citations: tuple[ShownCitation, ...] = ()
    message: int | None = None
    window: Window = _NO_WINDOW
    earlier: tuple[int, ...] = ()


class Opinion(StrEnum):
    """What somebody thinks of an answer."""

    GOOD = "good"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a member thinks of an answer, with a reason where one was given."""

    answer: str
    member: int
    opinion: Opinion
    reason: str | None
    given_at: datetime


class DigestRhythm(StrEnum):
    """How often a digest of new articles comes."""

    DAILY = "daily"
    WEEKLY = "weekly"  # on Mondays


@dataclass(frozen=True, slots=True)
class Digest:
    """A digest of new articles to a channel, at an hour of the server's day.

    ``after`` is the number of the last revision that was told, None where that is for the catalogue to say.
    """

    server: int
    channel: int
    rhythm: DigestRhythm
    hour: int
    due: datetime
    after: int | None = None


@dataclass(frozen=True, slots=True)
class WatchedChannel:
    """A channel of which the links are added to a collection."""

    server: int
    channel: int
    collection: str


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that somebody sent: the name it was sent under, and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Addition:
    """Web addresses and files that are to be added to a collection, kept until it is done.

    With ``again``, ``sources`` are the ids of articles whose pages are to be fetched again, of all where there are
    none. ``channel`` is where it was asked for, ``message`` the message that is answered with a receipt, if one is.
    ``pk`` is 0 until it is kept; ``tries`` counts how often it was begun.
    """

    server: int
    collection: str
    sources: tuple[str | SentFile, ...]
    channel: int
    message: int | None = None
    again: bool = False
    pk: int = 0
    tries: int = 0


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was deleted of a member: questions with their answers, opinions, days on which they were counted."""

    answers: int = 0
    opinions: int = 0
    days: int = 0


@dataclass(frozen=True, slots=True)
class FeedbackRow:
    """A line of the feedback that is exported: an opinion with what it is about."""

    feedback: Feedback
    shown: ShownAnswer
    passages: tuple[str, ...] = field(default=())
