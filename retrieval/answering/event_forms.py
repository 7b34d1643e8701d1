"""What form of question about time it is, and what it is about besides the time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from retrieval.annotation.time import QuestionTime, without_time
from retrieval.search.words import content_words


class Form(Enum):
    """What is to be told."""

    HAPPENED = auto()  # what happened then
    TIMELINE = auto()  # all of a topic, in order of time
    AHEAD = auto()  # what is planned
    WHICH_FIRST = auto()
    HOW_LONG = auto()


@dataclass(frozen=True, slots=True)
class Asked:
    """`topic` is what the answer is to be about, None for anything; `two` are the happenings to compare."""

    form: Form
    topic: str | None = None
    two: tuple[str, str] | None = None


_TIMELINE = re.compile(r"\b(?:time[- ]?line|chronology|sequence of events|order of events)\b", re.IGNORECASE)
_AHEAD = re.compile(
    r"\bwhat(?:['’]s|\s+(?:is|are|was|were|had been|has been|else is))?\s+(?:\w+\s+){0,2}?"
    r"(?:due|scheduled|planned|coming up|upcoming|supposed to happen|going to happen|(?:to\s+)?come next|comes next"
    r"|happens next|next)\b"
    r"|\bwhat(?:['’]ll| will| would| is going to) (?:happen|take place|come)\b"
    r"|\bwhat(?:['’]s| is) (?:happening )?next\b",
    re.IGNORECASE,
)
_HAPPENED = re.compile(
    r"\bwhat\s+(?:all\s+|else\s+)?(?:has |had |have |was |is |were )?"
    r"(?:happened|happens|happening|occurred|took place|taken place|went on|going on|reported)\b"
    r"|\bwhat did happen\b|\bwhat (?:\w+ )?(?:events|things|news)\b"
    r"|\b(?:which|any|list(?: the| all)?) (?:events|happenings)\b"
    r"|\bwhat (?:is|was|were|are) the (?:events|news)\b",
    re.IGNORECASE,
)
_WHICH_FIRST = re.compile(
    r"\b(?:which|what) (?:came|happened|was|occurred|started|began) (?:first|earlier|sooner)[,:]?\s+(.{3,120}?),?"
    r"\s+or\s+(.{3,120}?)\??$"
    r"|^did\s+(.{3,120}?)\s+(?:come|happen|occur|take place|begin|start)?\s*(?:before or after|before|after)\s+"
    r"(.{3,120}?)\??$",
    re.IGNORECASE,
)
_HOW_LONG = re.compile(
    r"\bhow (?:long|many days|many weeks|much time) (?:passed |was there |went by |lay |elapsed )?between\s+(.{3,120}?)"
    r"\s+and\s+(.{3,120}?)\??$"
    r"|\bhow (?:long|many days|many weeks|soon) after\s+(.{3,120}?)\s+(?:did|was|were)\s+(.{3,120}?)\??$",
    re.IGNORECASE,
)
_SCAFFOLD = re.compile(
    r"\b(?:what|which|happen(?:ed|s|ing)?|occur(?:red)?|took|take[ns]?|place|went|going|events?|things?|news"
    r"|time[- ]?line|chronology|sequence|order|due|scheduled|planned|supposed|upcoming|coming|comes?|next"
    r"|reported|report|articles?|show|give|tell|list|please|latest|recently|lately)\b|['’]s\b|['’]ll\b",
    re.IGNORECASE,
)

_LEADING = re.compile(
    r"^(?:(?:a|an|all|of|for|in|at|on|about|to|with|by|from|over|is|are|was|were)\s+)+", re.IGNORECASE
)


def asked_of_events(text: str, time: QuestionTime) -> Asked | None:
    """The form of a question that the events answer; None where they do not."""
    if match := _WHICH_FIRST.search(text):
        return Asked(Form.WHICH_FIRST, two=_pair(match))
    if match := _HOW_LONG.search(text):
        return Asked(Form.HOW_LONG, two=_pair(match))
    topic = _topic(text, time)
    if _TIMELINE.search(text):
        return Asked(Form.TIMELINE, topic)
    dated = time.span is not None or time.published is not None or time.event is not None
    if _AHEAD.search(text):
        return Asked(Form.AHEAD, topic)
    # Without a time, "what happened to the dog?" asks for the dog.
    return Asked(Form.HAPPENED, topic) if dated and _HAPPENED.search(text) else None


def _pair(match: re.Match[str]) -> tuple[str, str]:
    first, second = (group for group in match.groups() if group)
    return first, second


def _topic(text: str, time: QuestionTime) -> str | None:
    rest = without_time(text, time)
    if time.event is not None:
        rest = rest.replace(text[time.event.start : time.event.end], " ")
    rest = _LEADING.sub("", " ".join(_SCAFFOLD.sub(" ", rest).split()).strip(" ?.!,"))
    return rest if content_words(rest) else None
