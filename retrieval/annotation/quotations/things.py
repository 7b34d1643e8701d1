"""Names that are nobody's: of places, of things, and in the names of bodies."""

from __future__ import annotations

import re

from retrieval.annotation.quotations.names import key, title_words

_INSIDE = re.compile(
    r"\b(?:in|inside|across|throughout|within)\s(?:(?:north|south|east|west|central|upper|lower)\w*\s)?$", re.IGNORECASE
)
_BODY_OF = re.compile(r"\b([A-Z][a-z]+)\s(?:of|for)\s(?:the\s)?$")
_OF_COUNTRIES = frozenset("north south east west new saudi sri sierra costa el burkina northern papua".split())  # noqa: SIM905
_DETERMINED = re.compile(r"\b(?:the|an?|his|her|its|their|this|that)\s$", re.IGNORECASE)


def is_where(text: str, start: int, end: int) -> bool:
    """Whether something is in what a name stands for, "in New Mexico", or it ends a body's name: "Ministry of Trade
    Reform"."""
    owns = text[end : end + 2] in ("'s", "’s")
    body = _BODY_OF.search(text, max(0, start - 40), start)
    if body is not None and key(body.group(1)) in title_words().bodies:
        return True
    return not owns and _INSIDE.search(text, max(0, start - 24), start) is not None


def is_country(words: tuple[str, ...]) -> bool:
    """Whether a name is a country's: "Norway", "South Korea", but not "Jim Jordan"."""
    return key(words[-1]) in title_words().countries and (len(words) == 1 or key(words[0]) in _OF_COUNTRIES)


def is_determined(text: str, start: int) -> bool:
    """Whether a name stands where a noun would: "the Delaware River", "her Falmouth tattoo", and is no person's."""
    return _DETERMINED.search(text, max(0, start - 8), start) is not None
