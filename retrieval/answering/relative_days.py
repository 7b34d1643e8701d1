"""The date of a relative day ("on Monday", "yesterday"), in square brackets behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime

from retrieval.annotation.time import tag
from retrieval.annotation.time.tagger import may_name_day
from retrieval.schema import Granularity, Stretch, TimexType
from retrieval.search.wording import written_day

_STATES_DAY = re.compile(r"\d")  # "14 October", "October 14": whoever reads it knows the day
_DEICTIC = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)\.|today|yesterday"
    r"|tomorrow|tonight|last|this|next|ago)\b",
    re.IGNORECASE,
)
_OF_ANOTHER = re.compile(r"\b(?:same|that|previous|following)\s+$", re.IGNORECASE)  # counted from what is told before
_POSSESSIVE = re.compile(r"[’']s\b")
_ALONE = r"(?<!next )(?<!last )(?<!this )(?<!that )(?<!same )"
_FURTHEST = 62  # days from the publication; a weekday further off was resolved by other dates of the text


def with_days(article: str, published: date | datetime | None, stretch: Stretch, shown: str) -> str:
    """`shown`, the words of `stretch` of an article, with a date behind each single day that is told relatively.

    Without a day of publication, and where the text leaves the day open, nothing is added. What is shown with other
    words than the article's stays as it is.
    """
    if published is None or shown != article[stretch.start : stretch.end] or not may_name_day(shown):
        return shown
    pieces, at = [], stretch.start
    for words, day in _told(article, published, stretch):
        pieces.append(f"{article[at : words.end]} [{written_day(day)}]")
        at = words.end
    return "".join((*pieces, article[at : stretch.end]))


def with_days_of(sentence: str, article: str, published: date | datetime | None, stretch: Stretch) -> str:
    """A written sentence with the dates that `stretch` of an article gives to the days it tells in the same words."""
    if published is None or not may_name_day(sentence):
        return sentence
    days: dict[str, set[date]] = {}
    for told, day in _told(article, published, stretch):
        days.setdefault(article[told.start : told.end], set()).add(day)
    for words, meant in days.items():
        if len(meant) == 1:
            bare = re.compile(rf"{_ALONE}\b{re.escape(words)}\b(?!\s*\[)(?![’']s)(?!\W+\d)")
            sentence = bare.sub(rf"\g<0> [{written_day(min(meant))}]", sentence)
    return sentence


def _told(article: str, published: date | datetime, stretch: Stretch) -> Iterator[tuple[Stretch, date]]:
    """The single days that are told relatively: the words, with a possessive ending, and the day."""
    day = published.date() if isinstance(published, datetime) else published
    for expression in tag(article[: stretch.end], published):  # what follows does not tell which day is meant
        span = expression.span
        if not (stretch.start <= expression.start and expression.end <= stretch.end) or span is None:
            continue
        words = article[expression.start : expression.end]
        if not _DEICTIC.search(words) or _OF_ANOTHER.search(article[: expression.start]):
            continue
        if expression.type not in (TimexType.DATE, TimexType.TIME) or _STATES_DAY.search(words):
            continue
        if span.first is None or span.first != span.last or span.granularity not in (Granularity.DAY, Granularity.TIME):
            continue
        if abs((span.first - day).days) > _FURTHEST:
            continue
        of_it = _POSSESSIVE.match(article, expression.end, stretch.end)
        yield Stretch(expression.start, of_it.end() if of_it else expression.end), span.first
