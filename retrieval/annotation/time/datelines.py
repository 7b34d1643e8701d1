"""The days that an article states as its own: its dateline, and the headings of a running report."""

from __future__ import annotations

import re
from datetime import date

from retrieval.schema import Granularity, TimeExpression, TimexType

_DATELINE_REACH = 80  # characters
_BEFORE_DATELINE = re.compile(r"\s*[A-Z][A-Z]+[\w .,'’()/-]*[, ]\s*")
_AFTER_DATELINE = re.compile(r"[.,]?\s*(?:\([^()\n]{1,40}\)\s*)?(?:[-–—_]|:\s)")

# "PARIS, July 19 (Reuters) —", "WASHINGTON -", "Paris (AFP) –": a place, perhaps a region, a day and an agency, a dash.
# "(CNN) ": an agency in brackets that begins the text does without the dash.
_OPENING = re.compile(
    r"\s*(?:[A-Z][A-Z.’'-]+(?: [A-Z][A-Z.’'-]+){0,3}|[A-Z][a-z]+(?: [A-Z][a-z]+)?(?=,? \([A-Z]))"
    r"(?:, [A-Z][\w.]{1,14}(?: [A-Z]\w{2,9}\.?)?)?(?:,? [A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?)?"
    r"(?: \([A-Z][\w ]{1,20}\))?\s{0,2}(?:—|–|--|-)\s{1,2}(?=[A-Z“\"‘'\d])"
    r"|\s*\([A-Z]{2,5}(?: [A-Z][a-z]+)?\)\s+(?=[A-Z“\"‘'\d])"
)


def after_dateline(text: str, start: int = 0, end: int | None = None) -> int:
    """Where the first sentence of `text[start:end]` begins: behind a dateline, else at `start`."""
    match = _OPENING.match(text, start, len(text) if end is None else end)
    return match.end() if match else start


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
