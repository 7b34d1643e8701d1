"""The days that an article states as its own: its dateline, and the headings of a running report."""

from __future__ import annotations

import re
from datetime import date

from retrieval.schema import Granularity, TimeExpression, TimexType

_DATELINE_REACH = 80  # characters
_BEFORE_DATELINE = re.compile(r"\s*[A-Z][A-Z]+[\w .,'’()/-]*[, ]\s*")
_AFTER_DATELINE = re.compile(r"[.,]?\s*(?:\([^()\n]{1,40}\)\s*)?(?:[-–—_]|:\s)")

# "NORTHAM, Oct. 3 (Agency) — ", "NORTHAM — ": where a report was written, before its first sentence.
_OPENING = re.compile(
    r"\s*[A-Z][A-Z]+[A-Z .'’/-]*(?:,\s[\w .,’'/]{2,40}?)?(?:\s?\([^()\n]{1,40}\))?\s?(?:—|–|--|\s-)\s+(?=[A-Z“\"‘'\d])"
)


def after_dateline(text: str) -> int:
    """Where an article's first sentence begins behind a dateline; 0 where it has none."""
    match = _OPENING.match(text[:_DATELINE_REACH])
    return match.end() if match else 0


def states_day(text: str, expression: TimeExpression, *, first_one: bool) -> date | None:
    """The day that a dateline or a heading states; None where the expression is neither, or its year is unknown."""
    if expression.span is None or not ((first_one and is_dateline(text, expression)) or is_heading(text, expression)):
        return None
    return expression.span.first


def is_heading(text: str, expression: TimeExpression) -> bool:
    """Whether a full date stands alone on its line, as over each day of a running report."""
    if expression.span is None or expression.span.granularity is not Granularity.DAY or not expression.certain:
        return False
    line_start = text.rfind("\n", 0, expression.start) + 1
    line_end = text.find("\n", expression.end)
    rest = text[line_start : expression.start] + text[expression.end : line_end if line_end >= 0 else len(text)]
    return line_start > 0 and line_end >= 0 and not rest.strip(" \t\r:.*#")


def is_dateline(text: str, expression: TimeExpression) -> bool:
    """Whether an expression is the day in an article's dateline, "GENEVA, Feb 26 (Agency) —"."""
    if expression.start > _DATELINE_REACH or expression.type is not TimexType.DATE or "-" not in expression.value:
        return False
    before, after = text[: expression.start], text[expression.end : expression.end + _DATELINE_REACH]
    return _BEFORE_DATELINE.fullmatch(before) is not None and _AFTER_DATELINE.match(after) is not None
