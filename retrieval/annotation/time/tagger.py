"""Text -> its temporal expressions, resolved."""

from __future__ import annotations

import functools
import re
from dataclasses import replace
from datetime import date, datetime

from retrieval.annotation.time.context import Context
from retrieval.annotation.time.datelines import after_stamp, is_heading, states_day
from retrieval.annotation.time.grammar import ANY_RULE, RULES, Rule
from retrieval.annotation.time.ranges import with_shared_year
from retrieval.annotation.time.reading import NOTHING, Reading
from retrieval.annotation.time.tokens import Tokens, tokenise
from retrieval.annotation.time.values import span_of
from retrieval.schema import TimeExpression, TimexType

# Tokens with which no expression begins need not be tried.
_STARTS = re.compile(r"[^u!,|&'_BGOERFib>$k-]")
_TIME_ALONE = frozenset("NcpztiE~-_ ")  # tokens of a time of day without a day: "about 2 a.m. GMT", "in the morning"


def tag(text: str, published: date | datetime | None, *, article: bool = True) -> list[TimeExpression]:
    """The temporal expressions of `text`, in order and disjoint, resolved against its day of publication.

    Without `published` no year and no relative date is made up. `article` is False for text that is not an article's
    (a title, a question), where no dateline is looked for.
    """
    today = published.date() if isinstance(published, datetime) else published
    return list(_tagged(text, today, article))


@functools.lru_cache(maxsize=2)  # several annotators ask for the dates of one article
def _tagged(text: str, today: date | None, article: bool) -> tuple[TimeExpression, ...]:
    return tuple(read_tokens(Context(tokenise(text), today, dateline=article)))


def may_name_day(text: str) -> bool:
    """Whether something in `text` has the form of a temporal expression without figures, however it would resolve."""
    tokens = tokenise(text)
    kinds, i = tokens.kinds, 0
    while start := _STARTS.search(kinds, i):
        i = start.start() + 1
        for match, _ in _candidates(kinds, start.start()):
            words = text[tokens.starts[match.start()] : tokens.ends[match.end() - 1]]
            if not any(c.isdecimal() for c in words):
                return True
    return False


# What the word before says of the days; it is no part of the expression.
_BOUNDS = {
    "since": "ON_OR_AFTER", "by": "ON_OR_BEFORE", "until": "ON_OR_BEFORE", "through": "ON_OR_BEFORE",
    "before": "BEFORE", "after": "AFTER",
}  # fmt: skip


def read_tokens(ctx: Context) -> list[TimeExpression]:
    """The expressions of a context's tokens; the context is used up."""
    found: list[TimeExpression] = []
    kinds = ctx.tokens.kinds
    i = free = 0
    while start := _STARTS.search(kinds, i):
        i = start.start() + 1
        for match, rule in _candidates(kinds, start.start()):
            reading = _resolve(ctx, rule, match)
            if reading is None:
                continue
            if reading is not NOTHING:
                first, last, reading = _extend(ctx.tokens, match.start(), match.end(), reading, free)
                expression = _expression(ctx, first, last, reading)
                if ctx.dateline and (day := states_day(ctx.tokens.text, expression, first_one=not found)):
                    expression = replace(expression, certain=True)
                    if ctx.today is None or is_heading(ctx.tokens.text, expression):
                        ctx.today = day
                ctx.entry = _entry(ctx, expression) or ctx.entry
                if not set(match[0]) <= _TIME_ALONE:  # "noon" is of a day, and names none
                    ctx.note(expression.span, match.start(), match.end())
                found.append(expression)
            i = free = match.end()
            break
    return with_shared_year(ctx.tokens.text, found)


def _entry(ctx: Context, expression: TimeExpression) -> tuple[date, int] | None:
    """The first day of a date that heads the line it stands in, and where that line ends."""
    span, text = expression.span, ctx.tokens.text
    if expression.type is not TimexType.DATE or span is None or span.first is None or not expression.certain:
        return None
    if ctx.asking or after_stamp(text, expression.start, expression.end) is None:
        return None
    end = text.find("\n", expression.end)
    return span.first, end if end >= 0 else len(text)


def _candidates(kinds: str, start: int) -> list[tuple[re.Match[str], Rule]]:
    """What the rules match from a token on, the longest first."""
    if not ANY_RULE.match(kinds, start):
        return []
    found = [(match, rule) for rule in RULES if (match := rule.pattern.match(kinds, start)) and match.end() > start]
    # Sorting is stable: of equally long matches the earlier rule stays first.
    found.sort(key=lambda candidate: -candidate[0].end())
    return found


def _resolve(ctx: Context, rule: Rule, match: re.Match[str]) -> Reading | None:
    try:
        return rule.resolve(ctx, match)
    except (ValueError, OverflowError):  # outside the calendar: "a million years ago"
        return None


def _extend(tokens: Tokens, first: int, last: int, reading: Reading, free: int) -> tuple[int, int, Reading]:
    """Take in the words to the left that sharpen a date: "early", "mid-", "the end of", "about"."""
    if reading.type not in (TimexType.DATE, TimexType.TIME) or reading.value.endswith("_REF"):
        return first, last, reading
    kinds = tokens.kinds
    i = first
    modifier = reading.modifier
    if i - 2 >= free and kinds[i - 1] == "-" and kinds[i - 2] == "E":
        i, modifier = i - 2, tokens.values[i - 2]
    elif i - 1 >= free and kinds[i - 1] in "ER" and not (kinds[i - 1] == "R" and kinds[i] in "WM"):
        i, modifier = i - 1, _part(tokens, i - 1)
    elif i - 2 >= free and kinds[i - 1] == "i" and kinds[i - 2] in "ER" and tokens.word(i - 1) == "in":
        i, modifier = i - 2, _part(tokens, i - 2)
    elif i - 2 >= free and kinds[i - 2 : i] == "bF":
        i, modifier = i - 2, tokens.values[i - 2]
    elif i - 3 >= free and kinds[i - 3 : i] == "bFt":
        i, modifier = i - 3, tokens.values[i - 3]
    elif (
        i - 1 >= free
        and kinds[i - 1] == "~"
        and kinds[i] != "W"
        and tokens.word(i - 1) in ("around", "circa", "roughly", "approximately", "nearly", "almost")
    ):
        i, modifier = i - 1, "APPROX"
    if i != first and i - 1 >= free and kinds[i - 1] == "t":
        i -= 1
    return i, last, reading if i == first else replace(reading, modifier=modifier)


def _part(tokens: Tokens, i: int) -> str | None:
    """Which part of a date a word before it means; "earlier this year" is before now, and need not be early in it."""
    value = tokens.values[i]
    return value if isinstance(value, str) else None


def _expression(ctx: Context, first: int, last: int, reading: Reading) -> TimeExpression:
    tokens = ctx.tokens
    if reading.modifier is None and reading.type is not TimexType.SET and not reading.value.startswith("P"):
        reading = replace(reading, modifier=_BOUNDS.get(tokens.word(first - 1)))
    span = span_of(reading.value, reading.modifier) if reading.type in (TimexType.DATE, TimexType.TIME) else None
    if ctx.asking and reading.anchored is not None:
        span = span_of("/".join(reading.anchored))
    return TimeExpression(
        start=tokens.starts[first],
        end=tokens.ends[last - 1],
        type=reading.type,
        value=reading.value,
        span=span,
        modifier=reading.modifier,
        certain=reading.certain,
    )
