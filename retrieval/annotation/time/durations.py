"""Durations and what recurs."""

from __future__ import annotations

import re
from datetime import date, timedelta

from retrieval.annotation.time.context import Context
from retrieval.annotation.time.lexicon import DAY_PARTS, DURATION_CODES
from retrieval.annotation.time.numbers import count
from retrieval.annotation.time.reading import NOTHING, Reading, matched, tokens_of, where
from retrieval.annotation.time.values import shifted
from retrieval.schema import TimexType


def duration_value(n: float | str, unit: str) -> str:
    """The TIMEX3 value of a duration: ``P3Y``, ``PT90M``, ``P2Y6M``, ``PXW``."""
    clock, code, times = DURATION_CODES[unit]
    if isinstance(n, str):
        return f"P{clock}X{'DE' if unit == 'decade' else 'CE' if unit == 'century' else code}"
    n *= times
    if n == int(n):
        return f"P{clock}{int(n)}{code}"
    whole, rest = int(n), n - int(n)
    finer = {"Y": ("M", 12), "H": ("M", 60), "M": ("S", 60) if clock else ("D", 30), "D": ("TH", 24), "W": ("D", 7)}
    if code in finer and times == 1 and code != "W":
        name, per = finer[code]
        small = round(rest * per)
        return f"P{clock}{f'{whole}{code}' if whole else ''}{'T' if name == 'TH' else ''}{small}{name[-1]}"
    return f"P{clock}{n:g}{code}"


def duration(ctx: Context, m: re.Match[str]) -> Reading | None:
    """ "three years", "a two-week", "more than four hours", "a year and a half"."""
    tokens = ctx.tokens
    i = where(m, "unit")
    n = count(tokens, where(m, "num"), m.end("num"))
    if _is_fraction(ctx, m) or re.match("aU(?!G)", tokens.kinds[m.end() : m.end() + 3]):
        return NOTHING  # "24 hours a day"
    if n is None or (matched(m, "num") == "a" and _is_rate(ctx, m)):
        return None
    if where(m, "half") >= 0 and not isinstance(n, str):
        n += 0.5
    if isinstance(n, float) and n > 1_000_000:
        return None
    return Reading(TimexType.DURATION, duration_value(n, tokens.values[i]), _about(ctx, m))


def age(ctx: Context, m: re.Match[str]) -> Reading | None:
    """ "52 years old", "a six-year-old": how old somebody is, no stretch of time that is told of."""
    return NOTHING if ctx.tokens.word(m.end() - 1) in ("old", "olds") else None


def _is_fraction(ctx: Context, m: re.Match[str]) -> bool:
    """ "three-quarters", "a quarter of"."""
    if ctx.tokens.values[where(m, "unit")] != "quarter":
        return False
    if matched(m, "num") == "q":
        return False
    return matched(m, "num") == "a" or "-" in m[0] or ctx.tokens.kind(m.end()) == "F"


def _is_rate(ctx: Context, m: re.Match[str]) -> bool:
    """ "$5 a year", "four flights a week", "24 hours a day": how often, not how long."""
    kinds, i = ctx.tokens.kinds, m.start() - 1
    if i < 0 or m.end() - m.start() != 2:
        return False
    if (
        kinds[i] in "Pdny"
        or ctx.tokens.text[ctx.tokens.starts[i]] in "$£€¥"
        or ctx.tokens.word(i) in ("million", "billion")
    ):
        return True
    return kinds[i] == "u" and i > 0 and kinds[i - 1] in "dnyw" and ctx.tokens.word(i).endswith("s")


def _about(ctx: Context, m: re.Match[str]) -> str | None:
    about = where(m, "about")
    value = ctx.tokens.values[about] if about >= 0 and matched(m, "about") else None
    return value if isinstance(value, str) else None


def bare_units(ctx: Context, m: re.Match[str]) -> Reading | None:
    """ "for years", "decades", "day-long"."""
    name = ctx.tokens.values[where(m, "unit")]
    before = ctx.tokens.kind(m.start() - 1)
    if name in ("second", "minute") or (name in ("hour", "day") and before in "tosE" and "O" not in m[0]):
        return None  # "in the days after", "the early hours of Thursday"
    long = "O" in m[0] and matched(m, "unit") == "U"
    return Reading(TimexType.DURATION, duration_value(1 if long else "X", name))


def near_units(ctx: Context, m: re.Match[str]) -> Reading | None:
    """ "the past three days", "the next two weeks": a duration that lies against today."""
    tokens = ctx.tokens
    name = tokens.values[where(m, "unit")]
    n = count(tokens, where(m, "num"), m.end("num"))
    if n is None or name not in DURATION_CODES:
        return None
    by = sum(tokens.values[i] for i in tokens_of(m, "rel") if tokens.kinds[i] in "LX")
    anchored = None
    if ctx.today is not None and not isinstance(n, str) and n <= 10_000 and by:
        anchored = against(ctx.today, name, n, by)
    return Reading(TimexType.DURATION, duration_value(n, name), anchored=anchored)


def against(today: date | None, unit: str, n: float, by: int) -> tuple[str, str] | None:
    """The first and last day of `n` units up to `today` (`by` -1) or from the day after on (1)."""
    if today is None:
        return None
    if unit in ("second", "minute", "hour"):
        unit, n = "day", -(-n // 24) if unit == "hour" else 0
    if unit not in ("day", "night", "week", "fortnight", "month", "quarter", "year", "decade", "century"):
        return None
    try:
        far = shifted(today, "day" if unit == "night" else unit, by * int(n) or by)
    except (ValueError, OverflowError):
        return None
    # "the past three days" reach back three days and end with today; those to come begin with tomorrow.
    first, last = (far, today) if by < 0 else (today + timedelta(days=1), far)
    return (first.isoformat(), max(first, last).isoformat())


def first_units(ctx: Context, m: re.Match[str]) -> Reading | None:
    """ "the first nine months", "the nine months"."""
    n = count(ctx.tokens, where(m, "num"), m.end("num"))
    name = ctx.tokens.values[where(m, "unit")]
    if name == "month":
        ctx.by_quarters = False
    return Reading(TimexType.DURATION, duration_value(n, name)) if n is not None else None


def every(ctx: Context, m: re.Match[str]) -> Reading | None:
    """ "every week", "every six months", "each Thursday", "every other year"."""
    tokens = ctx.tokens
    i = where(m, "what")
    kind, what = tokens.kinds[i], tokens.values[i]
    n = count(tokens, where(m, "num"), m.end("num")) if where(m, "num") >= 0 and matched(m, "num") else 1
    if kind == "W":
        return Reading(TimexType.SET, f"XXXX-WXX-{what + 1}")
    if kind == "M":
        return Reading(TimexType.SET, f"XXXX-{what:02d}")
    if kind == "S":
        return Reading(TimexType.SET, f"XXXX-{what}")
    if kind == "p":
        return Reading(TimexType.SET, f"XXXX-XX-XXT{DAY_PARTS[tokens.word(i)]}")
    if kind == "K":
        return Reading(TimexType.SET, "XXXX-WXX-WE")
    return Reading(TimexType.SET, duration_value(n if n is not None else 1, what))


def on_weekdays(ctx: Context, m: re.Match[str]) -> Reading | None:
    """ "6 a.m. to 2 p.m. Monday through Friday": every week."""
    return Reading(TimexType.SET, f"XXXX-WXX-{ctx.tokens.values[where(m, 'wd')] + 1}")


def open_on_weekdays(ctx: Context, m: re.Match[str]) -> Reading | None:
    """ "Parking is free Monday through Wednesday": every week, where nothing around says when."""
    if ctx.asking or ctx.direction(m.start(), m.end() - 1):
        return None
    return on_weekdays(ctx, m)


def how_often(ctx: Context, m: re.Match[str]) -> Reading | None:
    """ "twice a year", "three times a week"."""
    return Reading(TimexType.SET, duration_value(1, ctx.tokens.values[where(m, "unit")]))


def adverb(ctx: Context, m: re.Match[str]) -> Reading | None:
    """ "daily", "annually"."""
    if ctx.tokens.capitalised(m.start()) and (m.start() == 0 or ctx.tokens.capitalised(m.start() - 1)):
        return None  # the Daily Mail, New York Daily News
    if ctx.tokens.capitalised(m.start()) and ctx.tokens.capitalised(m.start() + 1):
        return None
    if ctx.tokens.word(m.start()) == "quarterly" and ctx.tokens.kind(m.end()) == "u":
        return None  # a quarterly dividend is a kind of dividend
    return Reading(TimexType.SET, ctx.tokens.values[m.start()])


def weekdays(ctx: Context, m: re.Match[str]) -> Reading | None:
    """ "on Mondays"."""
    return Reading(TimexType.SET, f"XXXX-WXX-{ctx.tokens.values[m.start()] + 1}")
