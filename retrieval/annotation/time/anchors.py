"""What "the next day" and a time of day without its day count from, and where that is unclear."""

from __future__ import annotations

import re
from datetime import date

from retrieval.annotation.time.context import SENTENCE_END, Context, lean
from retrieval.annotation.time.lexicon import SAYING, word_set
from retrieval.schema import Granularity

_TELLING = SAYING | word_set("wrote writes testified explained recalled admitted published released issued")
_YEAR = 365  # days
_WITH_MONTH = (Granularity.MONTH, Granularity.DAY, Granularity.TIME)
_REACH = 240  # characters of a sentence looked at
_RUNNING = 14  # days from publication of a day that is still in the news
_WORD = re.compile(r"[A-Za-z]+")
# What tells of no one day whatever the tense, and what does so where nothing looks back or ahead.
_ALWAYS = re.compile(
    r"\b(?:always|usually|normally|generally|typically|used\s+to|weekdays|weekends|daily|nightly"
    r"|(?:a|per)\s+(?:day|night|week)|(?:mon|tues|wednes|thurs|fri|satur|sun)day\s*(?:to|through|[-–—])\s*"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tues|wednes|thurs|fri|satur|sun)days|every\s+(?:other\s+)?(?:day|night|morning|evening|week|weekday|weekend"
    r"|month|year|(?:mon|tues|wednes|thurs|fri|satur|sun)day))\b",
    re.IGNORECASE,
)
_RULE = re.compile(
    r"\b(?P<each>every|each|never|only|free|allowed)\b"
    r"|\b(?:no|any(?:one|body)?|must|may|can|cannot|open|closed|shut|hours|if|when|whenever|except)\b",
    re.IGNORECASE,
)
_NEAR = 6  # words before a date among which one of saying makes it that of the saying
_BEFORE_DAY = frozenset(("on", "in", "late", "early", "last", "the", "this", "at", "by"))
_LED_TO = re.compile(r",?(?:\s+[\w’'.-]+){1,5}")  # "On Monday the board said"
_HAD = re.compile(r"(?:\bhad|['’]d)\b(?!\s+(?:an?|the|no|to|better)\b)", re.IGNORECASE)
_WOULD = re.compile(r"\b(?:will|would|shall|should|could|might|may)\b|['’]ll\b", re.IGNORECASE)
_WILL = re.compile(rf"\bto\b|{_WOULD.pattern}", re.IGNORECASE)
# A line that is marked as a heading, or that ends no sentence and is short or stands between blank lines.
_HEADING = re.compile(
    r"\n[^\S\n]*(?:#{1,6}\s[^\n]+\n|[^\W_a-z](?:[^\n]{1,42}|[^\n]{1,78}(?=[^\n][^\S\n]*\n[^\S\n]*\n))[^\s.,:;!…\"”’)*][^\S\n]*\n)"
)


def counted_from(ctx: Context, unit: str, *, told: bool, at: int, by: int = 0) -> date | None:
    """The day that an expression at token `at` counts from, `by` units ahead: today, or where it is `told` in the text
    the date before; None where neither is known."""
    if not told or ctx.last is None:
        return ctx.today
    if ctx.last.first is None:  # a date of which the year is unknown
        return None
    if unit == "day" and (ctx.last_day is None or _is_of_other(ctx) or _HEADING.search(_between(ctx, at))):
        return None
    if by >= 0 and _is_unclear(ctx, at, ctx.last_at, ctx.last_end):
        return None
    return ctx.last_day if unit == "day" else ctx.last.first


def _is_of_other(ctx: Context) -> bool:
    """Whether a later sentence than that of the last day tells of other times: "In 2012 he was ill. That night"."""
    last, day = ctx.last, ctx.last_day
    if last is None or day is None or last.first is None or last.last is None or last.first <= day <= last.last:
        return False
    return SENTENCE_END.search(_between(ctx, ctx.last_at)) is not None


def other_year(ctx: Context, at: int, month: int, day: int = 31) -> tuple[bool, int | None]:
    """Whether a month or day at token `at` that names no year need not be of the time of publication, and its year,
    None where that is unclear.

    In an entry that a date heads it is the next one after that; after a season named in the same sentence ("in the
    winter of 2021 … and in January") it may be of that or of now.
    """
    if ctx.today is None or ctx.asking:
        return False, None
    if _is_of_season(ctx, at, month):
        return True, None
    if ctx.entry is None or ctx.tokens.starts[at] > ctx.entry[1]:
        return False, None
    before = ctx.entry[0]
    if before <= ctx.today and ctx.direction(at, at) > 0:
        return False, None
    if ctx.last is not None and ctx.last.first is not None and ctx.last.granularity in _WITH_MONTH:
        before = ctx.last.first
    return True, before.year + ((month, day) < (before.month, before.day))


def _is_of_season(ctx: Context, at: int, month: int) -> bool:
    """Whether a month lies in a season long over that the same sentence names before it."""
    last, today = ctx.last, ctx.today
    if last is None or last.first is None or last.last is None or today is None:
        return False
    if last.granularity is not Granularity.SEASON or (today - last.last).days < _YEAR:
        return False
    if SENTENCE_END.search(ctx.tokens.text, ctx.tokens.ends[ctx.last_end - 1], ctx.tokens.starts[at]):
        return False
    return any(last.first <= date(year, month, 15) <= last.last for year in (last.first.year, last.last.year))


def day_of_clock(ctx: Context, at: int) -> date | None:
    """The day of a time of day at token `at`: the last one named, that of the news where this was far back; None where
    a heading stands between, or somebody only tells on that day of something before it."""
    told = ctx.last_day
    if ctx.asking:
        return told or ctx.today
    if is_habit(ctx, at):
        return None
    if told is None or ctx.today is None:
        return told or ctx.today
    if _HEADING.search(_between(ctx, at)) or _is_unclear(ctx, at, ctx.last_day_at, ctx.last_day_end):
        return None
    new = ctx.news_day is None or abs((ctx.today - told).days) <= _RUNNING
    return told if new or "|" not in ctx.tokens.kinds[ctx.last_day_at : at] else ctx.news_day


def _between(ctx: Context, at: int) -> str:
    """The text from the last day named to token `at`."""
    return ctx.tokens.text[ctx.tokens.starts[ctx.last_day_at] : ctx.tokens.starts[at]]


def is_habit(ctx: Context, at: int) -> bool:
    """Whether the sentence of token `at` tells of what is so each day: "open on weekdays at 8", "free after 9"."""
    sentence = ctx.sentence(at)
    if _ALWAYS.search(sentence):
        return True
    if ctx.last_day is not None and not SENTENCE_END.search(_between(ctx, at)):
        return False  # "on Saturday anyone may come after 9 a.m."
    rules = list(_RULE.finditer(sentence))
    if not rules or ctx.is_to_be(at):
        return False
    direction = ctx.direction(at, at)
    return direction == 0 or (direction > 0 and any(rule["each"] for rule in rules))


def _is_unclear(ctx: Context, at: int, first: int, end: int) -> bool:
    """Whether the date at tokens `first` to `end` is only that of a saying, and what is at `at` was before it: "said on
    Monday that it had told them the next day"."""
    tokens = ctx.tokens
    if not _is_of_saying(tokens.text[: tokens.starts[first]], tokens.text[tokens.ends[end - 1] :]):
        return False
    head = tokens.text[max(0, tokens.starts[at] - _REACH) : tokens.starts[at]]
    before = SENTENCE_END.split(head)[-1]
    paragraph = head.rsplit("\n", 1)[-1]
    if _is_quoted(paragraph) and not _WILL.search(before):
        return True
    said = tokens.starts[first] >= tokens.starts[at] - len(before)
    if said:  # in the same sentence, so what stands behind the date is what was said
        before = tokens.text[tokens.ends[end - 1] : tokens.starts[at]]
    had = max((m.start() for m in _HAD.finditer(before)), default=-1)
    if had >= 0:
        return _WOULD.search(before, had) is None  # "had resigned and would leave the next day" does count from then
    if _WILL.search(before):
        return False
    return _is_retold([w.lower() for w in _WORD.findall(before)], said=said)


def _is_of_saying(before: str, after: str) -> bool:
    """Whether a date between two texts is that of a saying: "said on —", "On — the board said"."""
    head = SENTENCE_END.split(before[-_REACH:])[-1].rsplit("\n", 1)[-1]
    if not head.strip("#*_ ") and not after.partition("\n")[0].strip("#*_:. "):
        return True  # the heading of a report of that day
    words = [word.lower() for word in _WORD.findall(head)]
    while words and words[-1] in _BEFORE_DAY:
        words.pop()
    if not words:
        led = _LED_TO.match(after)
        return led is not None and bool(_TELLING & {word.lower() for word in _WORD.findall(led[0])})
    near = words[-_NEAR:]
    said = max((i for i, word in enumerate(near) if word in _TELLING), default=None)
    return said is not None and "that" not in near[said:] and not _looks_back(near[said + 1 :])


def _is_retold(words: list[str], *, said: bool) -> bool:
    """Whether `words` tell what was before the saying: "that they had left", "said she came home"."""
    if said and words[:1] in (["and"], ["but"], ["then"]):
        return False  # "said no on Monday and left the next day"
    if not said:
        at = next((i for i, word in enumerate(words) if word in _TELLING), None)
        if at is None:
            return False
        words = words[at + 1 :]
    return _looks_back([word for word in words if word not in _TELLING])


def _looks_back(words: list[str]) -> bool:
    return any(lean(words, i) < 0 for i in range(len(words)))


def _is_quoted(paragraph: str) -> bool:
    """Whether a paragraph ends within a quotation that it opens."""
    curly = paragraph.count("“") > paragraph.count("”")
    return curly or paragraph.count('"') % 2 == 1
