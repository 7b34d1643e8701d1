"""What a dimension is measured in, and the words for it: "how deep is it" is not answered by a volume."""

from __future__ import annotations

import re
from collections.abc import Set

from retrieval.annotation.quotations.names import is_person_noun
from retrieval.search.words import stems

MONEY = (
    r"(?:dollars?|euros?|pounds?|cents?|pence|crowns?|marks?|francs?|yen|yuan|rubles?|roubles?|rupees?|pesos?|won"
    r"|dirhams?"
    r"|shekels?|zlotys?|lira)"
)
_LENGTHS = (
    r"(?<!square )(?<!cubic )\b(?:(?:kilo|centi|milli)?met(?:er|re)s?|km|cm|mm|miles?|feet|foot|ft|inch(?:es)?|yards?"
    r"|storeys?|stories|fathoms?|percent|per\s+cent)\b|%|\d\s?m\b"
)
_DIMENSIONS = tuple(
    (re.compile(rf"\bhow\s+(?:{asked})\b", re.IGNORECASE), re.compile(units, re.IGNORECASE))
    for asked, units in (
        # "How far did the shares fall": a share, or money.
        (
            r"far\b.*\b(?:fall|fell|drop|rise|rose|climb|sink|sank|slide|slid|slip|tumble|plunge|decline|jump|soar|come\s+down)"
            r"(?:s|ed|en|ped|ing)?",
            rf"{_LENGTHS}|[$£€]|\b{MONEY}\b|\bpoints?\b",
        ),
        ("far|high|tall|deep|wide|thick|long", _LENGTHS),
        ("heavy", r"\b(?:tons?|tonnes?|kilograms?|kilos?|kg|grams?|pounds?|lbs?|ounces?)\b"),
        ("hot|cold|warm", r"\bdegrees?\b|°|\d\s?(?-i:[CF])\b"),
    )
)
_OLD_THING = re.compile(r"[\w,.-]+[\s-]years?-old\s+([a-z]+)(?:\s+([a-z]+))?")  # "ten-year-old wooden bridge"
SPEED = re.compile(
    r"\b(?:mph|km/h|kph|knots?|miles|kilomet(?:er|re)s|met(?:er|re)s|feet|words|times|%|per)\b|%", re.IGNORECASE
)
_DIMENSION_WORDS = (
    "tall|high|height|heights|storeys?|stories", "long|length|lengths|longer", "deep|depth|depths|deeper",
    "wide|broad|width|breadth|across|wider", "thick|thickness", "heavy|weigh|weighs|weighed|weight|weighing",
    "fast|quickly|speed|speeds|rate|an\\s+hour|per\\s+hour|mph|kph",
    "hot|cold|warm|temperature|temperatures|degrees?",
)  # fmt: skip


def units_of(question: str) -> re.Pattern[str] | None:
    """The units of the dimension that a question asks for; None where any will do."""
    return next((units for asked, units in _DIMENSIONS if asked.search(question)), None)


def tells_dimension(sentence: str, question: str) -> bool:
    """Whether a sentence has a word for the dimension that `question` asks for ("tall": high, height); True
    where no one dimension is asked for."""
    match = re.search(r"\bhow\s+(\w+)\b", question, re.IGNORECASE)
    words = next((w for w in _DIMENSION_WORDS if match and match[1].casefold() in w.split("|")), None)
    if words is None:
        return True
    return re.search(rf"\b(?:{words})\b", sentence, re.IGNORECASE) is not None


def is_age_of_another(sentence: str, start: int, asked: Set[str]) -> bool:
    """Whether the "ten-year-old" that begins at a place stands before a thing that is not asked about: neither a person
    nor one of `asked`, stems."""
    told = _OLD_THING.match(sentence, start)
    words = [word for word in told.groups() if word] if told else []
    return bool(words) and not any(is_person_noun(word) or stems(word) & asked for word in words)
