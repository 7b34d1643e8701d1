"""Which dates of an article are those of a happening, by the words beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.annotation.time import names_thing
from retrieval.schema import Granularity, Stretch, TimeExpression, TimexType

_EACH = re.compile(
    r"\s+(?:each|every|of each|of every)\s+(?:year|month|week|day)\b", re.IGNORECASE
)  # no happening of its own
# "For the first time since 1998", "their lowest since 1976", "a record high since": when it was so before.
_NO_MOST = (
    "rest|west|forest|test|contest|protest|harvest|guest|arrest|interest|request|conquest|inquest|unrest|priest|quest"
    "|nest|chest|crest|honest|modest|invest|suggest"
)
_SO_BEFORE = re.compile(
    rf"\b(?:first|only|second|third|most|least|worst|best|record|at\s+any\s+\w+|(?!(?:{_NO_MOST})\b)\w\w+est)\b"
    r"[^.;,:\n]{0,40}\bsince\s+(?:the\s+|early\s+|late\s+|at\s+least\s+)*$",
    re.IGNORECASE,
)
_SINCE = 80  # characters before a date in which it may say since when
# "By Friday and not a day later": how exactly Friday is meant.
_NOT = re.compile(r"\bnot\s+$", re.IGNORECASE)
_ONE_OFF = re.compile(
    r"(?:an?|one)\s+(?:single\s+)?(?:minute|hour|day|week|month|year)\s+(?:later|earlier|sooner|before|after)", re.I
)
_CLOCK = r"(?:noon|midday|midnight|(?:morning|afternoon|evening|night)|[\d:.]+\s*(?:[ap]\.?\s?m\.?)?(?:\s+[A-Z]{2,4})?)"
_ABOUT = r"(?:(?:about|around|the|at|in|early|late|just|after|before|shortly)\s+)*"
_TIME_ALONE = re.compile(rf"{_ABOUT}{_CLOCK}(?:\s*(?:to|until|till|and|[-–—])\s*{_ABOUT}{_CLOCK})?", re.IGNORECASE)
# "Compared with 9 million a year earlier", "up from 3% in May", "more than in 2019": of what something is measured by.
_UNIT = r"(?:%|percent|per\s*cent|points?|cents?|million|billion|trillion)"
_MEASURE = re.compile(
    r"\b(?:compared\s+(?:with|to)|versus|vs\.?)\s[^.;:\n]{0,60}$"
    r"|\bthan\s+(?:(?:in|at|on|during|for|the)\s+)*$"
    rf"|(?:{_UNIT}|\b(?:unchanged|up|down|higher|lower))\s+from\s+(?:the\s+)?$"
    r"|\bfrom\s+(?:(?:about|around|nearly|roughly|just|over|a|an|the|record|some)\s+)*[$£€¥]?\d[\d.,]*\d?"
    rf"(?:\s?{_UNIT}|\s[a-z]+s)?\s+(?:(?:in|on|at|late|early|the|during)\s+)*$",
    re.IGNORECASE,
)
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_TIMES = r"(?:twice|thrice|(?:\d+|two|three|four|five|six|seven|eight|nine|ten|several|many)\s+times)"
_HABIT_BEFORE = re.compile(
    r"\b(?:traditionally|usually|normally|typically|generally|always)\b[^.;:,\n]{0,60}$"
    rf"|\b{_WEEKDAY}s\s*(?:,|,?\s(?:and|or))\s*$",
    re.IGNORECASE,
)
_HABIT_AFTER = re.compile(
    rf"(?:\s*,?\s*(?:and\s+|or\s+)?{_WEEKDAY}s?)*(?:(?<=days)|\s+throughout\s+the\s+(?:season|year)\b)", re.IGNORECASE
)
_HAS = re.compile(r"\b(?:has|have)\b[^.;:\n]*$", re.IGNORECASE)
_SO_OFTEN = re.compile(rf"\s*,?\s*{_TIMES}\b", re.IGNORECASE)
_IN_HISTORY = re.compile(r"\bin\s+(?:its|their|his|her)\s+history\b[^.;:\n]*$", re.IGNORECASE)
_SAME_DAY = 300  # characters from a named day in which a time alone is of that day
_CREDIT = re.compile(r"(?:(?:[Bb]y|of|the|and|for|&|[A-Z][\w.’'&-]{0,40}),?\s{1,3}){2,24}")
# "Updated March 30, 2025, 8:27 p.m. ET": what a page says of itself.
_STAMPED = re.compile(r"\b(?:(?:first|last)\s+)?(?:published|updated|posted|modified|edited)\b", re.IGNORECASE)
_STAMP = re.compile(
    rf"(?:[\s>#*_•·|.,:;()–—-]|{_STAMPED.pattern}|\b(?:on|at)\b"
    r"|\b(?:[ECMP][SD]?T|GMT|UTC|BST)\b)*",
    re.IGNORECASE,
)
_LONGEST_STAMP = 200  # characters


def anchors(text: str, expression: TimeExpression) -> bool:
    """Whether an expression is a date or time by which a happening can be dated."""
    if expression.type not in (TimexType.DATE, TimexType.TIME) or expression.span is None:
        return False
    if expression.span.granularity is Granularity.CENTURY or _EACH.match(text, expression.end):
        return False
    if _SO_BEFORE.search(text, max(0, expression.start - _SINCE), expression.start):
        return False
    if _ONE_OFF.fullmatch(text, expression.start, expression.end):
        return _NOT.search(text, max(0, expression.start - _SINCE), expression.start) is None
    return not names_thing(text, expression)


def is_of_many(expression: TimeExpression, before: str, after: str) -> bool:
    """Whether a day without its year, between two texts, is of many years or weeks: "usually on —", "— three times"."""
    if expression.certain or expression.type is not TimexType.DATE:
        return False
    if _HABIT_BEFORE.search(before) or _HABIT_AFTER.match(after):
        return True
    often = _HAS.search(before) is not None and _SO_OFTEN.match(after) is not None
    return expression.value[-3:-2] == "-" and (often or _IN_HISTORY.search(before) is not None)


def measured_from(before: str) -> int | None:
    """Where the words begin that make a date, by the words before it, only that of what something is compared with."""
    match = _MEASURE.search(before)
    return match.start() if match else None


def is_credit(text: str, sentence: Stretch, expression: TimeExpression) -> bool:
    """Whether a date ends a line that only tells who wrote and who published: "By Ann Lee, The Post, 3 May 2016"."""
    ends = expression.end >= sentence.start + len(text[sentence.start : sentence.end].rstrip(" .\n"))
    return ends and _CREDIT.fullmatch(text, sentence.start, expression.start) is not None


def is_stamp(text: str, sentence: Stretch, expressions: Sequence[TimeExpression]) -> bool:
    """Whether a sentence only tells when a page was published or updated: "3 May 2016 Updated 4 May 2016, 8 p.m."."""
    if sentence.end - sentence.start > _LONGEST_STAMP or not _STAMPED.search(text, *sentence):
        return False
    end = sentence.end
    for other in reversed([e for e in expressions if sentence.start <= e.start and e.end <= sentence.end]):
        if _STAMP.fullmatch(text, other.end, end) is None:
            return False
        end = other.start
    return end < sentence.end and _STAMP.fullmatch(text, sentence.start, end) is not None


def names_day(text: str, expression: TimeExpression) -> bool:
    """Whether an expression says the day, not only the time of it."""
    return (
        expression.type is not TimexType.TIME or _TIME_ALONE.fullmatch(text, expression.start, expression.end) is None
    )


def has_day_near(text: str, i: int, dated: Sequence[TimeExpression]) -> bool:
    """Whether a time of day without its day belongs to a day that was named right before."""
    at, span = dated[i].start, dated[i].span
    near = [e for e in dated[max(0, i - 3) : i] if at - e.end <= _SAME_DAY and names_day(text, e)]
    return any(span and e.span and span.first in (e.span.first, e.span.last) for e in near)
