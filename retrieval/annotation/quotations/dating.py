"""When something was said: the joint between quotations and the time expressions of their article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from retrieval.schema import Quotation, Stretch, TimeExpression, TimexType

_REACH = 60  # characters between the cue clause and the expression: "told reporters in the capital late on Monday"
_BREAK = re.compile(r"[.!?;:][”\"’')]*\s|\n|[“\"”«»]")


def with_dates(text: str, quotations: Sequence[Quotation], expressions: Sequence[TimeExpression]) -> list[Quotation]:
    """`quotations` with ``said_on`` from the expression beside their cue ("told reporters on Monday that …").

    An expression within the content dates what was told, not the telling, so it is passed over; a span that is
    already there is kept.
    """
    dated = [e for e in expressions if e.span is not None and e.type in (TimexType.DATE, TimexType.TIME)]
    return [q if q.said_on is not None else _dated(text, q, dated) for q in quotations]


def _dated(text: str, quotation: Quotation, expressions: Sequence[TimeExpression]) -> Quotation:
    if not quotation.cue:
        return quotation
    near = [
        (distance, e)
        for e in expressions
        if (distance := _distance(text, quotation, e)) is not None and not _inside(quotation.pieces, e)
    ]
    if not near:
        return quotation
    return replace(quotation, said_on=min(near, key=lambda pair: pair[0])[1].span)


def _inside(pieces: Sequence[Stretch], expression: TimeExpression) -> bool:
    return any(p.start <= expression.start < p.end for p in pieces)


def _distance(text: str, quotation: Quotation, expression: TimeExpression) -> int | None:
    """Characters between the cue and the expression; None where content, a mark or a sentence's end lies between."""
    cue = quotation.cue[-1]
    first, last = (
        (cue.end, expression.start) if expression.start >= cue.end else (expression.end, quotation.cue[0].start)
    )
    if last < first or last - first > _REACH or _BREAK.search(text, first, last):
        return None
    if any(p.start < last and first < p.end for p in quotation.pieces):
        return None
    # After the cue the expression is nearer to it than one before, which may belong to another clause.
    return last - first if expression.start >= cue.end else last - first + _REACH
