"""Dates: each in a sentence is one of the cited passages', as exact or less."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from retrieval.annotation.time import tag
from retrieval.answering.verification.cited import CitedPassage
from retrieval.schema import Granularity, Stretch, TimeExpression, TimexType

_DATED = (TimexType.DATE, TimexType.TIME)
_VAGUE = re.compile(
    r"(?:now|recent\w*|then|current\w*|today's|past|future|at the time|soon|once|formerly|previously)$", re.I
)
_WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)
_ERA = re.compile(
    r"\b(?P<time>\d{1,4}|(?:\d+(?:st|nd|rd|th)|[a-z]+(?:st|nd|rd|th))[\s-]century)(?:\s(?P<era>B\.?C\b|BCE\b))?",
    re.IGNORECASE,
)
_REPORTED = re.compile(r"\b(?:report\w*|publish\w*|article|print\w*|edition|wrote|according|as of)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Days:
    """The dates of one text; `stretches` are where all its temporal expressions stand, durations left out."""

    expressions: tuple[TimeExpression, ...]
    text: str

    @property
    def stretches(self) -> list[Stretch]:
        return [Stretch(e.start, e.end) for e in self.expressions if e.type in _DATED and not _counts(self.words(e))]

    def words(self, expression: TimeExpression) -> str:
        """An expression as printed."""
        return self.text[expression.start : expression.end]

    def dates(self) -> list[TimeExpression]:
        """Those that stand for days."""
        return [
            e
            for e in self.expressions
            if e.type in _DATED and not e.value.endswith("_REF") and not _VAGUE.search(self.words(e))
        ]


def _counts(words: str) -> bool:
    """ "three days later" holds a number that is to be compared."""
    return re.match(r"(?:the |about |some )?\w+ (?:\w+ )?(?:later|earlier|ago|before|after)$", words, re.I) is not None


@functools.lru_cache(maxsize=1024)
def days_of(text: str, published: date | None) -> Days:
    """The dates of `text`, resolved against a day of publication."""
    found = list(tag(text, published, article=False))
    joined = {a: b for a, b in itertools.pairwise(found) if _is_range(a, b, text)}
    ends = set(joined.values())
    return Days(tuple(_range(e, joined[e]) if e in joined else e for e in found if e not in ends), text)


def _is_range(first: TimeExpression, last: TimeExpression, text: str) -> bool:
    """ "From November 7 to November 10" is one stretch of time, as "November 7-10" is."""
    between = text[first.end : last.start].strip().casefold()
    before = text[: first.start].rstrip().rpartition(" ")[2].casefold()
    if between not in ("through", "–", "-") and (before, between) not in (("from", "to"), ("between", "and")):
        return False
    days = [e.span.first for e in (first, last) if e.span and e.span.first and e.span.first == e.span.last]
    return len(days) == 2 and days[0] < days[1]


def _range(first: TimeExpression, last: TimeExpression) -> TimeExpression:
    assert first.span is not None
    assert last.span is not None
    value = f"{first.value}/{last.value}"
    span = replace(first.span, last=last.span.last, granularity=Granularity.RANGE, value=value)
    return replace(first, end=last.end, value=value, span=span)


def date_supported(expression: TimeExpression, sentence: str, passages: Sequence[CitedPassage]) -> bool:
    """Whether a date of `sentence`, which was read as of the passages' day, is one of theirs or wider."""
    words = sentence[expression.start : expression.end]
    if not _is_that_weekday(expression, sentence):
        return False
    for passage in passages:
        if words.casefold() in passage.text.casefold() and not re.search(r"\d{4}", words) and _alike(words, passage):
            return True
        if any(covers(expression, e) for e in days_of(passage.text, passage.published).dates()):
            return True
        published = passage.published
        if published is not None and _REPORTED.search(sentence):
            span = expression.span
            if span and span.first and span.last and span.first <= published <= span.last:
                return True
    return False


def without_era(sentence: str, texts: Sequence[str]) -> str | None:
    """A year or a century that the sentence puts on another side of the year 1 than all texts that have it."""
    written, stated = _eras(sentence), [pair for text in texts for pair in _eras(text)]
    for time, before in written:
        if any(other == time for other, _ in stated) and (time, before) not in stated:
            return time
    return None


def _eras(text: str) -> list[tuple[str, bool]]:
    return [(m["time"].casefold(), m["era"] is not None) for m in _ERA.finditer(text)]


def _is_that_weekday(expression: TimeExpression, sentence: str) -> bool:
    """Whether a weekday that is named with a date is the one it falls on."""
    span = expression.span
    named = _WEEKDAY.search(sentence[max(0, expression.start - 12) : expression.end])
    if named is None or span is None or span.first is None or span.first != span.last:
        return True
    return f"{span.first:%A}".casefold() == named.group().casefold()


def _alike(words: str, passage: CitedPassage) -> bool:
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", passage.text, re.IGNORECASE) is not None


def covers(written: TimeExpression, stated: TimeExpression) -> bool:
    """Whether a stated date is the written one, or lies in it."""
    a, b = written.span, stated.span
    if "T" in written.value and written.value.partition("T")[2] != stated.value.partition("T")[2]:
        return False
    if a is None or b is None or a.first is None or b.first is None:
        return _pattern(written.value, stated.value)
    if (a.first, a.last) == (b.first, b.last):
        return True
    if a.granularity is Granularity.WEEK and b.granularity is Granularity.WEEKEND:
        return False  # "the weather of the previous week" is not that of its weekend
    if a.last is None or b.last is None or a.granularity is Granularity.RANGE:
        return a.first == b.first and a.last == b.last
    return a.first <= b.first and b.last <= a.last


def _pattern(written: str, stated: str) -> bool:
    """Values with unknown parts: "XXXX-03-09" agrees with itself and with "2026-03-09" stated."""
    if written == stated:
        return "X" not in written.replace("XXXX-", "", 1) or not written.strip("X-")
    if written.startswith("XXXX-") and re.fullmatch(r"\d{4}-.*", stated):
        return stated[5:].startswith(written[5:])
    return False
