"""Questions for what somebody said, taken apart: whose words, about what."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SAY = (
    r"(?:say|said|says|saying|tell|told|tells|claim|claimed|claims|announce|announced|stated|argue|argued|warn"
    r"|warned|admit|admitted|admits|suggest|suggested|insist|insisted|promise|promised|tweet|tweeted|write|wrote|think"
    r"|mention|mentioned|mentions|deny|denied|denies|add|added|confirm|confirmed|predict|predicted|vow|vowed|declare"
    r"|declared|note|noted|explain|explained|propose|proposed|call|called|describe|described|criticise|criticised"
    r"|criticize|criticized|praise|praised|accuse|accused|talk|talked|talking|speak|spoke|spoken|comment|commented|reply"
    r"|replied|respond|responded|react|reacted|demand|demanded|acknowledge|acknowledged|concede|conceded|complain"
    r"|complained|dispute|disputed|reject|rejected)"
)
_OF_SOMEBODY = re.compile(
    r"^\W*(?:and\s+|but\s+|so\s+)?(?:(?:what|how|anything)\s+(?:(?:else|exactly|all|things?)\s+)?)?"
    r"(?:did|does|do|has|have|had)\s+(?P<who>\S.{0,60}?)\s+"
    r"(?:(?:ever|also|actually|really|just|recently|publicly|once|then|not|previously)\s+){0,3}"
    rf"(?P<verb>{_SAY})\b(?P<rest>.*)$",
    re.IGNORECASE,
)
_WHO = re.compile(
    rf"^\W*(?:and\s+)?who(?:\s+(?:else|has|have|ever|first|publicly|also)){{0,3}}\s+(?P<verb>{_SAY})\b(?P<rest>.*)$",
    re.IGNORECASE,
)
_WHOM = re.compile(
    r"^(?P<rest>.+?)\W+according\s+to\s+whom\W*$|^\W*according\s+to\s+whom\b(?P<other>.+)$", re.IGNORECASE
)
_LEADS_IN = re.compile(
    r"^\W*(?:(?:anything|something|nothing|much|more|it|out|up|that|whether|if|a\s+word|words?)\s+)?"
    r"(?:about|on|of|over|regarding|concerning|to|that|whether|if|as\s+to)?\s+",
    re.IGNORECASE,
)
_FILLER = re.compile(
    r"\b(?:(?:s?he|they|it|we|i|you)['’](?:d|s|ll|ve|re|m)|ever|anything|something|recently|lately|latest|most\s+recently"
    r"|please|so\s+far|again)\b",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"(?:it|that|this|you|we|i|there|he|she|they|any(?:one|body)|some(?:one|body)|every(?:one|body)|people|articles?|"
    r"(?:the\s+)?(?:article|articles|news|text|story|report|reports))$",
    re.IGNORECASE,
)
_DENIALS = ("deny", "denied", "denies", "dispute", "disputed", "reject", "rejected")


@dataclass(frozen=True, slots=True)
class SpeechQuestion:
    """Whose words are asked for (None: who said it?), about what (empty: anything), and whether a denial is meant."""

    speaker: str | None
    topic: str
    denial: bool = False


def speech_question(text: str) -> SpeechQuestion | None:
    """`text` as a question for what somebody said, or for who said something; None where it is neither."""
    clean = " ".join(text.split())
    if (match := _WHO.match(clean)) is not None:
        topic = _topic(match["rest"])
        return SpeechQuestion(None, topic, match["verb"].lower() in _DENIALS) if topic else None
    if (match := _WHOM.match(clean)) is not None:
        topic = _topic(match["rest"] or match["other"])
        return SpeechQuestion(None, topic) if topic else None
    if (match := _OF_SOMEBODY.match(clean)) is not None:
        who = match["who"].strip(" ,")
        if _NOBODY.match(who):
            return None
        return SpeechQuestion(who, _topic(match["rest"]), match["verb"].lower() in _DENIALS)
    return None


def _topic(rest: str) -> str:
    text = _FILLER.sub(" ", f" {rest.strip().rstrip('?!. ')} ")
    return _LEADS_IN.sub("", " " + " ".join(text.split()) + " ", count=1).strip(" ,")
