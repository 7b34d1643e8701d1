"""Who said what: quotations, speakers, and what is looked for among them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from retrieval.schema.articles import ArticleHead, Stretch
from retrieval.schema.events import TimeSpan


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


@dataclass(frozen=True, slots=True)
class QuotationQuery:
    """What is looked for; None where it does not matter.

    ``speaker`` is a name or a part of it, or words for whoever has none ("police"); ``first`` and ``last`` are days on
    which it was said, else published, both inclusive; ``articles`` are ids.
    """

    speaker: str | None = None
    about: str | None = None
    first: date | None = None
    last: date | None = None
    kind: QuotationKind | None = None
    source: str | None = None
    articles: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class FoundQuotation:
    """A quotation that search found, with its article.

    ``text`` are the words of its pieces, an ellipsis between two; ``speaker`` is the speaker's name across articles,
    None where that is unclear; ``mention`` the words that stand for the speaker beside the quotation. ``said`` are the
    sentences it stands in, with the words that attribute it; ``context`` these with the sentence before, None where
    there is none. ``score`` is higher for what is nearer to the topic. ``cue`` are the words that attribute it,
    an ellipsis between two.
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
    context: Stretch | None = None
    cue: str = ""
