"""The rules: patterns over token classes (see `tokens`), each with what resolves it.

The longest match at the leftmost token wins; of equally long ones, the earlier rule.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from retrieval.annotation.time import (
    anaphora,
    clock,
    composed,
    dates,
    durations,
    periods,
    references,
    relative,
    seasons,
)
from retrieval.annotation.time.reading import Resolver

_YEAR = r"(?P<year>[yY])"
_NUM = r"(?:[dny]|w(?:-?w|&w){0,4}|q)"
_COUNT = rf"(?P<num>(?:{_NUM}(?:&aJ)?|a))"
_REL = r"T?[LX]|T|HH?|HT"
_RANGE = r"(?:[-_](?P<day2>d)|>(?P<to>d)(?!-?[PUQz]))?"
_MONTH_DAY = rf"(?P<mon>[Mm])t?(?P<day>[do])(?!-[UP]){_RANGE}"
_DAY_MONTH = rf"t?(?P<day>[do]){_RANGE}F?(?P<mon>[Mm])"
_TOLD = r"Ft?(?P<told>H{1,2})(?P<unit>U)"  # "of that year"
_DATE = rf"(?:(?:[Wv],?)?{_MONTH_DAY}(?:,?{_YEAR})?)"
_DATE_DAY_FIRST = rf"(?:(?:[Wv],?)?{_DAY_MONTH}(?:,?{_YEAR})?)"
_TIME = r"(?P<about>~)?(?P<time>[cN]z{0,2}|;z{1,2}|;(?=,?i?[WvMD])|[dw](?=z)z{1,2})"


@dataclass(frozen=True, slots=True)
class Rule:
    """A named pattern and its resolver."""

    name: str
    pattern: re.Pattern[str]
    resolve: Resolver


def _rule(name: str, pattern: str, resolve: Resolver) -> Rule:
    return Rule(name, re.compile(pattern), resolve)


RULES: tuple[Rule, ...] = (
    # -- days
    _rule("two-dates", rf"(?P<mon>[Mm])(?P<day>d)(?:,?{_YEAR})?[-_](?P<mon2>[Mm])(?P<day2>d)(?:,?(?P<year2>[yY]))?",
        dates.two_dates),
    _rule(
        "month-day",
        rf"(?:(?:{_REL})?(?P<wd>[Wv]),?)?{_MONTH_DAY}(?:,?{_YEAR}(?![-]?[UP])|,?(?P<rel>[LXT])U|{_TOLD})?",
        dates.full_date),
    _rule("day-month", rf"(?:(?P<wd>[Wv]),?)?{_DAY_MONTH}(?:,?{_YEAR}|{_TOLD})?", dates.full_date),
    _rule("figures", r"#", dates.figures),
    _rule("week-of", rf"t?(?P<unit>[UK])F{_MONTH_DAY}(?:,?{_YEAR})?", dates.week_of),
    _rule("holiday", rf"(?:t?(?P<rel>[LXT]))?(?P<h>h)(?:,?{_YEAR})?", seasons.holiday_date),
    # -- days told by another
    _rule("weekday-of-week", r"(?P<wd>[Wv])F?(?P<rel>[LXT])(?P<unit>U)", composed.weekday_of_week),
    _rule("nth-weekday", rf"t?(?P<n>[os]|L)(?P<wd>W)[Fi](?P<mon>M)(?:,?{_YEAR})?", composed.nth_weekday),
    _rule("nth-weekday-rel", r"t?(?P<n>[os]|L)(?P<wd>W)[Fi](?P<rel>[LXT])(?P<unit2>U)", composed.nth_weekday),
    _rule("nth-weekday-each", r"t?(?:[os]|L)(?P<wd>W)[Fi](?:t|A)U", durations.on_weekdays),
    _rule("nth-week", rf"t?(?P<n>[os]|L)\$?(?P<unit>[UK])[Fi](?P<mon>M)(?:,?{_YEAR})?", composed.nth_week),
    _rule("nth-week-rel", r"t?(?P<n>[os]|L)(?P<unit>[UK])[Fi](?P<rel>[LXT])(?P<unit2>U)", composed.nth_week),
    _rule("weeks-from-weekday", rf"{_COUNT}(?P<unit>[UP])i(?P<wd>W)", composed.weeks_from_weekday),
    _rule("weekdays-ago", rf"{_COUNT}(?P<wd>V)G", composed.weekdays_ago),
    _rule("beside-holiday", rf"(?:t(?:(?P<wd>W)|(?P<unit>U))|{_COUNT}(?P<units>[UP]))(?P<dir>B)(?P<h>h)(?:,?{_YEAR})?",
        composed.beside_holiday),
    _rule("listed-after", r"(?<=[&,])t?(?P<day>[do])(?=[,!|iB>&uF]|$)", composed.listed_after),
    _rule("listed-before", r"t?(?P<day>[do])(?=(?:[,&]{1,2}t?[do]){0,3}[,&]{1,2}t?[do]F?[Mm])", composed.listed_before),
    _rule("day-of-month", r"(?<=i)t(?P<day>o)(?:F(?P<rel>[LXT])(?P<unit>U))?", composed.day_of_month),
    # -- months, years and longer
    _rule("month-year", rf"(?P<mon>[Mm])(?:[-_](?P<mon2>[Mm]))?[,F]?{_YEAR}", dates.month_year),
    _rule("month-last-year", r"(?P<mon>M)F?(?P<rel>[LXT])(?P<unit>U)", dates.month_year),
    _rule("month-that-year", r"(?P<mon>M)F?t?(?P<told>H{1,2})(?P<unit>U)", dates.month_year),
    _rule("rel-month", r"t?(?P<rel>[LXT]{1,2})(?P<mon>M)(?![do])", relative.month),
    _rule("that-month", r"(?P<rel>H)(?P<mon>M)(?=[,!|iBt]|$)", relative.month),
    _rule("month", r"(?P<mon>M)", dates.bare_month),
    _rule("years", rf"(?:tU)?{_YEAR}(?:[-_](?P<to>[yd]))?", dates.year),
    _rule("fiscal", rf"t?CU?{_YEAR}", periods.fiscal_year),
    _rule("year-words", r"tU(?P<words>w(?:-?w){1,3})(?!-?[UP])", dates.year_words),
    _rule("decade", r"t?(?P<e>e)", dates.decade),
    _rule("century", r"t?(?P<n>[os])-?(?P<unit>[UP])", dates.century),
    _rule("quarter", rf"t?(?:{_YEAR})?C?-?(?P<n>[os])-?C?Q", periods.quarter),
    _rule(
        "quarter-of",
        rf"t?C?-?(?P<n>[os])-?C?Q(?:F?(?:C?{_YEAR}|(?P<rel>[LXT])C?(?P<unit>U)|(?P<theyear>t)C?U))",
        periods.quarter),
    _rule("last-quarter-of", rf"t?(?P<n>L)QF(?:C?{_YEAR}|(?P<rel>[LXT])C?(?P<unit>U))", periods.quarter),
    _rule("years-quarter", r"(?P<rel>[LXT])(?P<unit>U)'C?(?P<n>[os])-?Q", periods.quarter),
    _rule("q3", rf"(?P<token>g)(?:F?{_YEAR})?", periods.quarter),
    _rule("half", rf"t?(?P<n>[os]|L)-?JF?(?:C?{_YEAR}|(?P<rel>[LXT])C?(?P<unit>U)|(?P<theyear>t)C?U)", periods.half),
    _rule("season", rf"t?(?P<s>S)F?{_YEAR}", seasons.season),
    _rule("season-rel", r"t?(?P<rel>[LXT]{1,2})(?P<s>S)", seasons.season),
    _rule("season-bare", r"(?:t|(?<=[iEB>~-]))(?P<s>S)", seasons.season),
    _rule("season-last-year", r"t?(?P<s>S)F?(?P<rel>[LXT])(?P<unit>U)", seasons.season),
    _rule("year-end", rf"t?(?P<end>l)(?:F?{_YEAR})?", dates.year_end),
    # -- relative
    _rule("unit", rf"t?(?P<rel>{_REL})[C$]?(?P<unit>[UQK])", relative.unit),
    _rule("weekend", r"t(?P<unit>K)", relative.unit),
    _rule("end-of-unit", r"(?:(?<=bFt)|(?<=bF)t|(?<=Ri)t|(?<=Ei)t)(?:C)?(?P<unit>[UQ])", relative.the_unit),
    _rule("the-unit", r"t[C$]?(?P<unit>U)", relative.the_unit),
    _rule("the-past", r"tL(?=[u,!|iH])", references.the_past),
    _rule("then", r"(?<=[iB>])@|(?<=i)[tH]k(?=[,!|]|$)", anaphora.then),
    _rule("in-the-morning", r"(?<=i)t(?P<part>p)(?!F)|(?<=[Ei])(?P<bare>p)(?!F)", relative.in_the_morning),
    _rule("recent", r"[LT](?=u)", references.recent),
    _rule("part-of-day", rf"t?(?P<rel>{_REL})(?P<part>p)", relative.part_of_day),
    _rule("rel-weekday", rf"t?(?P<rel>{_REL})(?P<wd>[W])(?P<part>p)?", relative.weekday),
    _rule("weekday", r"(?P<wd>W)(?P<part>p)?", relative.weekday),
    _rule("ago", rf"~?{_COUNT}\$?-?(?P<unit>[UPQ])(?P<half>&aJ)?-?(?P<dir>[GR])", relative.ago),
    _rule("units-ago", r"(?P<unit>P)(?P<dir>[GR])", relative.ago),
    _rule("before-last", r"t(?P<unit>U)(?P<dir>B)[LX]", relative.before_last),
    _rule("from-now", rf"{_COUNT}(?P<unit>[UP])i[xD]", relative.from_now),
    _rule("before", r"t(?P<unit>U)(?P<dir>B)(?=[,!|]|$)", relative.before_after),
    _rule("after", rf"{_COUNT}(?P<unit>[UP])(?P<dir>B)(?=[,!|]|$)", relative.ago),
    _rule("deictic", r"(?P<deictic>D)(?P<part>p)?", relative.days_of_reference),
    _rule("night", r"(?P<night>j)i?(?P<wd>W)?(?![>_-][Wv])", relative.night),
    _rule("reference", r"(?P<ref>x)", references.reference),
    _rule("quarter-ago", r"t?(?:U-?[GR]-?)(?:[os]-?)?[Qk]?", periods.quarter_before),
    _rule("that-years-quarter", rf"t?{_YEAR}[Qk]", periods.that_years),
    _rule("the-quarter", r"(?:tQ|tLQ|tLk)(?!-)", periods.this_quarter),
    # -- times
    _rule("stamp", r"[;c]z{0,2}", clock.stamp),
    _rule("time", _TIME, clock.timed),
    _rule("time-in-the-morning", r"(?P<about>~)?(?P<time>[cdwN]z{0,2})it(?P<part>p)", clock.timed),
    _rule("time-of-date", rf"{_TIME},?i?{_DATE}", clock.timed),
    _rule("time-of-date-day-first", rf"{_TIME},?i?{_DATE_DAY_FIRST}", clock.timed),
    _rule("time-of-day", rf"{_TIME},?i?(?P<rel>(?:{_REL})?)(?P<wd>[Wv])(?P<part>p)?(?![>_-][Wv])", clock.timed),
    _rule("time-today", rf"{_TIME},?i?(?P<deictic>D)(?P<part>p)?", clock.timed),
    _rule("time-this-morning", rf"{_TIME},?i?(?P<that>[TH])(?P<part>[pU])", clock.timed),
    _rule("date-at-time", rf"{_DATE},?i?{_TIME}", clock.timed),
    _rule("date-day-first-at-time", rf"{_DATE_DAY_FIRST},?i?{_TIME}", clock.timed),
    _rule("day-at-time", rf"(?P<rel>(?:{_REL})?)(?P<wd>W),?i?{_TIME}", clock.timed),
    _rule("today-at-time", rf"(?P<deictic>D),?i?{_TIME}", clock.timed),
    # -- durations
    _rule("near-units", rf"t?(?P<rel>T?[LX])(?P<num>(?:{_NUM}))\$?(?P<unit>[PUQ])", durations.near_units),
    _rule("near-unit-plain", r"t?(?P<rel>[LX])(?P<unit>P)(?:&P)?", references.vague_units),
    _rule("either-duration", rf"(?P<about>~)?(?P<num>{_NUM})[>&-]{_NUM}(?:-|\$){{0,2}}(?P<unit>[UP])",
        durations.duration),
    _rule("age", rf"{_COUNT}-?[UP]-?O", durations.age),
    _rule("duration", rf"(?P<about>~)?{_COUNT}(?:-|\$){{0,2}}(?P<unit>[UPQ])(?:-O)?(?P<half>&aJ)?", durations.duration),
    _rule("first-units", rf"t(?:[osLX])?(?P<num>{_NUM})\$?(?P<unit>P)", durations.first_units),
    _rule("bare-units", r"(?P<unit>P)(?:-O|&P)?", durations.bare_units),
    _rule("unit-long", r"(?P<unit>[U])-O", durations.bare_units),
    # -- sets
    _rule("every", rf"A(?P<num>{_NUM}|[os])?(?P<what>[UQPWMSKp])(?:,?&W|,W)*", durations.every),
    _rule("workweek", r"(?<=[czN])i?(?P<wd>[Wv])[>_-][Wv]", durations.on_weekdays),
    _rule("open-on-weekdays", r"(?P<wd>[Wv])[>_-][Wv]", durations.open_on_weekdays),
    _rule("how-often", r"(?:[dwnq])?f[aA](?P<unit>[UQ])", durations.how_often),
    _rule("adverb", r"r", durations.adverb),
    _rule("weekdays", r"V", durations.weekdays),
)  # fmt: skip

ANY_RULE = re.compile("|".join(re.sub(r"\(\?P<\w+>", "(?:", rule.pattern.pattern) for rule in RULES))
"""Matches where one of the rules does: one look at a token instead of one for each rule."""
