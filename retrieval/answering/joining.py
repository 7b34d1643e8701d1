"""The answers to the parts of a question, as one answer; and an answer without what is of other articles."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from retrieval.schema import Answer, AnswerSentence, ArticleHead, Citation, Question

_OF_EACH = 2  # sentences shown for each part

NOTHING_FOUND_ON = "The articles do not answer this part:"


def joined(question: Question, answers: Sequence[Answer]) -> Answer | None:
    """One answer with the first sentences of each, every sentence once, and a note for each part that has no answer.

    None where no part is answered. The citations are numbered anew.
    """
    if all(answer.abstained for answer in answers):
        return None
    sentences: list[AnswerSentence] = []
    citations: list[Citation] = []
    notes: dict[str, None] = {}
    for answer in answers:
        if answer.abstained:
            notes[f"{NOTHING_FOUND_ON} {answer.question.text}"] = None
            continue
        notes.update(dict.fromkeys(answer.notes))
        by_number = {c.n: c for c in answer.citations}
        for sentence in answer.sentences[:_OF_EACH]:
            cited = [by_number[n] for n in sentence.citations]
            if all(any(_same(c, other) for other in citations) for c in cited):
                continue
            numbers = []
            for citation in cited:
                citations.append(replace(citation, n=len(citations) + 1))
                numbers.append(len(citations))
            sentences.append(replace(sentence, citations=tuple(numbers)))
    return Answer(question, tuple(sentences), tuple(citations), notes=tuple(notes))


def of_articles(answer: Answer, keep: Callable[[ArticleHead], bool]) -> Answer:
    """The answer without what other articles say than those to `keep`, of which one is cited at least; the citations
    are numbered anew."""
    by_number = {c.n: c for c in answer.citations}
    sentences = [s for s in answer.sentences if all(keep(by_number[n].article) for n in s.citations)]
    if not sentences:
        return answer
    numbers = {n: at for at, n in enumerate(dict.fromkeys(n for s in sentences for n in s.citations), start=1)}
    numbered = tuple(replace(s, citations=tuple(numbers[n] for n in s.citations)) for s in sentences)
    return replace(
        answer, sentences=numbered, citations=tuple(replace(by_number[n], n=at) for n, at in numbers.items())
    )


def only_of(answer: Answer, articles: Collection[tuple[str, str]]) -> Answer | None:
    """The answer as far as it is of `articles`, each its collection and its id; None where nothing of it is."""
    kept = of_articles(answer, lambda article: (article.collection, article.id) in articles)
    return kept if set(kept.cited) <= set(articles) else None


def _same(one: Citation, other: Citation) -> bool:
    return (one.article.id, one.start, one.end) == (other.article.id, other.start, other.end)
