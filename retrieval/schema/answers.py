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
