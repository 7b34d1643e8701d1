"""Dates put together from two: "Monday of last week", "the first Tuesday in November", "the day after Christmas"."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from retrieval.annotation.time.context import Context
from retrieval.annotation.time.dates import latest_weekday, nearest_year, year_of
from retrieval.annotation.time.numbers import count
from retrieval.annotation.time.reading import Reading, read, value, where
from retrieval.annotation.time.seasons import holiday_date
from retrieval.annotation.time.values import shift_months, shifted, span_of, unit_value

_WEEK = timedelta(days=7)
_AND_MORE = re.compile(r"(?:,t?[do]){0,9},?&t?[do]")


def weekday_of_week(ctx: Context, m: re.Match[str]) -> Reading | None:
    """ "Monday of last week", "Friday next week": that day of the week (Monday begins it)."""
    if ctx.tokens.values[where(m, "unit")] != "week":
        return None
    n = value(ctx, m, "wd")
    if ctx.today is None:
        return read(f"XXXX-WXX-{n + 1}", certain=False)
    monday = ctx.today - timedelta(days=ctx.today.weekday())
    return read((monday + value(ctx, m, "rel") * _WEEK + timedelta(days=n)).isoformat())


def nth_weekday(ctx: Context, m: re.Match[str]) -> Reading | None:
    """ "the first Tuesday in November", "the last Friday of next month"."""
    first = _month(ctx, m)
    if first is None:
        return None
    day, certain = first
    days = [day.replace(day=d) for d in range(1, monthrange(day.year, day.month)[1] + 1)]
    there = [d for d in days if d.weekday() == value(ctx, m, "wd")]
    n = -1 if ctx.tokens.kinds[where(m, "n")] == "L" else value(ctx, m, "n") - 1
    return read(there[n].isoformat(), certain=certain) if n < len(there) else None


def nth_week(ctx: Context, m: re.Match[str]) -> Reading | None:
    """ "the third week of January", "the last weekend in May"."""
    first = _month(ctx, m)
    unit = ctx.tokens.values[where(m, "unit")] or "weekend"
    if first is None or unit not in ("week", "weekend"):
        return None
    day, certain = first
    length = monthrange(day.year, day.month)[1]
    last = ctx.tokens.kinds[where(m, "n")] == "L"
    n = value(ctx, m, "n")
    if not last and not 1 <= n <= 5:
        return None
    if unit == "weekend":
        saturdays = [d for d in range(1, length + 1) if day.replace(day=d).weekday() == 5]
        place = len(saturdays) - 1 if last else n - 1
        return (
            read(unit_value(day.replace(day=saturdays[place]), unit), certain=certain)
            if place < len(saturdays)
            else None
        )
    # The calendar week with most of the days 1–7, 8–14 …; the last one holds the fourth day from the end.
    middle = length - 3 if last else min(length, 7 * n - 3)
    return read(unit_value(day.replace(day=middle), unit), certain=certain)


def _month(ctx: Context, m: re.Match[str]) -> tuple[date, bool] | None:
    """The first day of the month that a match names, and whether its year is certain."""
    if where(m, "unit2") >= 0:
        if ctx.tokens.values[where(m, "unit2")] != "month" or ctx.today is None:
            return None
        return shift_months(ctx.today.replace(day=1), value(ctx, m, "rel")), True
    written = year_of(ctx, m)
    if written is not None:
        return date(written, value(ctx, m, "mon"), 1), True
    year = nearest_year(ctx, m, value(ctx, m, "mon"), 15)
    return (date(year, value(ctx, m, "mon"), 1), False) if year is not None else None


def weekdays_ago(ctx: Context, m: re.Match[str]) -> Reading | None:
    """ "two Sundays ago"."""
    n = count(ctx.tokens, where(m, "num"), m.end("num"))
    if n is None or isinstance(n, str) or not 1 <= n <= 52 or ctx.today is None:
        return None
    before = ctx.today - timedelta(days=1)
    return read((latest_weekday(before, value(ctx, m, "wd")) - (int(n) - 1) * _WEEK).isoformat())


def weeks_from_weekday(ctx: Context, m: re.Match[str]) -> Reading | None:
    """ "a week from Wednesday": from the next one."""
    n = count(ctx.tokens, where(m, "num"), m.end("num"))
    if ctx.tokens.values[where(m, "unit")] != "week" or ctx.tokens.word(m.end("unit")) != "from" or ctx.today is None:
        return None
    if n is None or isinstance(n, str) or n != int(n):
        return None
    coming = latest_weekday(ctx.today + timedelta(days=6), value(ctx, m, "wd"))
    return read((coming + int(n) * _WEEK).isoformat())


def beside_holiday(ctx: Context, m: re.Match[str]) -> Reading | None:
    """ "the day after Christmas", "the Friday before Easter", "two weeks before Ramadan"."""
    there = holiday_date(ctx, m)
    span = span_of(there.value) if there is not None else None
    if there is None or span is None or span.first is None or span.last is None:
        return None
    by = value(ctx, m, "dir")
    from_day = span.first if by < 0 else span.last
    if where(m, "wd") >= 0:
        n = value(ctx, m, "wd")
        day = latest_weekday(from_day - timedelta(days=1), n) if by < 0 else latest_weekday(from_day + _WEEK, n)
        return read(day.isoformat(), certain=there.certain)
    unit = value(ctx, m, "unit") or value(ctx, m, "units")
    n = count(ctx.tokens, where(m, "num"), m.end("num")) if where(m, "num") >= 0 else 1
    if unit not in ("day", "week", "month") or n is None or isinstance(n, str) or n != int(n) or n > 400:
        return None
    return read(unit_value(shifted(from_day, unit, by * int(n)), unit), certain=there.certain)


def listed_after(ctx: Context, m: re.Match[str]) -> Reading | None:
    """The second day of "April 24 and 25"."""
    before = len(ctx.tokens.kinds[: m.start()].rstrip("&,"))
    if ctx.listed is None or ctx.listed[0] != before:
        return None
    if "&" not in ctx.tokens.kinds[before : m.start()] and not _AND_MORE.match(ctx.tokens.kinds, m.end()):
        return None  # "On May 5, 12 were hurt"
    _, month, year = ctx.listed
    day = value(ctx, m, "day")
    if ctx.tokens.names_noun(m.end()):
        return None
    ctx.listed = (m.end(), month, year)
    return _day(month, day, year)


def listed_before(ctx: Context, m: re.Match[str]) -> Reading | None:
    """The first day of "3 and 4 May"."""
    i = m.end()
    while ctx.tokens.kind(i) not in "Mm":
        i += 1
    month, day = ctx.tokens.values[i], value(ctx, m, "day")
    after = i + (2 if ctx.tokens.kind(i + 1) == "," else 1)
    year = ctx.tokens.values[after] if ctx.tokens.kind(after) == "y" else nearest_year(ctx, m, month, day)
    return _day(month, day, year)


def _day(month: int, day: int, year: int | None) -> Reading | None:
    if year is None:
        return read(f"XXXX-{month:02d}-{day:02d}", certain=False) if 1 <= day <= 31 else None
    return read(date(year, month, day).isoformat(), certain=False)


def day_of_month(ctx: Context, m: re.Match[str]) -> Reading | None:
    """ "on the 15th", "by the 3rd of next month": of the month that tense and nearness say."""
    day = value(ctx, m, "day")
    raw = ctx.tokens.word(where(m, "day"))
    if not raw[0].isdigit() or not 1 <= day <= 31 or ctx.today is None:
        return None
    if where(m, "rel") >= 0:
        if ctx.tokens.values[where(m, "unit")] != "month":
            return None
        month = shift_months(ctx.today.replace(day=1), value(ctx, m, "rel"))
        return read(month.replace(day=day).isoformat())
    if ctx.tokens.word(m.start() - 1) not in ("on", "by", "until", "since", "from") or ctx.tokens.names_noun(m.end()):
        return None
    if (named := ctx.month_named(m.start())) is not None:
        return read(named.replace(day=day).isoformat(), certain=False)
    ahead = ctx.direction(m.start(), m.end() - 1) > 0
    month = ctx.today.replace(day=1)
    if ahead and day < ctx.today.day:
        month = shift_months(month, 1)
    elif not ahead and day > ctx.today.day:
        month = shift_months(month, -1)
    return read(month.replace(day=day).isoformat(), certain=False)
