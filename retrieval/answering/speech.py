"""Questions for what somebody said, and sentences in which that somebody speaks."""

from __future__ import annotations

import re

SAY = (
    r"(?:say|said|says|saying|tell|told|tells|claim|claimed|claims|announce|announced|announces|state|stated|states|argue"
    r"|argued|argues|warn|warned|warns|admit|admitted|admits|describe|described|describes|suggest|suggested|suggests|insist"
    r"|insisted|insists|promise|promised|promises|tweet|tweeted|accuse|accused|accuses|criticise|criticised|criticize"
    r"|criticized|praise|praised|deny|denied|denies|think|thinks|add|added|adds|reply|replied|respond|responded|react|ask"
    r"|asked|explain|explained|note|noted|mention|mentioned|call|called|write|wrote|confirm|confirmed|declare|declared"
    r"|acknowledge|acknowledged|concede|conceded|vow|vowed|urge|urged|predict|predicted)"
)
_ASKED = re.compile(
    r"\b(?:what|how|why|when|where)?\s*(?:else\s+)?(?:did|does|do|has|have|had)\s+(?P<who>.{2,60}?)\s+(?:ever\s+|also\s+)?"
    rf"{SAY}\b",
    re.IGNORECASE,
)
_ARTICLE_WORDS = re.compile(r"^(?:the|a|an|mr\.?|mrs\.?|ms\.?|dr\.?|any|some)\s+", re.IGNORECASE)
_NOBODY_NAMED = re.compile(
    r"(?:s?he|they|it|you|we|i|any(?:one|body)|some(?:one|body)|every(?:one|body)|people|articles?)$", re.IGNORECASE
)


def speaker_asked_about(question: str) -> str | None:
    """Whose words are asked for ("what did X say …"), None where nobody is named."""
    match = _ASKED.search(question)
    if match is None:
        return None
    who = _ARTICLE_WORDS.sub("", match.group("who").strip(" ,"))
    return None if not who or _NOBODY_NAMED.match(who) else who


def speaks(speaker: str, sentence: str) -> bool:
    """Whether a sentence reports words of `speaker`, by the last word of the name next to a verb of saying."""
    name = re.escape(speaker.split()[-1].removesuffix("'s").removesuffix("’s"))
    between = r"(?:also\s+|later\s+|then\s+|has\s+|had\s+|would\s+|did\s+not\s+|declined\s+to\s+)*"
    before = rf"\b{name}\b(?:,[^,.;“”\"]{{1,120}},)?\s*{between}{SAY}\b"
    after = rf"\b{SAY}\s+(?:[\w.’'-]+\s+){{0,5}}?{name}\b(?!['’]s)"
    according = rf"\baccording\s+to\s+(?:[\w.’'-]+\s+){{0,5}}?{name}\b(?!['’]s)"
    return bool(re.search(rf"{before}|{after}|{according}", sentence, re.IGNORECASE))
