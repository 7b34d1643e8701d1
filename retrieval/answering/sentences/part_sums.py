"""A part of a sum beside all of it: "€30m of its own money and a loan" is not what the firm pays."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from retrieval.answering.questions.asked_for import AskedFor
from retrieval.answering.sentences.evidence import Evidence
from retrieval.answering.sentences.roles import FILLED, UNFILLED

_SUM = r"[$£€¥]\s?\d[\d,.]*(?:\s?(?:m|bn|million|billion|trillion)\b)?"
_PART = re.compile(
    rf"{_SUM}\s+(?:(?:of|from|out\s+of)\s+(?:its|his|her|their|the\s+\w+[’']s)\s+(?:own\b|cash|savings|reserves|funds)"
    r"|(?:in\s+)?(?:cash|equity)\s+(?:and|plus)\b)"
    r"|\b(?:and|plus)\s+(?:take\s+out\s+)?(?:an?\s+|the\s+)?(?:bank\s+)?loans?\b"
    r"|\bborrow(?:s|ed|ing)?\s+the\s+(?:rest|remainder|balance|other)\b"
    r"|\b(?:deposit|down\s+payment|(?:first|initial)\s+(?:instal?ment|payment))\b",
    re.IGNORECASE,
)
_ASKED_PART = re.compile(
    r"\b(?:own|cash|loans?|borrow\w*|lend|lent|deposit|down|first|initial\w*|instal?ments?|up\s?front|savings|reserves)\b",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    rf"\bfor\s+(?:(?:about|around|some|nearly|almost|up|to|over|more|than|a|total|of)\s+)*{_SUM}"
    rf"|\b(?:price|cost|bid|offer|deal|takeover|total|all)\b[^.;]{{0,30}}{_SUM}",
    re.IGNORECASE,
)
_NOT_FAR = 0.1  # of the share of a part: a sentence that tells the whole comes before it


def is_part_of_a_sum(question: str, sentence: str) -> bool:
    """Whether a sentence tells with what part of a sum somebody pays, where all of it is asked for."""
    return _PART.search(sentence) is not None and _ASKED_PART.search(question) is None


def wholes_first(question: str, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The same with what tells for how much something is had, "for €95m", before any part of it, where it is not far
    behind; a part does not fill what is asked for."""
    parts = [e for e in evidence if e.kind is AskedFor.AMOUNT and is_part_of_a_sum(question, e.text)]
    if not parts:
        return list(evidence)
    least = _NOT_FAR * parts[0].share
    whole = next((e for e in evidence if e not in parts and e.share >= least and _WHOLE.search(e.text)), None)
    rest = [_less(e) if e in parts else e for e in evidence if e is not whole]
    at = min(evidence.index(e) for e in (whole, parts[0]) if e is not None)
    return [*rest[:at], whole, *rest[at:]] if whole is not None else rest


def _less(part: Evidence) -> Evidence:
    role = part.measures.role
    return replace(part, measures=replace(part.measures, role=UNFILLED if role >= FILLED else role))
