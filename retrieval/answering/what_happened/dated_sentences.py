"""An event as a sentence of an answer: its date in square brackets, then the article's words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from retrieval.annotation.sentences import sentences
from retrieval.answering.citations import cite
from retrieval.schema import AnswerSentence, ArticleHead, Citation, EventStatus, Stretch
from retrieval.search.found_events import FoundEvent, ReportedEvent
from retrieval.search.merging import telling_words
from retrieval.search.revising import revision
from retrieval.search.wording import written

TextOf = Callable[[ArticleHead], str]
"""The whole text of the revision a head stands for."""

INFERRED = "* The article names a weekday, a month or the like; the day follows from when it was published."

_TELLS = 4  # words; a clause with fewer ("a judge ruled on Friday") is shown with its sentence
_LONG = 320  # characters; of a longer sentence only the clause is shown
_UNTIL = re.compile(r"\b(?:until|till)\s+(?:[a-z]+\s+){0,2}$", re.IGNORECASE)
_STATUS = {
    EventStatus.HAPPENED: "", EventStatus.SCHEDULED: "scheduled", EventStatus.HYPOTHETICAL: "possible",
    EventStatus.DENIED: "not so",
}  # fmt: skip


def dated_sentence(
    event: FoundEvent,
    citations: list[Citation],
    text_of: TextOf,
    *,
    whole: bool = False,
    others: int = 0,
    after: str = "",
) -> AnswerSentence:
    """The clause, or its sentence where the clause does not begin it, behind its date; adds the citation.

    `whole`: the sentence is shown in any case; `others`: so many further articles that report it are cited too; `after`
    is a conclusion that ends the sentence.
    """
    report = event.shown
    stretch = _shown(report, text_of(report.article), whole=whole)
    first = _cite(report.article, stretch, citations, text_of)
    numbers = [first.n]
    for other in event.reports[1 : 1 + others]:
        shown = _shown(other, text_of(other.article), whole=whole)
        numbers.append(_cite(other.article, shown, citations, text_of).n)
    said = f"{date_of(report, remark(event))} {first.text}"
    return AnswerSentence(f"{said} [{after}]" if after else said, tuple(numbers))


def repeats(events: Sequence[FoundEvent], text_of: TextOf) -> list[FoundEvent]:
    """Those of `events` for which the same words of an article are shown as for a better one: one sentence that names
    several days."""
    kept: set[tuple[str, str, Stretch]] = set()
    again = []
    for event in sorted(events, key=lambda e: -e.score):
        article = event.shown.article
        key = (article.collection, article.id, _shown(event.shown, text_of(article), whole=False))
        if key in kept:
            again.append(event)
        kept.add(key)
    return again


def date_of(report: ReportedEvent, remark: str = "") -> str:
    """ "[26 October 2024*, scheduled]"; the star where the day was inferred."""
    star = "*" if report.inferred and report.expression and (report.when.first or report.when.last) else ""
    when = "published " + written(report.when) if report.expression is None else written(report.when)
    if _is_until(report):
        when = f"until {when.removeprefix('by ')}"
    return f"[{when}{star}{f', {remark}' if remark else ''}]"


def _is_until(report: ReportedEvent) -> bool:
    """Whether what is told went on until the day: "shut until Friday"."""
    if report.expression_at is None or report.when.first is not None:
        return False
    return _UNTIL.search(report.text[: report.expression_at.start - report.start]) is not None


def remark(event: FoundEvent) -> str:
    """What became of it, empty where it happened as told, and where "not until" a day says when it did."""
    said = "" if event.status is EventStatus.DENIED and _is_until(event.shown) else _STATUS[event.status]
    if event.revised_by is not None:
        said = f"{said}, {revision(event.revised_by)}".removeprefix(", ")
    return said


def notes_on(shown: tuple[AnswerSentence, ...]) -> tuple[str, ...]:
    """The footnote on inferred days, where a sentence has one."""
    return (INFERRED,) if any("*]" in s.text or "*," in s.text for s in shown) else ()


def _shown(report: ReportedEvent, text: str, *, whole: bool) -> Stretch:
    stretch = Stretch(report.start, report.end)
    sentence = next((s for s in sentences(text) if s.start <= stretch.start and stretch.end <= s.end), stretch)
    # A clause out of the middle of a sentence may lack who says so.
    partial = whole or sentence.start < stretch.start or len(telling_words(report)) < _TELLS
    return sentence if partial and sentence.end - sentence.start <= _LONG else stretch


def _cite(article: ArticleHead, stretch: Stretch, citations: list[Citation], text_of: TextOf) -> Citation:
    citation = cite(len(citations) + 1, article, stretch, text_of(article))
    citations.append(citation)
    return citation
