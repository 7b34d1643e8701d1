"""Holidays and the days they fall on, those that move included."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

HOLIDAY_NAMES: dict[str, str] = {
    "new year's day": "new-year", "new year's eve": "new-years-eve", "new year's": "new-year",
    "new years day": "new-year",
    "martin luther king day": "mlk-day", "martin luther king jr. day": "mlk-day", "presidents' day": "presidents-day",
    "presidents day": "presidents-day", "valentine's day": "valentines-day", "valentines day": "valentines-day",
    "st. patrick's day": "st-patricks-day", "april fools' day": "april-fools-day",
    "april fool's day": "april-fools-day",
    "earth day": "earth-day", "may day": "may-day", "international women's day": "womens-day",
    "ash wednesday": "ash-wednesday",
    "mardi gras": "shrove-tuesday", "palm sunday": "palm-sunday", "good friday": "good-friday",
    "easter sunday": "easter",
    "easter monday": "easter-monday", "easter week": "easter-week", "easter weekend": "easter-weekend",
    "easter": "easter",
    "ascension day": "ascension", "pentecost": "pentecost", "whitsun": "pentecost", "mother's day": "mothers-day",
    "father's day": "fathers-day", "memorial day": "memorial-day", "juneteenth": "juneteenth", "flag day": "flag-day",
    "independence day": "independence-day", "the fourth of july": "independence-day",
    "fourth of july": "independence-day",
    "bastille day": "bastille-day", "labor day": "labor-day", "columbus day": "columbus-day", "halloween": "halloween",
    "all saints' day": "all-saints", "guy fawkes night": "guy-fawkes", "election day": "election-day",
    "veterans day": "veterans-day", "veterans' day": "veterans-day", "armistice day": "veterans-day",
    "remembrance day": "veterans-day", "remembrance sunday": "remembrance-sunday", "thanksgiving day": "thanksgiving",
    "thanksgiving": "thanksgiving", "black friday": "black-friday", "cyber monday": "cyber-monday",
    "christmas eve": "christmas-eve", "christmas day": "christmas", "christmas": "christmas", "xmas": "christmas",
    "boxing day": "boxing-day", "anzac day": "anzac-day", "australia day": "australia-day", "canada day": "canada-day",
    "chinese new year": "lunar-new-year", "lunar new year": "lunar-new-year", "ramadan": "ramadan",
    "eid al-fitr": "eid-al-fitr",
    "eid al-adha": "eid-al-adha", "ashura": "ashura", "passover": "passover", "rosh hashanah": "rosh-hashanah",
    "yom kippur": "yom-kippur", "hanukkah": "hanukkah", "chanukah": "hanukkah", "diwali": "diwali", "holi": "holi",
    "vesak": "vesak",
}  # fmt: skip
"""Lower-case name -> key of the holiday."""

_FIXED = {
    "new-year": (1, 1), "new-years-eve": (12, 31), "valentines-day": (2, 14), "womens-day": (3, 8),
    "st-patricks-day": (3, 17),
    "april-fools-day": (4, 1), "earth-day": (4, 22), "anzac-day": (4, 25), "may-day": (5, 1), "flag-day": (6, 14),
    "juneteenth": (6, 19), "canada-day": (7, 1), "independence-day": (7, 4), "bastille-day": (7, 14),
    "halloween": (10, 31),
    "all-saints": (11, 1), "guy-fawkes": (11, 5), "veterans-day": (11, 11), "christmas-eve": (12, 24),
    "christmas": (12, 25),
    "boxing-day": (12, 26), "australia-day": (1, 26),
}  # fmt: skip
_EASTER_OFFSETS = {
    "shrove-tuesday": -47, "ash-wednesday": -46, "palm-sunday": -7, "good-friday": -2, "easter": 0, "easter-monday": 1,
    "ascension": 39, "pentecost": 49,
}  # fmt: skip
# Month, weekday (Monday is 0), which one in the month (-1 is the last), days after it.
_NTH = {
    "mlk-day": (1, 0, 3, 0), "presidents-day": (2, 0, 3, 0), "mothers-day": (5, 6, 2, 0), "memorial-day": (5, 0, -1, 0),
    "fathers-day": (6, 6, 3, 0), "labor-day": (9, 0, 1, 0), "columbus-day": (10, 0, 2, 0), "election-day": (11, 0, 1,
    1),
    "remembrance-sunday": (11, 6, 2, 0), "thanksgiving": (11, 3, 4, 0), "black-friday": (11, 3, 4, 1),
    "cyber-monday": (11, 3, 4, 4),
}  # fmt: skip


@lru_cache(maxsize=2048)
def holiday(key: str, year: int) -> tuple[date, date] | None:
    """First and last day of a holiday in a year; None where the calendars at hand do not reach that far."""
    if not 1600 <= year <= 2400:
        return None
    if key in _FIXED:
        day = date(year, *_FIXED[key])
    elif key in _EASTER_OFFSETS:
        day = easter(year) + timedelta(days=_EASTER_OFFSETS[key])
    elif key == "easter-week":
        return easter(year) - timedelta(days=6), easter(year)
    elif key == "easter-weekend":
        return easter(year) - timedelta(days=2), easter(year) + timedelta(days=1)
    elif key in _NTH:
        month, weekday, nth, after = _NTH[key]
        day = nth_weekday(year, month, weekday, nth) + timedelta(days=after)
    else:
        return _lunar(key, year)
    return day, day


def easter(year: int) -> date:
    """Western Easter Sunday by the anonymous Gregorian computus (Meeus, Astronomical Algorithms, chapter 8)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The `nth` `weekday` (Monday is 0) of a month, the last one for -1."""
    if nth < 0:
        last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def _lunar(key: str, year: int) -> tuple[date, date] | None:
    # Imported when first asked for: few articles name a lunar holiday, and the tables take time to load.
    # holidays offers the calendars under private names only; its version is pinned.
    from holidays.calendars import (  # type: ignore[attr-defined]
        _ChineseLunisolar,
        _HebrewLunisolar,
        _HinduLunisolar,
        _IslamicLunar,
    )

    islamic, hebrew, hindu, chinese = _IslamicLunar(), _HebrewLunisolar(), _HinduLunisolar(), _ChineseLunisolar()
    if key == "ramadan":
        first = _one(islamic.ramadan_beginning_dates(year), year)
        feasts = sorted([d for y in (year, year + 1) if (d := _one(islamic.eid_al_fitr_dates(y), y)) is not None])
        after = next((feast for feast in feasts if first is not None and feast > first), None)
        return (first, after - timedelta(days=1)) if first is not None and after is not None else None
    lookups: dict[str, Callable[[int], object]] = {
        "eid-al-fitr": islamic.eid_al_fitr_dates,
        "eid-al-adha": islamic.eid_al_adha_dates,
        "ashura": islamic.ashura_dates,
        "passover": hebrew.passover_date,
        "rosh-hashanah": hebrew.rosh_hashanah_date,
        "yom-kippur": hebrew.yom_kippur_date,
        "hanukkah": hebrew.hanukkah_date,
        "diwali": hindu.diwali_date,
        "holi": hindu.holi_date,
        "lunar-new-year": chinese.lunar_new_year_date,
        "vesak": chinese.buddha_birthday_date,
    }
    day = _one(lookups[key](year), year)
    length = {"passover": 7, "hanukkah": 8}.get(key, 1)
    return (day, day + timedelta(days=length - 1)) if day is not None else None


def _one(found: object, year: int) -> date | None:
    """The date of `year` in what a calendar returned: a date, a (date, is-exact) pair, or several of them."""
    if isinstance(found, date):
        return found if found.year == year else None
    if found is None or isinstance(found, (bool, int, str)):
        return None
    return next((day for item in found if (day := _one(item, year)) is not None), None)  # type: ignore[attr-defined]
