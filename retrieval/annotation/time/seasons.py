"""Seasons and holidays, which words and tense place in a year."""

from __future__ import annotations

import re
from datetime import date

from retrieval.annotation.time.anchors import counted_from
from retrieval.annotation.time.context import Context
from retrieval.annotation.time.dates import year_of
from retrieval.annotation.time.holidays import holiday
from retrieval.annotation.time.reading import Reading, matched, read, value, where
from retrieval.annotation.time.values import season_of, span_of, week_value

_DAY_ITSELF = re.compile(r"\s(?:day|eve|week|weekend|sunday|monday|wednesday|friday)$")
_NEAR_HOLIDAY = 60  # days within which a holiday is the nearest one, whatever the tense


def season(ctx: Context, m: re.Match[str]) -> Reading | None:
    """ "the winter of 1994", "last fall", "this summer", "in the spring"."""
    code = value(ctx, m, "s")
    written = year_of(ctx, m)
    if written is not None:
        return read(f"{written:04d}-{code}")
    rel = matched(m, "rel")
    if not rel and ctx.tokens.names_noun(m.end()):
        return None
    if ctx.tokens.capitalised(where(m, "s")) and ctx.tokens.capitalised(m.end()) and ctx.tokens.kind(m.end()) == "u":
        return None  # "the next Summer Games"
    word = ctx.tokens.word(where(m, "s"))
    if (not rel or where(m, "unit") >= 0) and word in ("fall", "spring") and not _names_season(ctx, m):
        return None
    if where(m, "unit") >= 0 and ctx.tokens.values[where(m, "unit")] != "year":
        return None
    if ctx.today is None:
        return read(f"XXXX-{code}", certain=False)
    told = m[0].startswith("tX") and ctx.tokens.word(m.start() + 1) in ("next", "following")
    start = counted_from(ctx, "season", told=told, at=m.start(), by=1)
    if start is None:
        return read(f"XXXX-{code}", certain=False)
    year, now = season_of(start)
    # Years as seasons count them: winter belongs to the year it begins in, and so comes last.
    place = {"SP": 0, "SU": 1, "FA": 2, "WI": 3}
    leaning = sum(ctx.tokens.values[where(m, "rel") + k] for k, c in enumerate(rel) if c in "LX") if rel else 0
    if where(m, "unit") >= 0:  # "summer last year"
        return read(f"{ctx.today.year + leaning:04d}-{code}")
    if "L" in rel and leaning < 0:
        year -= place[code] >= place[now]
    elif "X" in rel and leaning > 0:
        year += place[code] <= place[now]
    elif "T" in rel:
        # "This spring" in February is still to come, unless the tense looks back at the last one.
        over = (span := span_of(f"{year:04d}-{code}")) is None or span.last is None or span.last < ctx.today
        direction = ctx.direction(m.start(), m.end() - 1)
        year += over and (direction > 0 or (direction == 0 and ctx.today.month < 3))
    elif not rel:
        if ctx.direction(m.start(), m.end() - 1) > 0:
            year += place[code] < place[now]
        else:
            year -= place[code] > place[now]
    return read(f"{year:04d}-{code}", certain=bool(rel))


def _names_season(ctx: Context, m: re.Match[str]) -> bool:
    before = ctx.tokens.kind(m.start() - 1)
    followed = ctx.tokens.kind(m.end())
    if followed == "F":
        return False
    return (before in "iE>" and ctx.tokens.word(m.start() - 1) not in ("to", "at", "on", "for")) or (
        m[0].startswith("t") and before in "iEB>-"
    )


def holiday_date(ctx: Context, m: re.Match[str]) -> Reading | None:
    """ "Easter", "last Thanksgiving", "Christmas 1998"."""
    key = value(ctx, m, "h")
    written = year_of(ctx, m)
    rel = value(ctx, m, "rel")
    if ctx.tokens.word(where(m, "rel")) in ("following", "previous", "preceding"):
        rel = None  # "following Easter" is after it
    if written is None and rel is None and _is_ornament(ctx, m):
        return None
    if written is None and ctx.today is None:
        return None
    if written is not None:
        days = holiday(key, written)
        return _holiday_reading(days, certain=True) if days else None
    today = ctx.today
    assert today is not None
    near = [d for y in range(today.year - 1, today.year + 2) if (d := holiday(key, y)) is not None]
    leaning = rel or ctx.direction(m.start(), m.end() - 1)
    if (
        rel is None
        and leaning < 0
        and ctx.is_long_ago(m.start(), near=any(abs((d[0] - today).days) <= _NEAR_HOLIDAY for d in near))
    ):
        return None
    if rel is None and near and not (ctx.asking and leaning):
        nearest = min(near, key=lambda d: abs((d[0] - today).days))
        if not leaning or abs((nearest[0] - today).days) <= _NEAR_HOLIDAY:
            return _holiday_reading(nearest, certain=False)
    ahead = leaning > 0
    past = [d for d in near if d[0] <= today and not (rel == -1 and d[1] >= today)]
    future = [d for d in near if d[1] >= today and not (rel == 1 and d[0] <= today)]
    days = (future[0] if ahead and future else past[-1]) if past else None
    return _holiday_reading(days, certain=rel is not None) if days else None


def _is_ornament(ctx: Context, m: re.Match[str]) -> bool:
    """ "a Christmas tree", "Merry Christmas": nothing of a day."""
    name = ctx.tokens.word(where(m, "h"))
    holidays = ("holiday", "weekend", "season", "period", "break", "vacation")
    if ctx.tokens.kind(m.end()) == "-":
        return True
    if ctx.tokens.names_noun(m.end()) and ctx.tokens.word(m.end()) not in holidays and not _DAY_ITSELF.search(name):
        return True
    # Another country's Independence Day is on another day.
    return ctx.tokens.word(m.start() - 1) in ("merry", "happy", "a") or ctx.tokens.kind(m.start() - 1) == "'"


def _holiday_reading(days: tuple[date, date], *, certain: bool) -> Reading:
    first, last = days
    if first == last:
        return read(first.isoformat(), certain=certain)
    if (last - first).days == 6 and first.weekday() == 0:
        return read(week_value(first), certain=certain)
    return read(f"{first.isoformat()}/{last.isoformat()}", certain=certain)
