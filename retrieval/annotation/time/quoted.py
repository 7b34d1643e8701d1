"""Dates within a quotation, which count from the day it was said: "“We vote tomorrow,” she said on 3 May"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from retrieval.annotation.time.context import SENTENCE_END
from retrieval.annotation.time.lexicon import SAYING, word_set
from retrieval.annotation.time.tagger import tag
from retrieval.schema import Stretch, TimeExpression, TimeSpan, TimexType

_SAID = re.compile(rf"\b(?:{'|'.join(sorted(SAYING | word_set('wrote posted tweeted testified')))})\b")
_QUOTED = re.compile(r"“[^“”\n]+”|\"[^\"\n]+\"")
# Between a saying and its day, not a day that tells of somebody or something else.
_BESIDE = re.compile(
    r"(?!.*\b(?:who|whom|whose|which|where|that|when|while|after|before|since|if|about|until)\b)[^,;:\n“”\"]{0,60}",
    re.I,
)
# "The next day" and the like count from the date before, whoever says it.
_FROM_TEXT = re.compile(r"\b(?:the|that|same|later|earlier|following|previous|then|after|before)\b", re.IGNORECASE)

_WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)


def counted_from_saying(
    text: str, expressions: Sequence[TimeExpression], published: date | datetime | None
) -> tuple[list[TimeExpression], dict[int, date]]:
    """The expressions, those within a quotation that was said before the day of publication resolved against the day
    on which it was said; those for which that day is not exact enough are left out.

    With these come, by where they start, the days on which those that changed were said.
    """
    today = published.date() if isinstance(published, datetime) else published
    if today is None or not expressions:
        return list(expressions), {}
    starts = [e.start for e in expressions]
    resolved: dict[int, tuple[TimeExpression | None, date]] = {}
    quotations = [Stretch(*m.span()) for m in _QUOTED.finditer(text)]
    for i, quotation in enumerate(quotations):
        inside = expressions[bisect_left(starts, quotation.start) : bisect_left(starts, quotation.end)]
        if not inside:
            continue
        before = Stretch(quotations[i - 1].end if i else 0, quotation.start)
        after = Stretch(quotation.end, quotations[i + 1].start if i + 1 < len(quotations) else len(text))
        near = expressions[bisect_left(starts, before.start) : bisect_left(starts, after.end)]
        day = _day_of(text, before, after, near)
        if day is None or day.span is None or day.span.last is None or day.span.last >= today:
            continue
        for expression in inside:
            if not _FROM_TEXT.search(text, expression.start, expression.end):
                counted = _resolved(text, expression, quotation, day.span, day.certain)
                resolved[expression.start] = counted, day.span.last
    read = [resolved[e.start][0] if e.start in resolved else e for e in expressions]
    kept = [(e, old) for e, old in zip(read, expressions, strict=True) if e is not None]
    return [e for e, _ in kept], {e.start: resolved[e.start][1] for e, old in kept if e.value != old.value}


def _day_of(text: str, before: Stretch, after: Stretch, expressions: Sequence[TimeExpression]) -> TimeExpression | None:
    """When a quotation between two stretches was said, by the words behind it, else by those before it."""
    behind = SENTENCE_END.split(text[after.start : after.end].split("\n", 1)[0])[0]
    if _SAID.search(behind):
        return _of_saying(text, Stretch(after.start, after.start + len(behind)), expressions)
    head = text[before.start : before.end].rsplit("\n", 1)[-1]
    leading = SENTENCE_END.split(head.rstrip())[-1]
    if not leading.rstrip().endswith((",", ":")) and len(leading) < len(head.rstrip()):
        return None  # another sentence, of which it is not known whether it is about the quotation
    start = before.end - len(head) + head.rfind(leading)
    return _of_saying(text, Stretch(start, start + len(leading)), expressions)


def _of_saying(text: str, clause: Stretch, expressions: Sequence[TimeExpression]) -> TimeExpression | None:
    """The date that stands beside a verb of saying in `clause`."""
    for expression in expressions:
        if expression.start < clause.start or expression.end > clause.end or expression.modifier is not None:
            continue
        if expression.type not in (TimexType.DATE, TimexType.TIME) or expression.span is None:
            continue
        for verb in _SAID.finditer(text, clause.start, clause.end):
            first, last = (
                (verb.end(), expression.start) if verb.end() <= expression.start else (expression.end, verb.start())
            )
            if first <= last and _BESIDE.fullmatch(text, first, last):
                return expression
    return None


def _resolved(
    text: str, expression: TimeExpression, quotation: Stretch, said: TimeSpan, certain: bool
) -> TimeExpression | None:
    """An expression of a quotation against the days on which that was said; None where these make a difference."""
    assert said.last is not None
    inside = Stretch(expression.start - quotation.start, expression.end - quotation.start)
    found = [
        next(
            (e for e in tag(text[quotation.start : quotation.end], day, article=False) if (e.start, e.end) == inside),
            None,
        )
        for day in (said.first or said.last, said.last)
    ]
    one, other = found
    if one is None or other is None:
        return expression
    if one.value == other.value == expression.value:
        return expression
    if one.value != other.value or _WEEKDAY.search(text, expression.start, expression.end):
        return None  # "we play on Friday" may be the Friday before the saying or after it
    return replace(expression, value=one.value, span=one.span, certain=one.certain and certain)
