"""Times of day, alone and with their day."""

from __future__ import annotations

import re
from datetime import date

from retrieval.annotation.time.anchors import day_of_clock
from retrieval.annotation.time.context import Context
from retrieval.annotation.time.datelines import after_stamp, is_live
from retrieval.annotation.time.dates import full_date
from retrieval.annotation.time.lexicon import DAY_PARTS
from retrieval.annotation.time.reading import NOTHING, Reading, where
from retrieval.annotation.time.relative import weekday_date
from retrieval.schema import TimexType

# "To 2 p.m. Monday through Friday", "daily", "every day", "on Mondays" behind a time.
_EVERY_WEEK = re.compile(r"(?:[>_-][~]?[cN;dw]z{0,2})?,?i?(?:[Wv][>_-][Wv]|r|A|V)")


def at(day: str, clock: str) -> Reading:
    """A time ("22:00") of a day."""
    return Reading(TimexType.TIME, f"{day}T{clock}")


def timed(ctx: Context, m: re.Match[str]) -> Reading | None:
    """ "10 p.m. Wednesday", "noon on Oct. 21", "5 p.m. EST", "4 in the morning", "Friday at 10:30 a.m."."""
    clock = _clock(ctx, m)
    if clock is None:
        return None
    if _EVERY_WEEK.match(ctx.tokens.kinds, m.end()):
        return NOTHING  # opening hours are of no day
    day, certain = _day(ctx, m)
    return Reading(TimexType.TIME, f"{day}T{clock}", _about(ctx, m), certain=certain)


def stamp(ctx: Context, m: re.Match[str]) -> Reading | None:
    """The "18:05" at the head of an entry of a live report: of the article's day, or of the last heading's."""
    tokens = ctx.tokens
    end = tokens.ends[m.end() - 1]
    if ctx.asking or after_stamp(tokens.text, tokens.starts[m.start()], end, clock=True) is None:
        return None
    if not is_live(tokens.text):
        return None
    day = ctx.today.isoformat() if ctx.today is not None else "XXXX-XX-XX"
    return Reading(TimexType.TIME, f"{day}T{tokens.values[m.start()]}", certain=False)


def _about(ctx: Context, m: re.Match[str]) -> str | None:
    i = where(m, "about")
    value = ctx.tokens.values[i] if i >= 0 else None
    return value if isinstance(value, str) else None


def _clock(ctx: Context, m: re.Match[str]) -> str | None:
    i = where(m, "time")
    kind, value = ctx.tokens.kinds[i], ctx.tokens.values[i]
    if kind in "c;N":
        return value if isinstance(value, str) else None
    if kind == "w" and ctx.tokens.word(i + 1) != "o'clock" and where(m, "part") < 0:
        return None
    if (
        kind not in "dw"
        or not 1 <= value <= 12
        or (where(m, "part") < 0 and ctx.tokens.word(i + 1).replace("’", "'") != "o'clock")
    ):
        return None
    part = where(m, "part")
    code = DAY_PARTS[ctx.tokens.word(part)] if part >= 0 else None
    hour = int(value) % 12 + (12 if code in ("AF", "EV") or (code == "NI" and value > 5) else 0)
    return f"{hour:02d}:00"


def _day(ctx: Context, m: re.Match[str]) -> tuple[str, bool]:
    tokens = ctx.tokens
    if where(m, "mon") >= 0:
        reading = full_date(ctx, m)
        return (reading.value, reading.certain) if reading is not None else ("XXXX-XX-XX", False)
    if where(m, "wd") >= 0:
        day = weekday_date(ctx, m, tokens.values[where(m, "wd")])
        return (day.isoformat(), False) if day is not None else (f"XXXX-WXX-{tokens.values[m.start('wd')] + 1}", False)
    if ctx.today is None:
        return "XXXX-XX-XX", False
    if where(m, "deictic") >= 0:
        return date.fromordinal(ctx.today.toordinal() + tokens.values[where(m, "deictic")]).isoformat(), True
    if where(m, "that") >= 0 and tokens.kinds[where(m, "that")] == "T":
        return ctx.today.isoformat(), True
    day = day_of_clock(ctx, m.start())
    return (day.isoformat(), False) if day is not None else ("XXXX-XX-XX", False)
