"""When something was said: the joint between quotations and the time expressions of their article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from retrieval.schema import Granularity, Quotation, Stretch, TimeExpression, TimeSpan, TimexType

_REACH = 60  # characters between the cue clause and the expression: "told reporters in the capital late on Monday"
_WEEKDAY = re.compile(r"XXXX-WXX-[1-7]")  # TIMEX3 for a weekday of an unknown week
_BREAK = re.compile(r"[.!?;:][”\"’')]*\s|\n|[“\"”«»]")
_OF_SPEAKER = re.compile(r",\s(?:who|whom|whose|which|where)\b")
# Nothing but a preposition between the start of the sentence and the expression.
_OPENS = re.compile(
    r"(?:^|[.!?][”\"’)]*\s|\n)\s*(?:(?:on|in|late on|early on|during|at|by|earlier|later|just|and|but)\s)*$", re.I
)


def with_dates(text: str, quotations: Sequence[Quotation], expressions: Sequence[TimeExpression]) -> list[Quotation]:
    """`quotations` with ``said_on`` from the expression beside their cue ("told reporters on Monday that …").

    An expression within the content dates what was told, not the telling, so it is passed over; a span that is
    already there is kept.
    """
    dated = [
        (e, span)
        for e in expressions
        if e.type in (TimexType.DATE, TimexType.TIME) and (span := _span_of(e)) is not None
    ]
    return [q if q.said_on is not None else _dated(text, q, dated) for q in quotations]


def _span_of(expression: TimeExpression) -> TimeSpan | None:
    """The days; for a weekday of an article without a date at least that it was that weekday."""
    if expression.span is None and _WEEKDAY.fullmatch(expression.value):
        return TimeSpan(None, None, Granularity.DAY, expression.value)
    return expression.span


def _dated(text: str, quotation: Quotation, expressions: Sequence[tuple[TimeExpression, TimeSpan]]) -> Quotation:
    if not quotation.cue:
        return quotation
    near = [
        (distance, span)
        for e, span in expressions
        if (distance := _distance(text, quotation, e)) is not None and not _inside(quotation.pieces, e)
    ]
    if not near:
        return quotation
    return replace(quotation, said_on=min(near, key=lambda pair: pair[0])[1])


def _inside(pieces: Sequence[Stretch], expression: TimeExpression) -> bool:
    return any(p.start <= expression.start < p.end for p in pieces)


def _distance(text: str, quotation: Quotation, expression: TimeExpression) -> int | None:
    """Characters between the cue and the expression; None where it does not belong to the cue.

    Content, a mark or a sentence's end in between parts them. After the cue anything near does ("said in 2006 that"),
    before it only what opens the sentence ("On Monday, Roe said"): else it is about the speaker.
    """
    cue = quotation.cue[-1]
    after = expression.start >= cue.end
    first, last = (cue.end, expression.start) if after else (expression.end, quotation.cue[0].start)
    if last < first or last - first > _REACH or _BREAK.search(text, first, last):
        return None
    if any(p.start < last and first < p.end for p in quotation.pieces):
        return None
    if after and _OF_SPEAKER.search(text, first, last):
        return None  # "said Roe, who became president in May"
    if after:
        return last - first
    return last - first + _REACH if _OPENS.search(text, max(0, expression.start - 40), expression.start) else None
