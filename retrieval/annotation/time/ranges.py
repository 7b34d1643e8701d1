"""Two dates that are one range: "between March and June", "from 2004 to 2006"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from retrieval.annotation.time.values import shift_months
from retrieval.schema import Granularity, TimeExpression, TimeSpan, TimexType

_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+)?$", re.IGNORECASE)
_AND = re.compile(r"\s*,?\s*(?:and|to)\s+(?:the\s+)?", re.IGNORECASE)
_TO = re.compile(r"\s*,?\s*(?:to|through|until|till|up to|[-–—])\s*(?:the\s+)?", re.IGNORECASE)
_OPENING = 12  # characters before the first date in which "between" may stand


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
