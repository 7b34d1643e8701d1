"""Quarters, halves and fiscal years, and what business news calls them ("the year-ago quarter")."""

from __future__ import annotations

import re
from datetime import date

from retrieval.annotation.time.context import Context
from retrieval.annotation.time.dates import year_of
from retrieval.annotation.time.reading import Reading, read, value, where
from retrieval.annotation.time.values import shift_months, unit_value

# What tells the quarters of a game from those of a year.
_SPORT = re.compile(r"\b(?:touchdowns?|quarterbacks?|halftime|free throws?|three-pointers?)\b", re.IGNORECASE)


def quarter(ctx: Context, m: re.Match[str]) -> Reading | None:
    """ "the third quarter", "the 1988 second quarter", "this year's third quarter", "Q3 2016"."""
    if where(m, "token") >= 0:
        letter, n = ctx.tokens.word(where(m, "token"))[0].upper(), int(ctx.tokens.word(where(m, "token"))[1])
    else:
        letter, n = "Q", 4 if ctx.tokens.kind(where(m, "n")) == "L" else value(ctx, m, "n")
    return _part(ctx, m, letter, n, 4 if letter == "Q" else 2)


def half(ctx: Context, m: re.Match[str]) -> Reading | None:
    """ "the first half of 2017", "the second half of last year"."""
    return _part(ctx, m, "H", value(ctx, m, "n"), 2)


def _part(ctx: Context, m: re.Match[str], letter: str, n: int, parts: int) -> Reading | None:
    if not 1 <= n <= parts:
        return None
    written = year_of(ctx, m)
    if written is not None:
        return _noted(ctx, f"{written:04d}-{letter}{n}", certain=True)
    if where(m, "rel") < 0 and where(m, "theyear") < 0 and _SPORT.search(ctx.tokens.text):
        return None
    if ctx.today is None:
        return read(f"XXXX-{letter}{n}", certain=False)
    year, certain = ctx.today.year, False
    if where(m, "rel") >= 0:
        if ctx.tokens.values[where(m, "unit")] != "year":
            return None
        year, certain = year + ctx.tokens.values[where(m, "rel")], True
    elif where(m, "theyear") >= 0:
        certain = True
    else:
        now = (ctx.today.month - 1) // (12 // parts) + 1
        if ctx.direction(m.start(), m.end() - 1) > 0:
            year += n <= now - parts // 2
        elif n > now:
            year -= 1
    return _noted(ctx, f"{year:04d}-{letter}{n}", certain=certain)


def _noted(ctx: Context, value: str, *, certain: bool) -> Reading:
    if "-Q" in value and (ctx.today is None or value <= unit_value(ctx.today, "quarter")):
        ctx.quarter, ctx.by_quarters = value, True
    return read(value, certain=certain)


def quarter_before(ctx: Context, m: re.Match[str]) -> Reading | None:
    """ "the year-ago quarter", "year-earlier": the quarter spoken of, a year before."""
    if (span := _quarter_first(ctx)) is None:
        return None
    day = shift_months(span, -12)
    if not ctx.by_quarters and "Q" not in m[0]:
        return read(f"{day.year:04d}", certain=False)
    return read(unit_value(day, "quarter"), certain=False)


def this_quarter(ctx: Context, m: re.Match[str]) -> Reading | None:
    """ "the quarter", "the latest period": the one spoken of, else the last that was over by publication."""
    if ctx.tokens.word(m.end() - 1) in ("time", "moment") or ctx.tokens.kind(m.end()) == "B":
        return None
    if ctx.tokens.word(m.end() - 1) == "period" and not _speaks_of_quarters(ctx):
        return None
    first = _quarter_first(ctx)
    ctx.by_quarters = first is not None
    return read(unit_value(first, "quarter"), certain=False) if first is not None else None


def _speaks_of_quarters(ctx: Context) -> bool:
    return "Q" in ctx.tokens.kinds


def _quarter_first(ctx: Context) -> date | None:
    if ctx.quarter is not None:
        return date(int(ctx.quarter[:4]), 3 * int(ctx.quarter[-1]) - 2, 1)
    if ctx.today is None:
        return None
    over = shift_months(ctx.today.replace(day=1), -3)
    return over.replace(month=(over.month - 1) // 3 * 3 + 1)


def fiscal_year(ctx: Context, m: re.Match[str]) -> Reading | None:
    """ "fiscal 1988", "fiscal year 2017"."""
    written = year_of(ctx, m)
    return read(f"{written:04d}") if written is not None else None


def that_years(ctx: Context, m: re.Match[str]) -> Reading | None:
    """ "the 1988 quarter", "the 1988 period": the quarter spoken of, in another year."""
    written = year_of(ctx, m)
    if ctx.quarter is None or ctx.tokens.word(m.end() - 1) not in ("quarter", "period"):
        return None
    return read(f"{written:04d}-{ctx.quarter[-2:]}", certain=False)
