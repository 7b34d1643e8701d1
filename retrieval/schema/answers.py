"""What was found, and what is shown of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from retrieval.schema.articles import ArticleHead, Stretch
from retrieval.schema.questions import Question


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
class Citation:
    """A numbered pointer to an exact stretch of one revision of an article."""

    n: int
    article: ArticleHead
    start: int
    end: int
    text: str
    link: str | None
    """Where a reader is taken: the page with a text fragment, the printed page, or the file and line."""

    @property
    def page(self) -> int | None:
        """The number of the printed page, None where the article has none."""
        return self.article.page_of(self.start)


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
class LeftOut:
    """A sentence of a language model that was not shown as it was written.

    ``reasons`` is what its passages do not bear out; ``instead`` what is shown in its place, None where nothing is.
    """

    text: str
    reasons: tuple[str, ...]
    instead: str | None = None


@dataclass(frozen=True, slots=True)
class Usage:
    """What a language model took for one answer; ``cost`` is in the currency of the prices that are set, else None."""

    model: str
    calls: int
    input_tokens: int
    output_tokens: int
    cost: float | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """Sentences, each with its citations; or an abstention: ``sentences`` empty, ``reason`` one sentence.

    ``nearest`` are the articles offered with an abstention; ``notes`` footnotes for the reader; ``left_out`` what a
    language model wrote and is not shown as it was; ``usage`` what the model took, None where it was not asked.
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
    left_out: tuple[LeftOut, ...] = ()
    usage: Usage | None = None

    @property
    def cited(self) -> tuple[tuple[str, str], ...]:
        """The articles that it cites, each its collection and its id; none where it abstained."""
        return tuple(dict.fromkeys((c.article.collection, c.article.id) for c in self.citations))

    @property
    def text(self) -> str:
        """The answer with ``[n]`` markers; the reason where it abstained."""
        if self.abstained:
            return self.reason or ""
        return " ".join(s.text + "".join(f" [{n}]" for n in s.citations) for s in self.sentences)
