"""The sentence in which an article tells of an event with its date, and how near the date is to words in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence, Set

from retrieval.annotation.quotations.names import is_body, names_in
from retrieval.annotation.sentences import SentencesNear
from retrieval.answering.genders_told import is_of_other_gender
from retrieval.answering.sentences.answer_judge import Judge
from retrieval.schema import ArticleHead, Question, Stretch
from retrieval.search.found_events import ReportedEvent
from retrieval.search.verb_forms import is_participle, told_stems

_CAPITAL = re.compile(r"\b[A-Z][\w’'-]*\w")
_OWNED = re.compile(
    r"\b(?P<what>[A-Za-z]+)\s+(?:for|of|about)\s+(?:(?:the|this|its|their|a|an)\s+)?(?:[\w’'-]+\s+){0,2}$"
)
_DOUBTED = -3.0  # log-odds: below them the judge is believed that a sentence does not answer
_BACK = 20_000  # characters in which whoever is asked about is named before a "he"
_PERFECT = re.compile(r"\b(?:has|have)\s+(?:just\s+|now\s+)?[a-z]+", re.IGNORECASE)
_PRONOUN = re.compile(r"\W*(?P<pronoun>he|she)\b", re.IGNORECASE)


def sentence_of(text: str, report: ReportedEvent) -> Stretch:
    """Where the sentence with a report's date stands in `text`, its article."""
    at = report.expression_at.start if report.expression_at else report.start
    near = SentencesNear(text)(at, at + 1)
    return next((s for s in near if s.start <= at < s.end), Stretch(report.start, report.end))


def sentence_text(text: str, report: ReportedEvent) -> str:
    """The same with all of the report's clause."""
    stretch = sentence_of(text, report)
    return text[min(stretch.start, report.start) : max(stretch.end, report.end)]


def held_to_answer(
    judge: Judge, question: Question, reports: Sequence[ReportedEvent], text_of: Callable[[ArticleHead], str]
) -> list[bool]:
    """For each report whether its sentence may answer: not where the judge holds it for none, though it has the words
    asked for. The year in which two firms opened a shop is not the day by which it should be open."""
    told = [sentence_text(text_of(report.article), report) for report in reports]
    return [score > _DOUBTED for score in judge.scores(question.topic, told).tolist()]


def distance(text: str, report: ReportedEvent, words: Set[str]) -> float:
    """How far `words`, by their stems, stand from a report's date, in characters, on average; each where it is
    nearest."""
    if report.expression_at is None:
        return float("inf")
    at, sentence = report.expression_at.start, sentence_of(text, report)
    nearest: dict[str, int] = {}
    for match in re.finditer(r"\w+(?:-\w+)*", text[sentence.start : sentence.end]):
        apart = abs(match.start() + sentence.start - at)
        for stem in told_stems(match[0]) & words:
            nearest[stem] = min(apart, nearest.get(stem, apart))
    return sum(nearest.values()) / len(nearest) if nearest else float("inf")


def may_be_of_another(text: str, report: ReportedEvent, whose: Set[str]) -> bool:
    """Whether a clause begins with a "he" or "she" that may be somebody else than whom a question names, by the stem of
    the last name: "Quist married Olof Sand. He died in 2003." """
    begins = _PRONOUN.match(report.text)
    if begins is None or not whose:
        return False
    start = sentence_of(text, report).start
    names = set(_CAPITAL.findall(text, max(0, start - _BACK), start))
    if any(whose & told_stems(name) and is_of_other_gender(name, begins["pronoun"], text) for name in names):
        return True
    before = SentencesNear(text)(max(0, start - 2), max(1, start - 1))
    last = next((text[s.start : s.end] for s in reversed(before) if s.end <= start), "")
    named = [n.text for n in names_in(last) if not is_body(n.words)]
    return bool(named) and not any(whose & told_stems(name) for name in named)


def is_done_by_another(report: ReportedEvent, asked: Set[str], whose: Set[str]) -> bool:
    """Whether a clause names others alone, before the first word of what is asked for: "the Falcons moved here in
    2017", asked when the Kites moved here. Both are stems: of the words in lower case, and of the name that a question
    says it of."""
    if not whose or whose & told_stems(report.text):
        return False
    words = re.finditer(r"\w+", report.text)
    done = next((m.start() for m in words if m[0].islower() and told_stems(m[0]) & asked), 0)
    return any(names_in(report.text[:done]))


def belongs_to(clause: str, thing: str, asked: frozenset[str]) -> bool:
    """Whether a clause names a thing only as that to which something else belongs that was not asked about: "tickets
    for the event" are not the event, "a chart of the ridge" is not the ridge."""
    places = [m for m in re.finditer(r"\w+", clause) if thing and thing in told_stems(m[0])]
    owned = [(m, _OWNED.search(clause[: m.start()])) for m in places]
    return bool(owned) and all(
        o is not None and not is_participle(o["what"].lower()) and not asked & told_stems(o["what"]) for _, o in owned
    )  # "set for trial" is the trial


def is_of_old(report: ReportedEvent) -> bool:
    """Whether years stand before a verb that tells what has just been: those in which "a star of the 1960s has died"
    are not of the death."""
    at, published, last = report.expression_at, report.article.published_on, report.when.last
    if at is None or published is None or last is None or last.year >= published.year - 1:
        return False
    return _PERFECT.search(report.text, max(0, at.end - report.start)) is not None


def is_long_over(report: ReportedEvent) -> bool:
    """Whether what a report dates began years before it: "since 2007"."""
    first, published = report.when.first, report.article.published_on
    return first is not None and published is not None and first.year < published.year - 1
