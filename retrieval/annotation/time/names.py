"""Dates that name a thing: "the 2005 agreement" says which agreement, not when something happened."""

from __future__ import annotations

import re

from retrieval.schema import Granularity, TimeExpression, TimexType

# A determiner, adjectives that may stand between, then the year: "the landmark 2015 …", "a 2005 …", "Iran's 2015 …".
_DETERMINED = re.compile(
    r"(?:\b(?:the|a|an|its|their|his|her|our|that|this|any|another)|\w['’]s?)(?:\s+[\w-]+){0,2}\s+$", re.IGNORECASE
)
_NO_NOUNS = (
    "and|or|to|but|when|while|as|with|by|in|on|at|for|from|of|that|which|who|was|were|is|are|had|has|have|will|would"
    "|said|did|after|before|until|since|because|if|where|than|he|she|it|they|we|the|a|an|his|her|its|their|this"
    "|through|during|over|under|about|against"
)
_NOUN = re.compile(rf"(?:[-–]\d{{2,4}})?\s+(?!(?:{_NO_NOUNS})\b)[a-z]", re.IGNORECASE)
# "The third quarter results call" is held when the quarter is over.
_MEETING = re.compile(
    rf"(?:\s+(?!(?:{_NO_NOUNS})\b)[a-z]+){{0,2}}\s+(?:calls?|briefings?|conferences?|reports?|meetings?|releases?|presentations?"
    r"|webcasts?|updates?)\b"
)
_PREPOSED = re.compile(
    r"\b(?:in|since|by|until|before|after|during|from|of|to|through|early|late|mid)[\s-]+$", re.IGNORECASE
)


def names_thing(text: str, expression: TimeExpression) -> bool:
    """Whether an expression stands before a noun and so tells which thing is meant ("the 2020 budget").

    Years, months with a year and decades do, and quarters before a report or a meeting; days do not ("the Oct. 21-22
    gathering" does tell when it was).
    """
    span = expression.span
    if expression.type is not TimexType.DATE or span is None or expression.modifier is not None:
        return False
    if span.granularity in (Granularity.QUARTER, Granularity.HALF):
        return _MEETING.match(text, expression.end) is not None
    if span.granularity not in (Granularity.YEAR, Granularity.MONTH, Granularity.DECADE) or "X-" in span.value:
        return False
    if not text[expression.start : expression.end].strip()[-1:].isdigit():
        return False
    before, after = text[max(0, expression.start - 60) : expression.start], text[expression.end : expression.end + 40]
    if not _NOUN.match(after) or _PREPOSED.search(before):
        return False
    return _DETERMINED.search(before) is not None
