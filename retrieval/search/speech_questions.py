"""Questions for what somebody said, taken apart: whose words, about what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

_SAY = (
    r"(?:say|said|says|saying|tell|told|tells|claim|claimed|claims|announce|announced|stated|argue|argued|warn"
    r"|warned|admit|admitted|admits|suggest|suggested|insist|insisted|promise|promised|tweet|tweeted|write|wrote|think"
    r"|mention|mentioned|mentions|deny|denied|denies|add|added|confirm|confirmed|predict|predicted|vow|vowed|declare"
    r"|declared|note|noted|explain|explained|propose|proposed|call|called|describe|described|criticise|criticised"
    r"|criticize|criticized|praise|praised|accuse|accused|talk|talked|talking|speak|spoke|spoken|comment|commented|reply"
    r"|replied|respond|responded|react|reacted|demand|demanded|acknowledge|acknowledged|concede|conceded|complain"
    r"|complained|dispute|disputed|reject|rejected|ask|asked|urge|urged|recommend|recommended)"
)
_SURELY = (
    r"(?:say|said|saying|tell|told|claim|claimed|mention|mentioned|deny|denied|admit|admitted|comment|commented|explain"
    r"|explained|tweet|tweeted|respond|responded|react|reacted|ask|asked|accuse|accused|warn|warned|think|announce"
    r"|argue|suggest|insist|acknowledge|concede|complain)"
)
_OPENING = r"^\W*(?:and\s+|but\s+|so\s+)?"
_ADVERBS = r"(?:(?:ever|also|actually|really|just|recently|publicly|once|then|not|previously|first|later)\s+){0,3}"
_OF_SOMEBODY = re.compile(
    _OPENING + r"(?:(?:what|how|anything)\s+(?:(?:else|exactly|all|things?)\s+)?)?"
    rf"(?:did|does|do|has|have|had)\s+(?P<who>\S.{{0,60}}?)\s+{_ADVERBS}(?P<verb>{_SAY})\b(?P<rest>.*)$",
    re.IGNORECASE,
)
_WHO = re.compile(
    rf"^\W*(?:and\s+)?who(?:\s+(?:else|has|have|ever|first|publicly|also)){{0,3}}\s+(?P<verb>{_SAY})\b(?P<rest>.*)$",
    re.IGNORECASE,
)
# "Who told the crew to leave?"
_TELLING = frozenset(("tell", "told", "tells", "ask", "asked", "urge", "urged", "warn", "warned"))
_TOLD_WHOM = re.compile(
    r"^\s+(?P<whom>(?:the\s+)?[\w’'-]+(?:\s+[\w’'-]+){0,2}?)\s+(?:that|(?:not\s+)?to)\s", re.IGNORECASE
)
# "Which ministers commented on the toll?"
_WHICH = re.compile(
    rf"^\W*which\s+(?P<who>[\w-]+(?:\s+[\w-]+)?)\s+(?:have\s+|has\s+)?{_ADVERBS}(?P<verb>{_SAY})\b(?P<rest>.*)$",
    re.IGNORECASE,
)
_WHOM = re.compile(
    r"^(?P<rest>.+?)\W+according\s+to\s+whom\W*$|^\W*according\s+to\s+whom\b(?P<other>.+)$", re.IGNORECASE
)
# "Who disagreed with Roe about the toll?"
_DISAGREED = re.compile(
    r"^\W*(?:and\s+|but\s+)?(?:who|(?:did|does|has)\s+any(?:one|body))(?:\s+(?:else|has|have|ever|also|publicly)){0,3}\s+"
    r"(?:disagree[sd]?|object(?:s|ed)?|dissent(?:s|ed)?|contradict(?:s|ed)?|oppose[sd]?|(?:was|is|were|are)\s+against)\b"
    r"(?:\s+(?:with|to)?\s*(?P<whom>(?!(?:about|on|over)\b).+?))?(?:\s+(?:about|on|over)\s+(?P<rest>.+?))?\W*$",
    re.IGNORECASE,
)
# "Has Roe ever said otherwise about the toll?", "Did Roe change her mind?"
_OTHERWISE = re.compile(
    _OPENING + r"(?:did|does|do|has|have|had|is|was)\s+(?P<who>\S.{0,60}?)\s+"
    rf"{_ADVERBS}(?:(?:say|said|claim|claimed|tell|told|argue|argued)\s+"
    r"(?:otherwise|differently|(?:the\s+)?(?:opposite|contrary|reverse)|(?:some|any)thing\s+(?:else|different|to\s+the\s+contrary))"
    r"|change[ds]?\s+(?:his|her|its|their)\s+(?:mind|story|position|tune|view|stance|account|version)"
    r"|contradict(?:ed|s|ing)?\s+(?:him|her|it|them)sel(?:f|ves)|backtrack(?:ed|ing)?|gone?\s+back\s+on)\b(?P<rest>.*)$",
    re.IGNORECASE,
)
_WORDS = r"(?:quotes?|quotations?|remarks?|comments?|words?|statements?|reactions?|responses?)"
# "Quotes by Roe on the toll", "any comment from Roe?", "what is the latest from Roe?", "what was said by Roe?"
_BY = re.compile(
    rf"^\W*(?:(?:is|was|were|are)\s+there\s+)?(?:(?:any|all|the|some|show(?:\s+me)?|give\s+me|list)\s+){{0,3}}"
    rf"(?:(?:latest|newest|last)\s+)?{_WORDS}\s+(?:by|from)\s+(?P<who>.+?)(?P<rest>(?:\s+(?:about|on|over|regarding)\s+.+)?)$"
    r"|^\W*what(?:\s+is|['’]s)\s+the\s+(?:latest|newest)\s+from\s+(?P<last>.+?)(?P<latest>(?:\s+(?:about|on)\s+.+)?)$"
    r"|^\W*what\s+(?:was|has\s+been|were|is)\s+said\s+by\s+(?P<by>.+?)(?P<more>(?:\s+(?:about|on)\s+.+)?)$",
    re.IGNORECASE,
)
# "What is Roe's view of the toll?"
_VIEW = re.compile(
    r"^\W*what(?:\s+(?:is|was|were|are)|['’]s)\s+(?P<who>\S.{0,60}?)(?:['’]s|s['’]|(?<=s)['’])\s+(?:own\s+)?"
    rf"(?:view|opinion|position|stance|take|answer|message|warning|{_WORDS})s?(?:\s+(?:of|to))?\b(?P<rest>.*)$",
    re.IGNORECASE,
)
# "What has been said about the toll?", "What are people saying about it?"
_ANYBODY = re.compile(
    r"^\W*what\s+(?:(?:has|have|had)\s+been|was|were|is\s+being)\s+said(?P<rest>\s+(?:about|on|of|regarding)\s+.+)$"
    r"|^\W*what\s+(?:did|do|does|have|has|are|is)\s+(?:people|they|others|every(?:one|body)|any(?:one|body))\s+"
    r"(?:all\s+)?(?:say|said|saying|think|thinking)(?P<other>\s+(?:about|on|of|regarding)\s+.+)$",
    re.IGNORECASE,
)
_LEADS_IN = re.compile(
    r"^\W*(?:(?:anything|something|nothing|much|more|it|out|up|that|whether|if|a\s+word|words?)\s+)?"
    r"(?:about|on|of|over|regarding|concerning|to|that|whether|if|as\s+to)?\s+",
    re.IGNORECASE,
)
_LEADS_OUT = re.compile(r"\s(?:about|on|of|over|for|to|with)\s*$", re.IGNORECASE)
# "told the jury about the toll": to whom, before about what.
_TOLD = re.compile(
    r"^\s*(?P<whom>(?!(?:about|of|that|if|whether)\b)(?:[\w’'.-]+\s+){0,4}?[\w’'.-]+?)"
    r"(?:\s+(?P<rest>(?:about|on|of|regarding|that|whether|if)\s.+))?\W*$",
    re.IGNORECASE,
)
# "say to the jury"
_SAID_TO = re.compile(
    r"^\s+(?:(?:any|some)thing\s+)?to\s+(?:(?!(?:about|on|of|regarding)\b)[\w’'.-]+\W*){1,4}$", re.IGNORECASE
)
_FILLER = re.compile(
    r"\b(?:(?:s?he|they|it|we|i|you)['’](?:d|s|ll|ve|re|m)|ever|anything|something|recently|lately|latest|most\s+recently"
    r"|please|so\s+far|again|first)\b",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"(?:it|that|this|you|we|i|there|he|she|they|any(?:one|body)|some(?:one|body)|every(?:one|body)|people|articles?|"
    r"(?:the\s+)?(?:article|articles|news|text|story|report|reports))$",
    re.IGNORECASE,
)
_WRITTEN_WORDS = re.compile(r"\s+(?:that|about|of|on|to)\b|\s*[“\"‘']", re.IGNORECASE)
# What is done by these is no matter of any words that somebody said.
_ACT = re.compile(
    r"(?:reject|propose|promise|demand|recommend|predict|vow|concede|admit|urge|dispute|accuse|blame|warn)(?:e?d)?"
)
# "Who complained about the goats?": who only said something on them did not.
_CHARGED = re.compile(
    r"(?:complain|criti[cs]i[sz]e|praise|accuse|warn|promise|vow|demand|urge|recommend|predict|admit|concede)"
    r"(?:ed|d|ted)?",
    re.IGNORECASE,
)
_SOMEBODY = re.compile(r"(?:him|her|them)?(?:\s*(?:of|for|about))?")  # of whom a topic tells nothing
_DENIALS = ("deny", "denied", "denies", "dispute", "disputed", "reject", "rejected")


class Wanted(StrEnum):
    """What of somebody's words is asked for."""

    WORDS = "words"
    DENIALS = "denials"
    OTHERWISE = "otherwise"  # whether they ever said something else: all they said, the oldest first
    DISAGREEMENT = "disagreement"  # who spoke against it, or against `SpeechQuestion.against`


@dataclass(frozen=True, slots=True)
class SpeechQuestion:
    """Whose words are asked for (None: who said it?), about what (empty: anything), and which of them.

    `anybody`: what all sorts of people said is asked for. `addressee` is to whom it was said, `against` whom somebody
    disagreed with. `act` is the verb of a question that asks for what was done by speaking: "what did they reject?",
    "who complained about the goats?".
    """

    speaker: str | None
    topic: str
    wanted: Wanted = Wanted.WORDS
    anybody: bool = False
    addressee: str | None = None
    against: str | None = None
    act: str | None = None


def asks_for_words(text: str) -> bool:
    """Whether `text` certainly asks for what somebody said: one of the forms here, with a verb of plain saying."""
    asked = speech_question(text)
    if asked is None:
        return False
    match = _OF_SOMEBODY.match(" ".join(text.split()))
    return asked.wanted is not Wanted.WORDS or match is None or re.fullmatch(_SURELY, match["verb"], re.I) is not None


def speech_question(text: str) -> SpeechQuestion | None:
    """`text` as a question for what somebody said, or for who said something; None where it is neither."""
    clean = " ".join(text.split()).rstrip("?!. ")
    if (match := _DISAGREED.match(clean)) is not None:
        whom, rest = (match["whom"] or "").strip(), _topic(match["rest"] or "")
        named = whom[:1].isupper() or rest
        return SpeechQuestion(
            None, rest or ("" if named else whom), Wanted.DISAGREEMENT, against=whom if whom and named else None
        )
    if (match := _WHO.match(clean)) is not None:
        if match["verb"].lower() in ("write", "wrote") and not _WRITTEN_WORDS.match(match["rest"]):
            return None  # "who wrote the opinion?" asks for its author
        topic, told = _topic(match["rest"]), _TOLD_WHOM.match(match["rest"])
        addressee = told["whom"] if told and match["verb"].lower() in _TELLING else None
        act = match["verb"].lower() if _CHARGED.fullmatch(match["verb"]) else None
        return SpeechQuestion(None, topic, _wanted(match["verb"]), addressee=addressee, act=act) if topic else None
    if (match := _WHOM.match(clean)) is not None:
        topic = _topic(match["rest"] or match["other"])
        return SpeechQuestion(None, topic) if topic else None
    if (match := _ANYBODY.match(clean)) is not None:
        topic = _topic(match["rest"] or match["other"])
        return SpeechQuestion(None, topic, anybody=True) if topic else None
    if (match := _OTHERWISE.match(clean)) is not None and not _NOBODY.match(match["who"].strip(" ,")):
        return SpeechQuestion(match["who"].strip(" ,"), _topic(match["rest"]), Wanted.OTHERWISE)
    if (match := _BY.match(clean)) is not None:
        return _by(
            match["who"] or match["last"] or match["by"], match["rest"] or match["latest"] or match["more"] or ""
        )
    if (match := _VIEW.match(clean)) is not None:
        return _by(match["who"], match["rest"])
    if (match := _WHICH.match(clean)) is not None and _asks_for_speakers(match):
        return SpeechQuestion(match["who"], _topic(match["rest"]), _wanted(match["verb"]))
    return _of_somebody(clean)


def _asks_for_speakers(which: re.Match[str]) -> bool:
    """Whether words are asked for, or those who spoke; "which airline announced the deal?" asks whose deal it is."""
    several = which["who"].endswith("s") and not which["who"].endswith("ss")
    return several or re.fullmatch(_SURELY, which["verb"], re.IGNORECASE) is not None


def _by(who: str, rest: str) -> SpeechQuestion | None:
    who = who.strip(" ,")
    return None if _NOBODY.match(who) else SpeechQuestion(who, _topic(rest))


def _of_somebody(clean: str) -> SpeechQuestion | None:
    match = _OF_SOMEBODY.match(clean)
    if match is None or _NOBODY.match(match["who"].strip(" ,")):
        return None
    who, verb, rest = match["who"].strip(" ,"), match["verb"].lower(), match["rest"]
    if verb in ("tell", "told", "tells", "ask", "asked") and (told := _TOLD.match(rest)) is not None:
        return SpeechQuestion(who, _topic(told["rest"] or ""), addressee=told["whom"])
    topic = _topic(rest)
    if verb in ("say", "said", "saying") and _SAID_TO.match(rest):
        return SpeechQuestion(who, topic, addressee=topic)
    if _ACT.fullmatch(verb) and _SOMEBODY.fullmatch(topic):
        return SpeechQuestion(who, "", _wanted(verb), act=verb)
    return SpeechQuestion(who, topic, _wanted(verb))


def _wanted(verb: str) -> Wanted:
    return Wanted.DENIALS if verb.lower() in _DENIALS else Wanted.WORDS


def _topic(rest: str) -> str:
    text = _FILLER.sub(" ", f" {rest.strip().rstrip('?!. ')} ")
    topic = _LEADS_IN.sub("", " " + " ".join(text.split()) + " ", count=1)
    return _LEADS_OUT.sub("", topic).strip(" ,")
