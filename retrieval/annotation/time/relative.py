"""Dates told by their distance: from the day of publication, or in narrative from the date before."""

from __future__ import annotations

import re
from datetime import date, timedelta

from retrieval.annotation.time.anchors import counted_from, day_of_clock
from retrieval.annotation.time.context import Context
from retrieval.annotation.time.dates import latest_weekday
from retrieval.annotation.time.durations import against, duration_value
from retrieval.annotation.time.lexicon import DAY_PARTS, word_set
from retrieval.annotation.time.numbers import count
from retrieval.annotation.time.reading import NOTHING, Reading, matched, read, tokens_of, value, where
from retrieval.annotation.time.values import UNITS, shifted, unit_value, unknown_value
from retrieval.schema import Granularity, TimexType

_GRAIN = {
    Granularity.TIME: "day", Granularity.DAY: "day", Granularity.WEEKEND: "week", Granularity.WEEK: "week",
    Granularity.MONTH: "month", Granularity.QUARTER: "quarter", Granularity.HALF: "half", Granularity.SEASON: "season",
    Granularity.YEAR: "year", Granularity.DECADE: "decade", Granularity.CENTURY: "century", Granularity.RANGE: "day",
}  # fmt: skip
_TELLS_WHICH = word_set("it he she they we you i the a that when which his her their its our my")
_FROM_TEXT = word_set("following subsequent ensuing succeeding preceding previous")


def _step(ctx: Context, m: re.Match[str]) -> tuple[int, bool]:
    """How many units away the words of group ``rel`` point, and whether from the date before rather than from today."""
    words = [(ctx.tokens.kinds[i], ctx.tokens.word(i), ctx.tokens.values[i]) for i in tokens_of(m, "rel")]
    by = sum(v for kind, _, v in words if kind in "LX")
    told = any(kind == "H" or word in _FROM_TEXT for kind, word, _ in words)
    if m[0].startswith("t") and any(word == "next" for _, word, _ in words):
        told = True
    return by, told


def unit(ctx: Context, m: re.Match[str]) -> Reading | None:
    """ "last week", "this year", "the following day", "that month", "the weekend"."""
    name = ctx.tokens.values[where(m, "unit")] or "weekend"
    rel = matched(m, "rel")
    words = [ctx.tokens.word(i) for i in tokens_of(m, "rel")]
    written = ctx.tokens.text[ctx.tokens.starts[m.end() - 1] : ctx.tokens.ends[m.end() - 1]]
    if name not in (*UNITS, "weekend") or written.istitle():  # "This Week" is a programme
        return None
    if "present" in words or words == ["the"]:
        return None
    if m[0].startswith("tL") and "last" in words and ctx.tokens.kind(m.end()) == "F":
        return NOTHING  # "the last month of 2022", "the last week of the strike"
    if ctx.tokens.kinds.startswith("&aJ", m.end()):
        return NOTHING  # "the last month and a half"
    by, told = _step(ctx, m)
    if "latest" in words or "recent" in words:
        by, told = 0 if name != "quarter" else -1, False
    anchor = counted_from(ctx, name, told=told, at=m.start(), by=by)
    if name == "weekend":
        return _weekend(ctx, m, by, anchor, told or not rel)
    if name == "day" and ((not told and rel != "HH") or ctx.last_day is None):
        return None
    if anchor is None:
        return read(unknown_value(name))
    if "past" in words and rel == "L" and name != "quarter":
        return Reading(TimexType.DURATION, duration_value(1, name), anchored=against(ctx.today, name, 1, -1))
    if "same" in words and not ctx.is_to_be(m.start()) and not ctx.direction(m.start(), m.end() - 1):
        return read(unknown_value(name))  # "food is thrown away on the same day": of whichever day it is
    if name == "decade" and rel.endswith("L"):
        return read(unit_value(shifted(anchor, "year", -10), "decade"))
    if name == "century" and by == 0 and not told:
        return read(unit_value(anchor, "century"))
    return read(unit_value(shifted(anchor, name, by), name), certain=not told)


def _weekend(ctx: Context, m: re.Match[str], by: int, anchor: date | None, inferred: bool) -> Reading | None:
    if anchor is None:
        return read(unknown_value("weekend"))
    monday = anchor - timedelta(days=anchor.weekday())
    over = anchor.weekday() >= 5
    if by > 0:
        day = monday + timedelta(weeks=1 if over else 0)
    elif by < 0:
        day = monday - timedelta(weeks=1)
    elif over or ctx.direction(m.start(), m.end() - 1) > 0:
        day = monday
    elif matched(m, "rel"):  # "this weekend" looks ahead, unless the tense looks back
        day = monday - timedelta(weeks=1) if ctx.direction(m.start(), m.end() - 1) < 0 else monday
    else:
        day = monday - timedelta(weeks=1)
    return read(unit_value(day, "weekend"), certain=not inferred)


def weekday(ctx: Context, m: re.Match[str]) -> Reading | None:
    """ "on Monday", "last Friday", "Thursday evening": the latest unless words or tense point ahead."""
    if ctx.tokens.word(m.start()) == "following":  # no "the": "following Monday’s vote" is after the latest
        return None
    one = ctx.tokens.word(m.start() - 1) in ("a", "one") and ctx.tokens.kind(m.start() - 2) != "t"
    the = not matched(m, "rel") and ctx.tokens.word(m.start() - 1) == "the" and ctx.tokens.word(m.start() - 2) == "on"
    if (one or the) and not ctx.tokens.names_noun(m.end()):
        return None  # "on a Sunday in 1954", "on the Monday" of whichever week
    if ctx.tokens.word(m.end()).endswith("ing") and ctx.begins_sentence(m.start()):
        return None  # "Sunday opening will begin"
    n = value(ctx, m, "wd")
    day = weekday_date(ctx, m, n)
    part = where(m, "part")
    code = DAY_PARTS[ctx.tokens.word(part)] if part >= 0 else None
    if code and ctx.tokens.word(part).endswith("s"):
        return Reading(TimexType.SET, f"XXXX-WXX-{n + 1}T{code}")
    if day is None:
        base = f"XXXX-WXX-{n + 1}"
        return Reading(TimexType.TIME, f"{base}T{code}") if code else read(base, certain=False)
    certain = bool(matched(m, "rel"))
    if code:
        return Reading(TimexType.TIME, f"{day.isoformat()}T{code}", certain=certain)
    return read(day.isoformat(), certain=certain)


def weekday_date(ctx: Context, m: re.Match[str], n: int) -> date | None:
    """The day that a weekday (Monday is 0) with its words stands for; None where nothing is known to count from."""
    rel = matched(m, "rel")
    by, told = _step(ctx, m) if rel else (0, False)
    anchor = counted_from(ctx, "day", told=told, at=m.start(), by=by)
    if anchor is None:
        return None
    latest = latest_weekday(anchor, n)
    if rel and by < 0:
        return latest if latest < anchor else latest - timedelta(days=7)
    if rel and by > 0:
        ahead = latest + timedelta(days=7)
        if (
            ctx.tokens.word(where(m, "rel")) == "next"
            and not told
            and ahead - anchor < timedelta(days=7 - anchor.weekday())
        ):
            return ahead + timedelta(days=7)  # "next Friday" said on a Monday is not this week's
        return ahead
    if rel:  # "this Friday", "that Friday"
        monday = anchor - timedelta(days=anchor.weekday())
        return monday + timedelta(days=n)
    if (before := ctx.weekday_before(m.start())) is not None:
        return latest_weekday(before + timedelta(days=7), n)
    as_of = ctx.tokens.word(m.start() - 2) == "as" and ctx.tokens.word(m.start() - 1) == "of"
    if as_of and not ctx.is_to_be(m.start()):
        return latest  # "as of Monday, the city is averaging"
    direction = ctx.direction(m.start(), m.end() - 1)
    listed = ctx.day_to_come(m.start(), joined=direction < 0)
    if listed is not None and listed.weekday() != n:
        return latest_weekday(listed + timedelta(days=7), n)
    if latest == anchor or direction <= 0:
        return latest
    return latest + timedelta(days=7)


def month(ctx: Context, m: re.Match[str]) -> Reading | None:
    """ "last April", "this September", "next May"."""
    n = value(ctx, m, "mon")
    by, told = _step(ctx, m)
    today = counted_from(ctx, "month", told=told, at=m.start(), by=by)
    if today is None:
        return read(f"XXXX-{n:02d}")
    if by < 0:
        year = today.year - (n >= today.month)
    elif by > 0:
        year = today.year + (n <= today.month)
    else:
        year = today.year
    return read(f"{year:04d}-{n:02d}")


def ago(ctx: Context, m: re.Match[str]) -> Reading | None:
    """ "three years ago", "two weeks later", "a day earlier", "10 minutes ago"."""
    name = ctx.tokens.values[where(m, "unit")]
    n = count(ctx.tokens, where(m, "num"), m.end("num")) if where(m, "num") >= 0 else "X"
    way = where(m, "dir")
    if ctx.tokens.word(m.end()) == "than":  # "a year later than planned" is no date
        return NOTHING
    by = ctx.tokens.values[way]
    if name in ("second", "minute", "hour") or n is None:
        return None
    if n == "X":
        if ctx.tokens.kinds[way] == "R":
            return Reading(TimexType.DURATION, duration_value("X", name))
        return read("PAST_REF")
    if where(m, "half") >= 0 and not isinstance(n, str):
        n += 0.5
    told = ctx.tokens.kinds[way] in "RB" and ctx.tokens.word(way) != "hence"
    anchor = counted_from(ctx, name, told=told, at=m.start(), by=by)
    assert not isinstance(n, str)
    if name == "fortnight":
        name, n = "week", 2 * n
    if anchor is None or _runs_ahead(ctx, m, anchor, name, by * n if told else 0):
        return read(unknown_value("year" if name in ("decade", "century") else name))
    if name == "century":
        return read(unit_value(shifted(anchor, "year", int(by * n * 100)), "century"))
    if name == "decade":
        return read(unit_value(shifted(anchor, "year", int(by * n * 10)), "year" if n < 3 else "decade"))
    if name == "year" and n == int(n):
        grain = "year"
        if n == 1 and by < 0 and ctx.quarter is not None and ctx.by_quarters:
            anchor, grain = date(int(ctx.quarter[:4]), 3 * int(ctx.quarter[-1]) - 2, 1), "quarter"
        elif told and ctx.last is not None and _GRAIN[ctx.last.granularity] == "month":
            grain = "month"
        return read(unit_value(shifted(anchor, "year", int(by * n)), grain), certain=not told)
    if n != int(n):
        months = {"year": 12, "quarter": 3}.get(name, 0)
        if months:
            return read(unit_value(shifted(anchor, "month", round(by * n * months)), "month"))
        days = {"month": 30.4, "week": 7.0}.get(name, 1.0)
        return read(unit_value(shifted(anchor, "day", round(by * n * days)), "day"))
    return read(unit_value(shifted(anchor, name, int(by * n)), name), certain=not told)


def _runs_ahead(ctx: Context, m: re.Match[str], anchor: date, name: str, by: float) -> bool:
    """Whether "three years later" would end after publication in a text that looks back: its anchor is another."""
    if by <= 0 or ctx.today is None:
        return False
    far = name in ("year", "decade", "century") and by > 1  # no "asks" or "is" tells of what comes in so long
    if ctx.is_to_be(m.start()) or (not far and ctx.direction(m.start(), m.end() - 1) > 0):
        return False
    return shifted(anchor, name, int(by)) > ctx.today


def days_of_reference(ctx: Context, m: re.Match[str]) -> Reading | None:
    """ "today", "yesterday morning", "tomorrow", "the day after tomorrow"."""
    by = value(ctx, m, "deictic")
    part = where(m, "part")
    code = DAY_PARTS[ctx.tokens.word(part)] if part >= 0 else None
    if ctx.today is None:
        return Reading(TimexType.TIME, f"XXXX-XX-XXT{code}") if code else read("XXXX-XX-XX")
    day = (ctx.today + timedelta(days=by)).isoformat()
    return Reading(TimexType.TIME, f"{day}T{code}") if code else read(day)


def night(ctx: Context, m: re.Match[str]) -> Reading | None:
    """ "tonight", "last night", "overnight", "overnight Saturday"."""
    code, by = value(ctx, m, "night")
    if where(m, "wd") >= 0:
        n = value(ctx, m, "wd")
        told = weekday_date(ctx, m, n)
        return Reading(TimexType.TIME, f"{told.isoformat() if told else f'XXXX-WXX-{n + 1}'}T{code}", certain=False)
    if ctx.today is None:
        return Reading(TimexType.TIME, f"XXXX-XX-XXT{code}")
    return Reading(TimexType.TIME, f"{(ctx.today + timedelta(days=by)).isoformat()}T{code}")


def part_of_day(ctx: Context, m: re.Match[str]) -> Reading | None:
    """ "this morning", "that night", "the next afternoon"."""
    code = DAY_PARTS[ctx.tokens.word(where(m, "part"))]
    by, told = _step(ctx, m)
    anchor = counted_from(ctx, "day", told=told, at=m.start(), by=by)
    if anchor is None:
        return Reading(TimexType.TIME, f"XXXX-XX-XXT{code}")
    return Reading(TimexType.TIME, f"{shifted(anchor, 'day', by).isoformat()}T{code}", certain=not told)


def in_the_morning(ctx: Context, m: re.Match[str]) -> Reading | None:
    """ "in the morning", "by mid-afternoon": of the day spoken of."""
    if ctx.tokens.word(m.start() - 1) not in ("in", "by", "during", "mid", "early", "late", "since", "until"):
        return None
    word = ctx.tokens.word(m.end() - 1)
    day = day_of_clock(ctx, m.start())
    if day is None or word.endswith("s") or (where(m, "bare") >= 0 and word == "night"):
        return None
    return Reading(TimexType.TIME, f"{day.isoformat()}T{DAY_PARTS[word]}", certain=False)


def before_after(ctx: Context, m: re.Match[str]) -> Reading | None:
    """ "the day before", "the week after", where the sentence does not say before or after what."""
    name = ctx.tokens.values[where(m, "unit")]
    if name not in UNITS:
        return None
    by = ctx.tokens.values[where(m, "dir")]
    anchor = counted_from(ctx, name, told=True, at=m.start(), by=by)
    if anchor is None:
        return read(unknown_value(name))
    return read(unit_value(shifted(anchor, name, by), name), certain=False)


def before_last(ctx: Context, m: re.Match[str]) -> Reading | None:
    """ "the week before last", "the year after next"."""
    name = ctx.tokens.values[where(m, "unit")]
    by, last = ctx.tokens.values[where(m, "dir")], ctx.tokens.word(m.end() - 1)
    if name not in UNITS or (by, last) not in ((-1, "last"), (1, "next")):
        return None
    return read(unit_value(shifted(ctx.today, name, 2 * by), name) if ctx.today else unknown_value(name))


def from_now(ctx: Context, m: re.Match[str]) -> Reading | None:
    """ "three weeks from now", "a year from today"."""
    if ctx.tokens.word(m.end("unit")) != "from" or ctx.tokens.word(m.end() - 1) not in ("now", "today"):
        return None
    name, n = ctx.tokens.values[where(m, "unit")], count(ctx.tokens, where(m, "num"), m.end("num"))
    if name not in ("day", "week", "month", "year") or n is None:
        return None
    if isinstance(n, str) or n != int(n):
        return read("FUTURE_REF")
    return read(unit_value(shifted(ctx.today, name, int(n)), name) if ctx.today else unknown_value(name))


def the_unit(ctx: Context, m: re.Match[str]) -> Reading | None:
    """ "the end of the month", "earlier in the year": the one now running."""
    name = ctx.tokens.values[where(m, "unit")]
    if name not in ("week", "month", "quarter", "year") or _is_title(ctx, m):
        return None
    to_date = ctx.tokens.kind(m.end()) == ">" and ctx.tokens.kind(m.end() + 1) in "WdMm"
    if name == "year" and (to_date or ctx.tokens.word(m.end()) in ("ended", "ending")):
        return Reading(TimexType.DURATION, "P1Y")  # "in the year to 31 December 2005"
    if ctx.tokens.kind(m.end()) == "B":  # "in the week after the crash"
        return None
    after, before = ctx.tokens.word(m.end()), ctx.tokens.kind(m.start() - 1)
    if after in _TELLS_WHICH and before == "i" and ctx.tokens.kind(m.start() - 2) not in "ER":
        return None  # "in the week it was flooded"
    if ctx.today is None:
        return read(unknown_value(name))
    by = ctx.tokens.values[where(m, "rel")] if matched(m, "rel") else 0
    return read(unit_value(shifted(ctx.today, name, by), name), certain=False)


def _is_title(ctx: Context, m: re.Match[str]) -> bool:
    """ "Player of the Year", "the shortest day of the year", "the month of Kislev": no particular one."""
    tokens, last = ctx.tokens, m.end() - 1
    if tokens.kind(m.end()) == "'":
        return False
    if tokens.capitalised(last) or tokens.kind(m.end()) == "F":
        return True
    if tokens.kind(m.start() - 1) != "F" and not (tokens.kind(m.start()) != "t" and tokens.kind(m.start() - 2) == "F"):
        return False
    before = m.start() - (2 if tokens.kind(m.start() - 1) == "F" else 3)
    return tokens.kind(before) not in "bPJQ" and tokens.word(before) not in (
        "rest",
        "remainder",
        "part",
        "balance",
        "course",
    )
