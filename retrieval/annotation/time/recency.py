"""When what answers a question was most likely published: a wish, where nothing makes it a condition.

A question about the running news says so by its words ("this week", "the latest") or its tense ("has agreed", "will
open"). In the tradition of time-based language models (Li and Croft, CIKM 2003), this becomes a prior over days of
publication.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from retrieval.annotation.time.lexicon import word_set
from retrieval.annotation.time.questions import Order, names_subject, tag_question, window_of
from retrieval.schema import Granularity, TemporalPrior, TimeSpan

# Strengths: asked for in so many words; by the tense; and of two articles that answer alike the newer one.
_ASKED = 0.5
_IMPLIED = 0.3
_NEWER = 0.1

_NEW_DAYS = 7  # back from today, for which what was published is new
_LATER = 7  # days after a happening by which most of what tells of it is published
_LONGEST = 100  # days of a stretch that says when something was published
_MONTH = 31
_BY_THE_DAY = frozenset((Granularity.TIME, Granularity.DAY, Granularity.WEEKEND))

_NEW = re.compile(
    r"\b(?:recent(?:ly)?|latest|newest|lately|now|nowadays|current(?:ly)?|these days|at the moment|so far|as of|to date"
    r"|ongoing|upcoming|breaking news|no longer|soon|already|yet|what(?:['’]s| is) (?:new|happening|going on))\b"
    r"|\bjust\s+(?=[a-z]+ed\b|been\b|won\b|lost\b|died\b|become\b)|\bstill\b(?!\s+(?:life|lifes|water|birth))",
    re.IGNORECASE,
)
_NOT_NEW = re.compile(
    r"\bnow and (?:then|again)\b|\b(?:as|how) soon (?:as|after)\b|\b(?:soon|recently|just) (?:after|before)\b"
    r"|\b(?:originally|initially|historically|at the time|back then|by then)\b"
    r"|\b(?:has|have|did)\b.{1,60}\bever\b",
    re.IGNORECASE,
)
_PERFECT_START = re.compile(r"\b(?:has|have)(?:n['’]t| not)?\b(?P<rest>(?:\s+[^\s?.,;]+){1,9})", re.IGNORECASE)
_AHEAD = re.compile(
    r"\b(?:will|won['’]t|is|are)(?:n['’]t| not)?\s+(?:[^\s?.,;]+\s+){0,6}?"
    r"(?:being|be|have|going to|set to|due|expected|scheduled|poised|about to|likely|planning|planned)\b"
    r"|\b(?:is|are)(?:n['’]t| not)?\s+(?:[^\s?.,;]+\s+){0,6}?[a-z]{2,}ing\b|\bwill\b",
    re.IGNORECASE,
)
_PAST = re.compile(r"\b(?:did|was|were|had)\b", re.IGNORECASE)
_PARTICIPLES = word_set(
    "been said told come gone taken made met begun become fallen risen won lost sent held left found given got gotten"
    " seen run led kept died built bought sold spent written broken driven spoken chosen grown known flown thrown drawn"
    " shot fought caught taught thought brought stood struck put cut hit quit paid laid heard felt dealt had done shut"
    " slid sunk swept sworn torn worn woken withdrawn undergone sought set read let cost hurt burst split spread"
)
_NO_PARTICIPLE = word_set("need indeed feed seed speed bed red united hundred")


def prior_of(text: str, today: date) -> TemporalPrior | None:
    """When what answers `text` was most likely published, asked on the day `today`; None where any time will do.

    Days that the question names say it, in the past with the week after them, in which they are reported. Else its
    words or its tense may ask for what is new. A date that names the subject ("the 2005 agreement") says nothing.
    """
    time = window_of(text, today)
    if time.published is not None and time.published.first is not None:
        return TemporalPrior(time.published.first, time.published.last or today, _ASKED)
    spans = _dated(text, today)
    new = _back(today, _NEW_DAYS)
    near = [span for span in spans if _end(span) >= new]
    words = _NOT_NEW.sub(" ", text)
    ahead = _AHEAD.search(words) is not None and not _PAST.search(words)
    if near:
        return TemporalPrior(min(_reported_from(span, today, ahead=ahead) for span in near), today, _ASKED)
    if time.order is Order.LATEST or _NEW.search(words):
        return TemporalPrior(new, today, _ASKED)
    first, last = min(map(_begin, spans), default=today), max(map(_end, spans), default=today)
    if spans and (last - first).days <= _LONGEST:
        return TemporalPrior(first, min(today, last + timedelta(days=_LATER)), _ASKED)
    if _is_perfect(words) or ahead:
        return TemporalPrior(new, today, _IMPLIED)
    timeless = spans or time.event is not None or words != text or time.order is Order.FIRST
    return None if timeless or _is_of_old(text, today) else TemporalPrior(new, today, _NEWER)


def _dated(text: str, today: date) -> list[TimeSpan]:
    """The days that a question names, without those that only name its subject."""
    return [
        e.span
        for e in tag_question(text, today)
        if e.span is not None and (e.span.first or e.span.last) and not names_subject(text, e)
    ]


def _reported_from(span: TimeSpan, today: date, *, ahead: bool) -> date:
    """From when on days that are under way, just over or to come are reported."""
    new, first = _back(today, _NEW_DAYS), _begin(span)
    if first > today or (ahead and _end(span) > today):
        return new
    # "This week" is said loosely of the days since the last one; of a month or a year the end is in the news.
    return first if span.granularity in _BY_THE_DAY else min(new, max(first, _back(today, _MONTH)))


def _is_of_old(text: str, today: date) -> bool:
    """Whether the subject is named by a year before the last one."""
    spans = [e.span for e in tag_question(text, today) if e.span is not None]
    return any(span.last is not None and span.last.year < today.year - 1 for span in spans)


def _begin(span: TimeSpan) -> date:
    day = span.first or span.last
    assert day is not None
    return day


def _end(span: TimeSpan) -> date:
    day = span.last or span.first
    assert day is not None
    return day


def _is_perfect(text: str) -> bool:
    return any(
        _is_participle(word) for match in _PERFECT_START.finditer(text) for word in re.findall(r"[a-z]+", match["rest"])
    )


def _is_participle(word: str) -> bool:
    return word in _PARTICIPLES or (len(word) > 3 and word.endswith("ed") and word not in _NO_PARTICIPLE)


def _back(day: date, days: int) -> date:
    return date.fromordinal(max(1, day.toordinal() - days))
