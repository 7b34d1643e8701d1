"""The words of OnRecord as values: what its stages hand to each other.

Every offset counts characters (Unicode code points) of the text of one revision of an article, and
``article.text[start:end]`` is the text meant. All values are frozen; a stage never changes its input.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

OPERATOR = "operator"
"""The collection of whoever runs the bot: ``docs_store/articles`` and what the terminal adds."""


def server_collection(server: int) -> str:
    """The collection of one Discord server, by its id, which nobody else reads."""
    return f"server-{server}"


class Stretch(NamedTuple):
    """A half-open stretch ``[start, end)`` of an article's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Article:
    """One text with what is known of it.

    ``id`` is the given id, else the canonical URL, else the path. ``published`` is a day, an instant with
    its zone, or None where unknown; it is never guessed. ``boilerplate`` are stretches of the text that are not the
    article (subscription appeals, share bars): they stay in the text, so that offsets are those of the text as it was
    given, and out of passages and answers. ``origin`` is the file it was read from (relative to the store where
    it lies there, else absolute), None for a page; its text begins at line ``first_line`` of that file.
    ``revision`` counts from 1; the text of a revision never changes.
    """

    id: str
    text: str
    title: str
    source: str | None = None
    published: date | datetime | None = None
    authors: tuple[str, ...] = ()
    url: str | None = None
    language: str | None = None
    boilerplate: tuple[Stretch, ...] = ()
    origin: str | None = None
    first_line: int = 1
    revision: int = 1

    @property
    def published_on(self) -> date | None:
        """The day of publication, in the zone it was stated in."""
        return self.published.date() if isinstance(self.published, datetime) else self.published


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of an article, the unit that is embedded and searched; it begins and ends with a sentence.

    ``sentences`` are its sentences, in order, as stretches of the article.
    """

    start: int
    end: int
    sentences: tuple[Stretch, ...]


# -- what happened when -------------------------------------------------------------------------------


class Granularity(StrEnum):
    """How finely a TimeSpan is known."""

    TIME = "time"
    DAY = "day"
    WEEKEND = "weekend"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    RANGE = "range"


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A stretch of days, both ends inclusive.

    An end is None where it is open ("since 2004") or where the year is unknown ("Oct. 21-22" in an undated
    article); then ``value`` still says what is known (``XXXX-10-21``). ``value`` is a TIMEX3 value or two
    joined by a slash. ``modifier`` is TIMEX3's ``mod`` (APPROX, START, MID, END, BEFORE, AFTER, ON_OR_BEFORE,
    ON_OR_AFTER …), None where there is none.
    """

    first: date | None
    last: date | None
    granularity: Granularity
    value: str
    modifier: str | None = None


class TimexType(StrEnum):
    """The four kinds of temporal expression of TimeML."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A temporal expression where it stands in a text.

    ``span`` is None where the expression stands for no days of its own (a duration, a set, "now").
    ``certain`` is False where the days were inferred by tense or nearness and could well be others.
    """

    start: int
    end: int
    type: TimexType
    value: str
    span: TimeSpan | None = None
    modifier: str | None = None
    certain: bool = True


class EventStatus(StrEnum):
    """What the article says of a happening: that it was, will be, might be, or was not."""

    HAPPENED = "happened"
    SCHEDULED = "scheduled"
    HYPOTHETICAL = "hypothetical"
    DENIED = "denied"


@dataclass(frozen=True, slots=True)
class Event:
    """A clause that says something happened, or will, with when.

    ``[start, end)`` is the clause, not always the whole sentence. ``expression`` is where the date stands, None
    for the weak anchor of the news itself (its publication date), where ``inferred`` is True.
    """

    start: int
    end: int
    when: TimeSpan
    status: EventStatus
    expression: Stretch | None = None
    inferred: bool = False


# -- who said what ------------------------------------------------------------------------------------


class QuotationKind(StrEnum):
    """Whether the words stand in quotation marks: all of them, none, or some."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Stance(StrEnum):
    """What the speaker did with the content."""

    SAID = "said"
    DENIED = "denied"
    DECLINED = "declined"  # declined to comment, did not answer
    NOT_SAID = "not said"  # "did not say whether …"


@dataclass(frozen=True, slots=True)
class Quotation:
    """Something somebody said, where it stands.

    ``pieces`` are the content, in order; several where a cue interrupts it ("A," he said. "B."). ``mention`` is the
    speaker as named beside it ("he"), ``speaker`` the name that the article gives that person or body elsewhere
    ("Joseph DeTrani"), None where that is unclear; it is never guessed. ``description`` is what the article says
    the speaker is ("a spokesman for the U.S. State Department"). ``addressee`` and ``manner`` are to whom and how
    ("reporters", "by e-mail"). ``said_on`` is when, where stated.
    """

    pieces: tuple[Stretch, ...]
    kind: QuotationKind
    cue: tuple[Stretch, ...] = ()
    mention: Stretch | None = None
    speaker: str | None = None
    description: str | None = None
    addressee: Stretch | None = None
    manner: Stretch | None = None
    said_on: TimeSpan | None = None
    stance: Stance = Stance.SAID


@dataclass(frozen=True, slots=True)
class Description:
    """What articles call a speaker, with the first and the last day on which they do, None where unknown."""

    text: str
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who is quoted, across articles: the fullest name, other names, descriptions (newest first).

    ``quoted`` is how many quotations there are.
    """

    name: str
    other_names: tuple[str, ...] = ()
    descriptions: tuple[Description, ...] = ()
    quoted: int = 0


Record = Passage | Event | Quotation | TimeExpression
"""What an annotator yields."""


# -- questions and answers ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Window:
    """A window of publication days, both ends inclusive, None where open; and publishers to keep to."""

    first: date | None = None
    last: date | None = None
    source: str | None = None

    def __bool__(self) -> bool:
        return self != Window()


@dataclass(frozen=True, slots=True)
class QuotationQuery:
    """What is looked for; None where it does not matter.

    ``speaker`` is a name or a part of it, or words for whoever has none ("police"); ``first`` and ``last`` are days on
    which it was said, else published, both inclusive.
    """

    speaker: str | None = None
    about: str | None = None
    first: date | None = None
    last: date | None = None
    kind: QuotationKind | None = None
    source: str | None = None


class QuestionKind(StrEnum):
    """What is asked for, as far as it decides where to look."""

    GENERAL = "general"
    WHO_SAID = "who-said"
    WHEN = "when"
    HELP = "help"  # about the bot itself, or small talk


@dataclass(frozen=True, slots=True)
class Turn:
    """One question of a conversation and the answer that was shown."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked, understood. ``topic`` is the text that is searched for."""

    text: str
    topic: str
    kind: QuestionKind = QuestionKind.GENERAL
    window: Window = Window()
    collections: tuple[str, ...] = (OPERATOR,)
    turns: tuple[Turn, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleHead:
    """What is known of an article without its text: what a citation, a table row or a search result shows."""

    collection: str
    id: str
    revision: int
    title: str
    source: str | None
    published: date | datetime | None
    authors: tuple[str, ...]
    url: str | None
    origin: str | None
    first_line: int

    @property
    def published_on(self) -> date | None:
        """The day of publication, in the zone it was stated in."""
        return self.published.date() if isinstance(self.published, datetime) else self.published


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage that search found, with its article and why it stands where it does.

    ``score`` is the fused score (higher is better, comparable within one search only); ``cosine`` the similarity of
    question and passage in [-1, 1], None where only the keyword index found it; ``parts`` what each part of the
    search gave.
    """

    article: ArticleHead
    start: int
    end: int
    text: str
    sentences: tuple[Stretch, ...]
    score: float
    cosine: float | None
    story: int
    parts: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class FoundQuotation:
    """A quotation that search found, with its article.

    ``text`` are the words of its pieces, an ellipsis between two; ``speaker`` is the speaker's name across articles,
    None where that is unclear; ``mention`` the words that stand for the speaker beside the quotation. ``said`` are the
    sentences it stands in, with the words that attribute it. ``score`` is higher for what is nearer to the topic.
    """

    article: ArticleHead
    quotation: Quotation
    text: str
    pieces: tuple[str, ...]
    speaker: str | None
    mention: str | None
    addressee: str | None
    manner: str | None
    said: Stretch
    link: str | None
    score: float


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered pointer to an exact stretch of one revision of an article."""

    n: int
    article: ArticleHead
    start: int
    end: int
    text: str
    link: str | None
    """Where a reader is taken: the page with a text fragment, or the file and line."""


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """One shown sentence.

    Of an extractive answer, it differs from the cited text only by what stands in square brackets; of a written one, it
    is a language model's prose, which was checked against the cited sentences.
    """

    text: str
    citations: tuple[int, ...]


class AnswerOrigin(StrEnum):
    """Whose words the sentences are."""

    EXTRACTIVE = "extractive"
    WRITTEN = "written"


@dataclass(frozen=True, slots=True)
class Answer:
    """Sentences, each with its citations; or an abstention: ``sentences`` empty, ``reason`` one sentence.

    ``nearest`` are the articles offered with an abstention; ``notes`` footnotes for the reader.
    """

    question: Question
    sentences: tuple[AnswerSentence, ...]
    citations: tuple[Citation, ...]
    abstained: bool = False
    reason: str | None = None
    nearest: tuple[Citation, ...] = ()
    notes: tuple[str, ...] = ()
    origin: AnswerOrigin = AnswerOrigin.EXTRACTIVE
    seconds: float = 0.0

    @property
    def text(self) -> str:
        """The answer with ``[n]`` markers; the reason where it abstained."""
        if self.abstained:
            return self.reason or ""
        return " ".join(s.text + "".join(f" [{n}]" for n in s.citations) for s in self.sentences)
