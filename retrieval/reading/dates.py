"""When an article was published, as far as it is stated; never guessed."""

from __future__ import annotations

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sept", "sep"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
_MONTH = r"(?P<{}>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s{1,3})?"
_CLOCK = r"(?:\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\s?(?:[ap]\.?m\.?)?|\d{1,2}\s?[ap]\.?m\.?)"
_ZONE = r"(?:\s?\(?(?:[A-Z]{1,3}T|UTC|GMT|Z|[+-]\d{2}:?\d{2})\)?)?"
_TIME = rf"(?:,?\s{{0,3}}(?:at|@|-|–|,|T)?\s{{0,3}}{_CLOCK}{_ZONE})?"

_WRITTEN = (
    _MONTH.format("m1") + r"\s{1,3}(?P<d1>\d{1,2})(?:st|nd|rd|th)?,?\s{1,3}(?P<y1>\d{4})"
    r"|(?P<d2>\d{1,2})(?:st|nd|rd|th)?\.?(?:\s{1,3}of)?[\s-]{1,3}" + _MONTH.format("m2") + r",?[\s-]{1,3}(?P<y2>\d{4})"
    r"|(?P<y3>\d{4})(?P<sep>[-/.])(?P<m3>\d{1,2})(?P=sep)(?P<d3>\d{1,2})"
    r"|(?P<d4>\d{1,2})\.\s?(?P<m4>\d{1,2})\.\s?(?P<y4>\d{4})"  # with dots the day always stands first
)
_FULL_DATE = re.compile(rf"{_WEEKDAY}(?:{_WRITTEN}){_TIME}", re.IGNORECASE)
_MAIL_DATE = re.compile(
    r"(?:[A-Za-z]{3}, )?\d{1,2} [A-Za-z]{3} \d{4} \d\d:\d\d(?::\d\d)? (?:[+-]\d{4}|[A-Z]{1,4})$", re.ASCII
)
_PUBLISHED_LABEL = re.compile(
    r"(?:first\s|originally\s)?(?:published|posted|written|created|publication date"
    r"|date (?:published|posted|of publication)|issued|released|date)"
    r"(?:\s(?:on|at))?\s{0,3}:?\s{1,3}",
    re.IGNORECASE,
)
_SEPARATORS = re.compile(r"\s[|·•/–—-]\s|\s{4,}|\t")
# "By Ann Lee, The Nene Valley Chronicle, 14 September 2026": who wrote or published it, all of it with capitals.
_NAMED_FIRST = re.compile(
    r"(?!(?i:(?:last\s+)?(?:updated|modified|changed|corrected|retrieved|accessed|copyright))\b)"
    r"(?:(?:(?:[Bb]y|the|of|and|for|&)\s{1,3}|[A-Z][\w.’'&-]{0,40}\s{1,3}){0,8}[A-Z][\w.’'&-]{0,40},\s{1,3}){1,4}"
)
# "GENEVA, Feb. 26, 2016 (Agency) —": a place in capitals first, and a dash or the agency's brackets after the date.
_DATELINE = re.compile(
    r"(?P<place>[^\W\d_][^\n()\d]{1,60}?)[,(]?\s{1,3}\(?(?:" + _WRITTEN + r")\)?\s{0,3}"
    r"(?:,\s{0,3})?(?:\([^()\n]{1,60}\)\s{0,3}|/[\w ]{1,40}/\s{0,3})?(?:[-–—]|:\s)",
    re.IGNORECASE,
)

_MONTH_IN_PATH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_IN_PATH = (
    re.compile(r"/(?P<y>(?:19|20)\d{2})[/-](?P<m>\d{1,2})[/-](?P<d>\d{1,2})(?=[/_.-]|$)"),
    re.compile(rf"/(?P<y>(?:19|20)\d{{2}})/(?P<m>{_MONTH_IN_PATH})/(?P<d>\d{{1,2}})(?=[/_.-]|$)"),
    re.compile(r"[/_-](?P<y>(?:19|20)\d{2})-(?P<m>\d{2})-(?P<d>\d{2})(?=[/_.-]|$)"),
    re.compile(r"[/_-](?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})(?=[/_.-]|$)"),
)

_TOP_LINES = 8  # lines with words; a date further down is no longer the article's head
_LONGEST_DATE_LINE = 120  # characters


def parse_published(value: str) -> date | datetime | None:
    """A stated publication date: a day, or an instant with its zone; None where it is neither.

    A date-time without a zone counts as its day, since the instant is unknown.
    """
    value = " ".join(value.split())
    if not value or len(value) > 80:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        pass
    try:
        return _aware_or_day(datetime.fromisoformat(value))
    except ValueError:
        pass
    if _MAIL_DATE.match(value):
        try:
            return _aware_or_day(parsedate_to_datetime(value))
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
    match = _FULL_DATE.fullmatch(value)
    return _day(match) if match else None


def date_in_url(url: str) -> date | None:
    """The day that the path of a web address names ("/2016/10/31/"), None where it names none."""
    path = urlsplit(url).path.lower()
    for pattern in _IN_PATH:
        for match in pattern.finditer(path):
            month = match["m"]
            number = _MONTHS.get(month) or (int(month) if month.isdigit() else 0)
            if (found := _valid(int(match["y"]), number, int(match["d"]))) is not None:
                return found
    return None


def dateline(text: str) -> date | None:
    """The day that the head of a text states: a line of its own, or the dateline before the first sentence."""
    lines = 0
    for line in text[:20_000].splitlines():
        line = line.strip(" \t*_#>|\u00a0")
        if not line:
            continue
        lines += 1
        if lines > _TOP_LINES:
            return None
        if len(line) <= _LONGEST_DATE_LINE and (found := date_line(line)) is not None:
            return found
        if (match := _DATELINE.match(line[:200])) and _is_place(match["place"]):
            return _day(match)
    return None


def date_line(line: str) -> date | None:
    """The day of a line that is nothing but a date, beside a byline or a label at most."""
    for part in _SEPARATORS.split(line):
        label = _PUBLISHED_LABEL.match(part)
        head = label or _NAMED_FIRST.match(part)
        bare = part[head.end() :] if head else part
        if match := _FULL_DATE.fullmatch(bare.strip(" .")):
            return _day(match)
    return None


def _is_place(words: str) -> bool:
    first = re.split(r"[\s,]", words, maxsplit=1)[0]
    return len(first) > 1 and first.isupper()


def _day(match: re.Match[str]) -> date | None:
    for n in "1234":
        if match[f"y{n}"]:
            month = match[f"m{n}"].lower()
            return _valid(int(match[f"y{n}"]), _MONTHS.get(month) or int(month), int(match[f"d{n}"]))
    return None


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _aware_or_day(value: datetime) -> date | datetime:
    return value.date() if value.tzinfo is None else value
