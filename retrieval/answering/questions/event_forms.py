"""What form of question about time it is, and what it is about besides the time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from retrieval.annotation.time import QuestionTime, tag, without_time
from retrieval.schema import EventStatus
from retrieval.search.words import content_words


class Form(Enum):
    """What is to be told."""

    HAPPENED = auto()  # what happened then
    TIMELINE = auto()  # all of a topic, in order of time
    AHEAD = auto()  # what is planned
    NEWS = auto()  # what was reported last
    BEFELL = auto()  # what happened to something, or in some place
    WHEN = auto()  # the day of a happening
    WHICH_FIRST = auto()
    IN_ORDER = auto()  # whether one came before the other
    HOW_LONG = auto()


@dataclass(frozen=True, slots=True)
class Asked:
    """`topic` is what the answer is to be about, None for anything; for WHEN it names the happening.

    `two` are the happenings to compare; of IN_ORDER, `before` says whether the first is asked to be the earlier one,
    None where either may be.
    """

    form: Form
    topic: str | None = None
    two: tuple[str, str] | None = None
    before: bool | None = None


_TIMELINE = re.compile(r"\b(?:time[- ]?line|chronology|sequence of events|order of events)\b", re.IGNORECASE)
_AHEAD = re.compile(
    r"\bwhat(?:['’]s|\s+(?:is|are|was|were|had been|has been|else is))?\s+(?:\w+\s+){0,2}?"
    r"(?:due|scheduled|planned|coming up|upcoming|supposed to happen|going to happen|(?:to\s+)?come next|comes next"
    r"|happens next|next)\b"
    r"|\bwhat(?:['’]ll| will| would| is going to) (?:happen|take place|come)\b"
    r"|\bwhat(?:['’]s| is) (?:happening )?next\b",
    re.IGNORECASE,
)
_SUPPOSED = re.compile(r"\bwhat\b.{0,40}\bhappens?\s+(?:if|unless|once|when|whenever)\b", re.IGNORECASE)
_HAPPENED = re.compile(
    r"\bwhat\s+(?:all\s+|else\s+)?(?:has |had |have |was |is |were )?"
    r"(?:happened|happens|happening|occurred|took place|taken place|went on|going on|reported)\b"
    r"|\bwhat did happen\b|\bwhat (?:\w+ )?(?:events|things|news)\b"
    r"|\b(?:which|any|list(?: the| all)?) (?:events|happenings)\b"
    r"|\bwhat (?:is|was|were|are) the (?:events|news)\b",
    re.IGNORECASE,
)
_NEWS = re.compile(
    r"^\W*(?:(?:so|and|ok|okay|please|hey)\W+)*(?:(?:(?:what|which)(?:['’]s|\s+(?:is|are|was|were))?|any|is\s+there(?:\s+any)?"
    r"|give\s+(?:me|us)|tell\s+(?:me|us)|show\s+(?:me|us))\s+)?(?:the\s+|any\s+|some\s+)?"
    r"(?:(?:latest|newest|recent|current|top|today['’]s)\s+)?"
    r"(?:news|headlines|latest(?:\s+(?:developments?|updates?|word|report))?|newest|updates?|developments?|new)"
    r"(?:\s+(?:today|now|right\s+now|there|please))?"
    r"(?:\s+(?:on|about|of|for|from|with|in|regarding)\s+(?P<on>.{2,120}?))?\s*[?.!]*$"
    r"|^\W*(?:catch\s+me\s+up|bring\s+me\s+up\s+to\s+date|update\s+me|what\s+did\s+i\s+miss)"
    r"(?:\s+(?:on|about|with)\s+(?P<caught>.{2,120}?))?\s*[?.!]*$",
    re.IGNORECASE,
)
_BEFELL = re.compile(
    r"^\W*(?:(?:so|and|but|ok|okay|please)\W+)*what(?:\s+(?:all|else|exactly))?\s+(?:has\s+|had\s+)?(?:happened|became|become)\s+"
    r"(?:to|in|at|with|during|of|near|off)\s+(?P<what>\S.{1,120}?)[\s?.!]*$",
    re.IGNORECASE,
)
_FIRST_WORDS = r"(?:come|came|happen(?:ed)?|was|were|is|occur(?:red)?|start(?:ed)?|began|begin)"
_WHICH_FIRST = re.compile(
    rf"\b(?:which|what)\s+(?:one\s+)?(?:of these\s+)?{_FIRST_WORDS}\s+(?:the\s+)?(?:first|earlier|sooner)\s*[,:–-]?\s+"
    r"(?P<a>.{3,120}?),?\s+or\s+(?P<b>.{3,120}?)\??$"
    rf"|^did\s+(?P<c>.{{3,120}}?),?\s+or\s+(?P<d>.{{3,120}}?)\s+{_FIRST_WORDS}\s+(?:first|earlier|sooner)\s*\??$",
    re.IGNORECASE,
)
_IN_ORDER = re.compile(
    r"^(?:did|does|do|was|were|is|are|has|had|have|will)\s+(?P<a>.{3,120}?)"
    r"(?:\s+(?:come|happen|occur|take place))?\s+(?P<how>(?:both\s+)?(?:before\s+or\s+after|after\s+or\s+before"
    r"|before|after|earlier than|later than|sooner than))\s+(?P<b>.{3,120}?)\??$",
    re.IGNORECASE,
)
_UNITS = r"(?:many\s+(?:days|weeks|months|years|hours)|long|much\s+(?:time|later|earlier)|soon|far\s+apart)"
_HOW_LONG = re.compile(
    rf"\bhow\s+{_UNITS}\s+(?:is it\s+|was it\s+|did it take\s+|were there\s+|are there\s+|was there\s+|passed\s+"
    r"|went by\s+|lay\s+|elapsed\s+|separated?\s+)*(?:(?:between|from)\s+)?(?P<a>.{3,120}?)\s+(?:and|until|till|to)\s+"
    r"(?P<b>.{3,120}?)\??$"
    rf"|\bhow\s+{_UNITS}\s+(?P<how>after|before|from|since|than)\s+(?P<c>.{{3,120}}?),?\s+(?:did|was|were|will|does|is|had)\s+"
    r"(?P<d>.{3,120}?)\??$"
    rf"|\bhow\s+{_UNITS}\s+(?:did|was|were|will|does|is)\s+(?P<e>.{{3,120}}?)\s+(?P<how2>after|before)\s+(?P<f>.{{3,120}}?)\??$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\bbetween\b|\bfrom\b|\bseparate", re.IGNORECASE)
_WHEN = re.compile(
    r"^(?:and\s+|so\s+|but\s+)?(?:(?:since|until|by)\s+)?(?:when|(?:(?:on|in|at|since|until|by)\s+)?(?:what|which)\s+"
    r"(?:exact\s+)?(?:day|date|year|month|week|time)(?:\s+of\s+(?:the\s+)?(?:day|week|month|year))?|how long ago)"
    r"(?:\s+(?:exactly|precisely))?(?P<span>(?:\s+(?:in|on|during)\s+[\w\s]{3,20}?)?)\s*"
    r"(?:['’]s|did|was|were|is|are|will|does|do|has|had|have|would|should|can|could|might)\s+(?P<what>.{3,200}?)[\s?.!]*$",
    re.IGNORECASE,
)
_DATE_OF = re.compile(
    r"^(?:what|which)(?:['’]s|\s+(?:is|was|are|were))\s+the\s+(?:date|day|year|time)s?\s+"
    r"(?:of|for|that|when|on which)\s+(?P<what>.{3,200}?)[\s?.!]*$",
    re.IGNORECASE,
)
_WILL_BE = re.compile(r"\W*(?:and\s+|so\s+)?when\s+(?:will|is|are)\b.*?\b(?:be|become|going\s+to)\b", re.IGNORECASE)
_WHEN_SHALL = re.compile(r"\W*(?:and\s+|so\s+)?when(?:['’]ll|\s+(?:will|shall))\b", re.IGNORECASE)
_HAPPENING = re.compile(
    r"\b(?:happen(?:ed|s|ing)?|occur(?:red|s)?|take place|took place|taken place|come about|supposed to|scheduled|due"
    r"|planned|going to|expected)\b",
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
    if (compared := _compared(text)) is not None:
        return compared
    if _SUPPOSED.search(text):
        return None  # what is to be done then is no event
    topic = _topic(text, time)
    if time.span is None and time.published is None and (news := _NEWS.match(text)):
        return Asked(Form.NEWS, news["on"] or news["caught"])
    if _TIMELINE.search(text):
        return Asked(Form.TIMELINE, topic)
    dated = time.span is not None or time.published is not None or time.event is not None
    if _AHEAD.search(text):
        return Asked(Form.AHEAD, topic)
    if dated and _HAPPENED.search(text):
        return Asked(Form.HAPPENED, topic)
    # Without a time, "what happened to the dog?" asks for the dog; only what has a name is surely the same throughout.
    if not dated and (befell := _BEFELL.match(text)) and any(word[0].isupper() for word in befell["what"].split()):
        return Asked(Form.BEFELL, befell["what"])
    what = happening_asked_for(text)
    return Asked(Form.WHEN, what) if what else None


def happening_asked_for(text: str) -> str | None:
    """What happened, of a question for its day: "when did the crane fall?"; None where it is no such question."""
    match = _WHEN.match(text.strip()) or _DATE_OF.match(text.strip())
    if match is None:
        return None
    what = " ".join(_HAPPENING.sub(" ", match["what"]).split())
    return what if content_words(what) else None


def _compared(text: str) -> Asked | None:
    """Two happenings to be put in order, or the time between them."""
    if match := _HOW_LONG.search(text):
        groups = match.groupdict()
        if groups["a"] is not None:
            return Asked(Form.HOW_LONG, two=(groups["a"], groups["b"])) if _BETWEEN.search(text) else None
        return Asked(Form.HOW_LONG, two=(groups["c"] or groups["f"], groups["d"] or groups["e"]))
    if match := _WHICH_FIRST.search(text):
        return Asked(Form.WHICH_FIRST, two=(match["a"] or match["c"], match["b"] or match["d"]))
    if (match := _IN_ORDER.search(text)) and not _names_days(match["b"]):
        how = match["how"].lower()
        before = None if " or " in how else how in ("before", "earlier than", "sooner than")
        return Asked(Form.IN_ORDER, two=(match["a"], match["b"]), before=before)
    return None


def _names_days(phrase: str) -> bool:
    """Whether a phrase is a date or clock time and nothing else: "before 2016", "after Monday"."""
    rest = phrase
    for expression in reversed(tag(phrase, None, article=False)):
        rest = rest[: expression.start] + rest[expression.end :]
    return not content_words(rest)


def _topic(text: str, time: QuestionTime) -> str | None:
    rest = without_time(text, time)
    rest = _LEADING.sub("", " ".join(_SCAFFOLD.sub(" ", rest).split()).strip(" ?.!,"))
    return rest if content_words(rest) else None


def asks_when_it_will_be(question: str) -> bool:
    """Whether a question asks when something will happen."""
    return _WHEN_SHALL.match(question) is not None


def tell_no_day(question: str) -> frozenset[EventStatus]:
    """The statuses of events whose day is no answer: what is denied, and what has happened where a question asks when
    something is to be."""
    if _WILL_BE.match(question):
        return frozenset((EventStatus.DENIED, EventStatus.HAPPENED))
    return frozenset((EventStatus.DENIED,))
