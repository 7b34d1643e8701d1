"""Dates that name themselves: days, months, years, decades, centuries, quarters, seasons, holidays."""

from __future__ import annotations

import re
from datetime import date, timedelta

from retrieval.annotation.time.anchors import is_habit, other_year
from retrieval.annotation.time.context import Context
from retrieval.annotation.time.numbers import count, short_year
from retrieval.annotation.time.reading import Reading, read, value, where
from retrieval.annotation.time.values import shift_months, unit_value, unknown_value

_SOON = 14  # days ahead of publication that a text brought up to date may look back on
_SURELY_NEAR = 120  # days within which a day and month without a year is the nearest one, whatever the tense


def year_of(ctx: Context, m: re.Match[str], group: str = "year") -> int | None:
    """The year written out in a group, "2016" or "'98"."""
    start = where(m, group)
    if start < 0:
        return None
    n = ctx.tokens.values[start]
    return short_year(n) if ctx.tokens.kinds[start] == "Y" else n


def full_date(ctx: Context, m: re.Match[str]) -> Reading | None:
    """ "Friday, Oct. 21, 2016", "Oct. 21-22", "21 October": with the nearest year where none is given."""
    month, day, day2 = value(ctx, m, "mon"), value(ctx, m, "day"), value(ctx, m, "day2") or value(ctx, m, "to")
    if not 1 <= day <= 31 or (day2 is not None and not day < day2 <= 31):
        return None
    year, certain = year_of(ctx, m), True
    if year is None and where(m, "rel") >= 0 and ctx.today:
        year = ctx.today.year + ctx.tokens.values[where(m, "rel")]
    if where(m, "told") >= 0 and value(ctx, m, "unit") == "year":
        year = ctx.last_year
    elif year is None:
        year = nearest_year(ctx, m, month, day, weekday=value(ctx, m, "wd"))
        certain = False
    head = f"{year:04d}" if year is not None else "XXXX"
    if year is not None:
        try:
            date(year, month, day)
        except ValueError:
            return None
    first = f"{head}-{month:02d}-{day:02d}"
    ctx.listed = (m.end(), month, year)
    return read(f"{first}/{head}-{month:02d}-{day2:02d}" if day2 else first, certain=certain)


def two_dates(ctx: Context, m: re.Match[str]) -> Reading | None:
    """ "Oct. 31-Nov. 2", "Dec. 30, 2016 – Jan. 2, 2017" as one range."""
    a, b = (value(ctx, m, "mon"), value(ctx, m, "day")), (value(ctx, m, "mon2"), value(ctx, m, "day2"))
    year2 = year_of(ctx, m, "year2")
    year = year_of(ctx, m)
    if year is None:
        year = year2 - (b < a) if year2 is not None else nearest_year(ctx, m, *a)
    if year2 is None and year is not None:
        year2 = year + (b < a)
    heads = [f"{y:04d}" if y is not None else "XXXX" for y in (year, year2)]
    return read(f"{heads[0]}-{a[0]:02d}-{a[1]:02d}/{heads[1]}-{b[0]:02d}-{b[1]:02d}", certain=where(m, "year2") >= 0)


def nearest_year(ctx: Context, m: re.Match[str], month: int, day: int, *, weekday: int | None = None) -> int | None:
    """The year that brings a month and day nearest to today, among those where it falls on `weekday`."""
    if ctx.today is None:
        return None
    elsewhen, told = other_year(ctx, m.start(), month, day)
    if elsewhen and weekday is None:
        return told
    years = []
    for year in range(max(1, ctx.today.year - 6), min(9999, ctx.today.year + 6) + 1):
        try:
            there = date(year, month, day)
        except ValueError:
            continue
        if weekday is None or there.weekday() == weekday:
            years.append(there)
    if weekday is not None and (not years or min(abs((d - ctx.today).days) for d in years) > 400):
        return nearest_year(ctx, m, month, day)
    if ctx.tokens.word(m.start() - 1) == "ended":
        years = [d for d in years if d <= ctx.today] or years
    if ctx.asking and weekday is None and (leaning := ctx.direction(m.start(), m.end() - 1)):
        side = [d for d in years if (d - ctx.today).days * leaning >= 0]
        years = side or years
    if not years:
        return None
    year = _nearest(ctx, m, years, ctx.today)
    told_of_another = not ctx.asking and ctx.last_year is not None and ctx.last_year < ctx.today.year
    if told_of_another and weekday is None and _is_over(ctx, m, date(year, month, day) - ctx.today):
        return None
    return year


def _is_over(ctx: Context, m: re.Match[str], ahead: timedelta) -> bool:
    """Whether the words look back though the nearest such day is well `ahead`: "was arrested on 10 September"."""
    return ahead.days > _SOON and ctx.direction(m.start(), m.end() - 1) < 0


def _nearest(ctx: Context, m: re.Match[str], days: list[date], today: date) -> int:
    nearest = min(days, key=lambda d: abs((d - today).days))
    if abs((nearest - today).days) > _SURELY_NEAR and not ctx.asking:
        # Half a year either way: here the tense says more than the few days of difference.
        ahead = ctx.tokens.word(m.start() - 1) in ("until", "till", "through", "by")
        leaning = 1 if ahead else ctx.direction(m.start(), m.end() - 1)
        side = [d for d in days if (d - today).days * leaning > 0]
        if leaning and side:
            return min(side, key=lambda d: abs((d - today).days)).year
    return nearest.year


def figures(ctx: Context, m: re.Match[str]) -> Reading | None:
    """ "2016-10-21", "10/21/2016", "21.10.2016"; the order that fits, month first where both do."""
    raw = ctx.tokens.values[m.start()]
    iso = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)(T\d\d:\d\d)?.*", raw)
    if iso:
        year, month, day = (int(iso[i]) for i in (1, 2, 3))
        clock = iso[4] or ""
        reading = _checked(year, month, day)
        if reading is None or not clock:
            return reading
        from retrieval.annotation.time.clock import at

        return at(reading.value, clock[1:])
    a, b, c = (int(part) for part in re.split(r"[/.-]", raw))
    if "." in raw and len(raw.rsplit(".", 1)[1]) != 4:
        return None
    year = c if c > 99 else short_year(c)
    first, second = (b, a) if "." in raw else (a, b)
    if first > 12:
        first, second = second, first
    return _checked(year, first, second, certain=a == b or max(a, b) > 12)


def _checked(year: int, month: int, day: int, *, certain: bool = True) -> Reading | None:
    try:
        return read(date(year, month, day).isoformat(), certain=certain)
    except ValueError:
        return None


def month_year(ctx: Context, m: re.Match[str]) -> Reading | None:
    """ "September 2005", "June last year", "March-June 2005"."""
    year, month = year_of(ctx, m), value(ctx, m, "mon")
    if year is None and where(m, "told") >= 0:
        if value(ctx, m, "unit") != "year":
            return None
        year = ctx.last_year
    elif year is None and where(m, "rel") >= 0:
        if ctx.tokens.values[where(m, "unit")] != "year":
            return None
        year = ctx.today.year + ctx.tokens.values[where(m, "rel")] if ctx.today else None
    head = f"{year:04d}" if year is not None else "XXXX"
    first = f"{head}-{month:02d}"
    second = value(ctx, m, "mon2")
    return read(f"{first}/{head}-{second:02d}" if second else first)


def bare_month(ctx: Context, m: re.Match[str]) -> Reading | None:
    """ "in September": the latest one, or the next where the tense says so."""
    month = value(ctx, m, "mon")
    if ctx.today is None:
        return read(f"XXXX-{month:02d}", certain=False)
    joined = ctx.tokens.kinds[m.end() : m.end() + 2] in (">M", "_M") or ctx.tokens.kinds[m.start() - 2 : m.start()] in (
        "M>",
        "M_",
    )
    if joined and not ctx.asking and is_habit(ctx, m.start()):
        return read(f"XXXX-{month:02d}", certain=False)  # "open from April to October"
    elsewhen, told = other_year(ctx, m.start(), month)
    if elsewhen:
        return read(f"{told:04d}-{month:02d}" if told is not None else f"XXXX-{month:02d}", certain=False)
    ahead_by = (month - ctx.today.month) % 12
    # "A June agreement" is of the nearest June.
    named = ahead_by != 6 and ctx.tokens.kind(m.start() - 1) in "at" and ctx.tokens.names_noun(m.end())
    # In October, "cuts in November" are not of a year ago, unless they "came in November".
    next_one = ahead_by == 1 and not ctx.asking and not ctx.follows_past(m.start() - 2)
    if ctx.was_due or named or ctx.tokens.word(m.start() - 1) in ("through", "until", "till", "by"):
        nearest = shift_months(ctx.today.replace(day=1), (ahead_by + 6) % 12 - 6)
        year = nearest.year
    elif next_one or ctx.direction(m.start(), m.end() - 1) > 0:
        year = ctx.today.year + (month < ctx.today.month)
    else:
        year = ctx.today.year - (month > ctx.today.month)
    return read(f"{year:04d}-{month:02d}", certain=False)


def year(ctx: Context, m: re.Match[str]) -> Reading | None:
    """ "2006", "the year 2000", "2004-2006", "2004-05"."""
    first = year_of(ctx, m)
    assert first is not None
    if where(m, "to") >= 0:
        i = where(m, "to")
        second = ctx.tokens.values[i]
        if ctx.tokens.kinds[i] != "y":
            if ctx.tokens.ends[i] - ctx.tokens.starts[i] != 2:
                return None
            second += first // 100 * 100
        if not first < second <= first + 200:
            return None
        return read(f"{first:04d}/{second:04d}")
    bare = m.end() - m.start() == 1
    if bare and not _is_year(ctx, m.start(), first):
        return None
    return read(f"{first:04d}")


def _is_year(ctx: Context, i: int, n: int) -> bool:
    tokens = ctx.tokens
    before, after = tokens.kind(i - 1), tokens.kind(i + 1)
    if after in "UPQ" or (after == "-" and tokens.kind(i + 2) in "uUPOn"):
        return False
    if before == "~" and tokens.word(i - 1) not in ("around", "about"):
        return False
    if before == "u" and tokens.capitalised(i - 1) and not (1900 <= n <= 2050):
        return False
    if tokens.word(i - 1) == "at" or (n < 1900 and after == "u" and tokens.capitalised(i + 1) and before not in "iB>"):
        return False  # an address
    if tokens.word(i - 1) == "." and tokens.word(i - 2) == "no":
        return False
    if before == "-" and tokens.kind(i - 2) in "ndy":  # 555-2016
        return False
    if before in "wqndy" and tokens.ends[i - 1] + 2 > tokens.starts[i]:
        return False
    return 1200 <= n <= 2100 or before in "iFB>"


def year_words(ctx: Context, m: re.Match[str]) -> Reading | None:
    """ "the year two thousand"."""
    n = count(ctx.tokens, where(m, "words"), m.end("words"))
    return read(f"{int(n):04d}") if isinstance(n, float) and 1000 <= n < 2200 else None


def decade(ctx: Context, m: re.Match[str]) -> Reading | None:
    """ "the 1990s", "the '90s", "the nineties", "the 1800s" (a century)."""
    i = where(m, "e")
    n = ctx.tokens.values[i]
    raw = ctx.tokens.word(i)
    if raw[0].isalpha():
        return read(f"{190 + n}X")
    if n < 100:
        return read(f"{190 + n // 10 if n >= 20 else 200 + n // 10}X") if m[0] != "e" or not raw[0].isdigit() else None
    if n % 100 == 0 and n < 1900:
        return read(f"{n // 100:02d}XX")
    return read(f"{n // 10}X") if 1000 <= n < 2200 else None


def century(ctx: Context, m: re.Match[str]) -> Reading | None:
    """ "the 20th century"."""
    unit, n = ctx.tokens.values[where(m, "unit")], value(ctx, m, "n")
    return read(f"{n - 1:02d}XX") if unit == "century" and 2 <= n <= 30 else None


def year_end(ctx: Context, m: re.Match[str]) -> Reading | None:
    """ "year-end", "at month-end": its last day."""
    written = year_of(ctx, m)
    if value(ctx, m, "end") == "month":
        return read(unit_value(ctx.today, "month") if ctx.today else "XXXX-XX", "END", certain=False)
    if written is None and ctx.today is None:
        return read("XXXX-12-31", certain=False)
    if written is None:
        assert ctx.today is not None
        written, certain = ctx.today.year - (ctx.tokens.word(m.start() - 1) == "since"), False
    else:
        certain = True
    if ctx.tokens.kind(m.start() - 1) == "~":  # "around year-end"
        return read(f"{written:04d}-12", certain=certain)
    return read(f"{written:04d}-12-31", certain=certain)


def week_of(ctx: Context, m: re.Match[str]) -> Reading | None:
    """ "the week of March 6", "the weekend of March 6", "the week ended Oct. 21"."""
    inner = full_date(ctx, m)
    unit = ctx.tokens.values[where(m, "unit")] or "weekend"
    if inner is None or unit not in ("week", "weekend", "month"):
        return None
    if inner.value.startswith("XXXX"):
        return read(unknown_value(unit))
    day = date.fromisoformat(inner.value[:10])
    return read(unit_value(day, unit), certain=inner.certain)


def latest_weekday(today: date, weekday: int) -> date:
    """The latest `weekday` (Monday is 0) up to and including `today`."""
    return today - timedelta(days=(today.weekday() - weekday) % 7)
