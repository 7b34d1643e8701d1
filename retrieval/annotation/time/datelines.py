"""The days that an article states as its own: its dateline, the headings and the entries of a running report."""

from __future__ import annotations

import functools
import itertools
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

# What may stand before and behind the date or the time that heads an entry: "- **3 May 1881.** ", "Update, 3 May: ".
_HEADS_ENTRY = re.compile(
    r"[\s>#*_•·–—-]*(?:(?:Update|Updated|Correction|Corrected|Clarification|Editor['’]s note|Note)\s?[,:(–—-]?\s?)?",
    re.IGNORECASE,
)
_AFTER_DATE = re.compile(r"\)?(?:[*_]{0,3}\s?[.:–—|]|\s-)[*_]{0,3}\s+(?=[\w“\"‘'(\[*_])")
_AFTER_TIME = re.compile(r"(?:[*_]{1,3}\s?[:.–—|-]?|\s?[:–—|]|\s-|\.)?[*_]{0,3}\s+(?=[A-Z“\"‘'(\[])")
# The lines of a live report: a time, then whole sentences that tell of what is or was.
_ENTRY = re.compile(
    r"^[\s>#*_•·–—-]*(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)(?!\d)\s?(?P<half>[ap]\.?m\b\.?)?(?P<told>[^\n]{12,})$",
    re.IGNORECASE | re.MULTILINE,
)
_TOLD = re.compile(r"\b(?:says?|said|has|have|was|were|had|\w{3,}ed)\b[^\n]*[.!?]")
_NOW = re.compile(r"\b(?:says?|has|have|is|are|will)\b")
_LEAST_ENTRIES = 3
_HALF_DAY = 720  # minutes


def after_stamp(text: str, start: int, end: int, *, clock: bool = False) -> int | None:
    """Where the entry begins that a date or time at `start` to `end` heads ("**3 May 1881.** The mill burned")."""
    line = text.rfind("\n", 0, start) + 1
    if _HEADS_ENTRY.fullmatch(text, line, start) is None:
        return None
    match = (_AFTER_TIME if clock else _AFTER_DATE).match(text, end)
    return match.end() if match is not None and "\n" not in match[0] else None


@functools.lru_cache(maxsize=2)
def is_live(text: str) -> bool:
    """Whether the lines of a text begin with the times of the day on which it was written.

    The latest stands first, or they tell of what is so now; what begins with "8.30" and tells of what was may be of
    any day.
    """
    entries = list(_ENTRY.finditer(text))
    if len(entries) < _LEAST_ENTRIES or _share(_TOLD, entries) < 0.5:
        return False
    minutes = [_minutes(e) for e in entries]
    if any(abs(a - b) >= _HALF_DAY for a, b in itertools.pairwise(minutes)):
        return False  # it runs over midnight
    return minutes[0] > minutes[-1] or _share(_NOW, entries) >= 0.5


def _share(pattern: re.Pattern[str], entries: list[re.Match[str]]) -> float:
    return sum(pattern.search(entry["told"]) is not None for entry in entries) / len(entries)


def _minutes(entry: re.Match[str]) -> int:
    hour, half = int(entry["hour"]), (entry["half"] or "").lower()
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return hour * 60 + int(entry["minute"])


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
