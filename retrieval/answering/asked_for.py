"""What a question asks for, from its form, and whether a sentence offers such a thing."""

from __future__ import annotations

import re
from enum import StrEnum


class AskedFor(StrEnum):
    """The kind of thing that would answer."""

    NUMBER = "number"
    AMOUNT = "amount"
    DAY = "day"
    DURATION = "duration"
    PERSON = "person"
    PLACE = "place"
    REASON = "reason"
    ANYTHING = "anything"


_FORMS: tuple[tuple[AskedFor, str], ...] = (
    (AskedFor.AMOUNT, r"\bhow\s+(?:much|expensive|costly)\b"
                      r"|\bwhat\b.{0,40}\b(?:cost|costs|price|budget|fee|fine|salary|worth)\b"),
    (AskedFor.DURATION, r"\bhow\s+(?:long|old)\b|\bfor\s+how\s+many\s+(?:days|weeks|months|years|hours|minutes)\b"),
    (AskedFor.NUMBER, r"\bhow\s+(?:many|often|far|fast|high|tall|deep|big|large|wide|heavy|strong)\b"
                      r"|\bwhat\b.{0,20}\b(?:number|percentage|percent|share|proportion|score|margin|rate|total)\b"),
    (AskedFor.DAY, r"\bwhen\b|\bwhat's\s+the\s+date\b"
                   r"|\b(?:what|which)\s+(?:day|date|month|year|week|weekday|season|time)\b"),
    (AskedFor.PLACE, r"\bwhere\b"
                     r"|\b(?:what|which)\s+(?:country|city|town|place|village|state|region|province|venue|port)\b"),
    (AskedFor.PERSON, r"\bwho(?:m|se)?\b"),
    (AskedFor.REASON, r"\bwhy\b|\bhow\s+come\b|\bfor\s+what\s+reason\b"
                      r"|\bwhat\s+(?:caused|led|prompted)\b|\bwhat\b.{0,30}\breasons?\b"),
)  # fmt: skip
_COMPILED = tuple((kind, re.compile(form, re.IGNORECASE)) for kind, form in _FORMS)

_NUMERAL = (
    r"(?:\d[\d,.]*|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    r"|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million"
    r"|billion|dozen|half|twice|once|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|no|none|zero"
    r"|both|single|pair|third|quarter)s?)"
)
_MONTH = r"(?:Jan(?:uary|\.)|Feb(?:ruary|\.)|March|Mar\.|April|Apr\.|May|June|July|Aug(?:ust|\.)|Sept?(?:ember|\.)|Oct(?:ober|\.)|Nov(?:ember|\.)|Dec(?:ember|\.))"  # noqa: E501
_OFFERS: dict[AskedFor, re.Pattern[str]] = {
    AskedFor.NUMBER: re.compile(rf"\b{_NUMERAL}\b", re.IGNORECASE),
    AskedFor.AMOUNT: re.compile(
        rf"[$£€¥₩]\s?\d|\b{_NUMERAL}[\s-](?:\w+[\s-])?(?:dollars?|euros?|pounds?|cents?|pence|crowns?|marks?|francs?|yen|yuan"
        r"|rubles?|rupees?|percent|per\s+cent|million|billion)\b|\d\s?%|\bfree\b|\b[A-Z]{3}\s?\d"
        rf"|\b{_NUMERAL}\s+(?:a|per)\s\w+",
        re.IGNORECASE,
    ),
    AskedFor.DAY: re.compile(
        rf"\b{_MONTH}(?:\s|\b|$)|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\b(?:1[5-9]|20)\d\d\b"
        r"|\b(?:today|yesterday|tomorrow|tonight|week|weekend|month|year|spring|summer|autumn|winter|morning|evening"
        r"|afternoon|night|noon|midnight|[ap]\.m\.|\d\d?:\d\d)s?\b",
    ),
    AskedFor.DURATION: re.compile(
        rf"\b{_NUMERAL}[\s-](?:\w+[\s-])?(?:second|minute|hour|day|night|week|fortnight|month|year|decade)s?\b"
        r"|\bsince\b|\buntil\b|\bfrom\b.{1,30}\bto\b|,\s\d\d?,|\baged?\b|\bcentur",
        re.IGNORECASE,
    ),
    AskedFor.PERSON: re.compile(r"(?<=[a-z,;:’'”\"] )[A-Z][\w’'-]+|\b[A-Z][\w’'-]+\s+(?:[A-Z]\.\s+)?[A-Z][\w’'-]+"),
    AskedFor.PLACE: re.compile(
        r"\b(?:in|at|to|from|near|off|outside|across|between|of|on|into|through|towards?|via|around|along|beneath|under|over)"
        r"\s+(?:the\s+|a\s+|an\s+)?(?:[\w-]+\s+){0,2}[A-Z]"
    ),
    AskedFor.REASON: re.compile(
        r"\b(?:because|since|due\s+to|owing\s+to|after|as|so\s+that|in\s+order|caused|blamed|blames|thanks\s+to|reason|given"
        r"|amid|following|citing|cited|prompted|led\s+to|over|to\s+\w+|for\s+fear)\b",
        re.IGNORECASE,
    ),
}


def asked_for(question: str) -> AskedFor:
    """The kind of thing that would answer `question`; ANYTHING where its form does not tell."""
    found = [(match.start(), kind) for kind, form in _COMPILED if (match := form.search(question))]
    return min(found, default=(0, AskedFor.ANYTHING), key=lambda pair: pair[0])[1]


def offers(kind: AskedFor, sentence: str) -> bool:
    """Whether a sentence has a thing of that kind in it."""
    return kind is AskedFor.ANYTHING or bool(_OFFERS[kind].search(sentence))
