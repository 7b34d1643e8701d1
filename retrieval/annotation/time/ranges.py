"""Dates that belong together: one range ("from 2004 to 2006"), or of one year ("in March and April 2020")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from retrieval.annotation.time.values import shift_months, span_of
from retrieval.schema import Granularity, TimeExpression, TimeSpan, TimexType

_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+)?$", re.IGNORECASE)
_AND = re.compile(r"\s*,?\s*(?:and|to)\s+(?:the\s+)?", re.IGNORECASE)
_TO = re.compile(r"\s*,?\s*(?:to|through|until|till|up to|[-–—])\s*(?:the\s+)?", re.IGNORECASE)
# "March", "3 March", "late March", "March 3rd": a day or month without its year.
_WITHOUT_YEAR = re.compile(
    r"(?:(?:early|mid|late)[\s-]+)?(?:\d{1,2}(?:st|nd|rd|th)?\s+)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
    r"(?:\s+\d{1,2}(?:st|nd|rd|th)?)?",
    re.IGNORECASE,
)
_YEAR_AT_END = re.compile(r"(?<!\d)\d{4}$")
_LIST = re.compile(r"\s*(?:,|,?\s*(?:and|or|to|through|until|till|up to|[-–—]))\s*", re.IGNORECASE)
_OPENING = 12  # characters before the first date in which "between" may stand


def with_shared_year(text: str, expressions: Sequence[TimeExpression]) -> list[TimeExpression]:
    """The expressions with the year that stands at the end of a range or a list given to those before it."""
    out = list(expressions)
    for i in range(len(out) - 2, -1, -1):
        left, right = out[i], out[i + 1]
        if not left.certain and _LIST.fullmatch(text, left.end, right.start):
            out[i] = _of_year(left, right, text)
    return out


def _of_year(left: TimeExpression, right: TimeExpression, text: str) -> TimeExpression:
    """`left` in the year of `right`, or in the one before: "from December to January 2020"."""
    if left.type is not TimexType.DATE or right.type is not TimexType.DATE or not right.certain or right.span is None:
        return left
    if not _WITHOUT_YEAR.fullmatch(text, left.start, left.end) or right.span.first is None:
        return left
    words = text[right.start : right.end]
    # A comma alone only parts the days of a list, whose last one names the year: "On 3 May, June 2020 figures came".
    if not (
        _WITHOUT_YEAR.fullmatch(words) or (_YEAR_AT_END.search(words) and text[left.end : right.start].strip() != ",")
    ):
        return left
    year = right.span.first.year
    spans = (span_of(f"{y:04d}{left.value[4:]}", left.modifier) for y in (year, year - 1))
    for span in spans:
        if span is not None and span.first is not None and span.first <= right.span.first:
            return replace(left, value=span.value, span=span, certain=True)
    return left


def joined(text: str, expressions: Sequence[TimeExpression]) -> list[TimeExpression]:
    """The expressions with each pair that is a range made one, from the start of the first to the end of the second."""
    out: list[TimeExpression] = []
    for expression in expressions:
        if out and (pair := _range(text, out[-1], expression)) is not None:
            out[-1] = pair
        else:
            out.append(expression)
    return out


def _range(text: str, left: TimeExpression, right: TimeExpression) -> TimeExpression | None:
    a, b = left.span, right.span
    if a is None and left.type is TimexType.TIME and right.type is TimexType.TIME:
        a = b  # of the "5 p.m." in "5 p.m. to 7 p.m. on Friday" the day stands with the second
    if a is None or b is None or a.first is None or b.last is None or b.first is None or a.last is None:
        return None
    if Granularity.RANGE in (a.granularity, b.granularity):
        return None
    gap = text[left.end : right.start]
    between = _BETWEEN.search(text, max(0, left.start - _OPENING), left.start) is not None
    if not ((between and _AND.fullmatch(gap)) or _TO.fullmatch(gap)):
        return None
    if left.type is TimexType.TIME and right.type is TimexType.TIME and b.granularity is Granularity.TIME:
        # "from 11 a.m. to 1 p.m. on Wednesday": the day stands with the second.
        clocks = f"{b.first.isoformat()}T{left.value.partition('T')[2]}/{right.value}"
        return replace(right, start=left.start, value=clocks, span=replace(b, value=clocks))
    first, last = a.first, b.last
    if last < first:
        # "between March and June" asked in April: each by itself was the latest, together they are last year's or this.
        if left.certain:
            return None
        try:
            first = shift_months(first, -12)
        except ValueError:
            return None
        if last < first:
            return None
    span = TimeSpan(first, last, Granularity.RANGE, f"{_value(a, first)}/{b.value}")
    return replace(left, end=right.end, type=TimexType.DATE, value=span.value, span=span, modifier=None,
                   certain=left.certain and right.certain)  # fmt: skip


def _value(span: TimeSpan, first: date) -> str:
    return span.value if span.first == first else f"{first.year:04d}{span.value[4:]}"
