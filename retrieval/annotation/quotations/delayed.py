"""Delayed identification: the lead quotes "a former official", the next paragraph names him.

A convention of news writing (Mencher, News Reporting and Writing, on the delayed-identification lead). It is followed
only where nothing else fits: one unnamed person in the first paragraph, one named person quoted next, and a word in
common between what the two are said to be.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from retrieval.annotation.quotations.names import content_words, is_person_noun, names_in
from retrieval.schema import Quotation, Stretch

_ONE = re.compile(r"(?:an?|one)\s+((?:[\w.’'-]+\s+){0,6}[\w’'-]+)$", re.IGNORECASE)
_NEXT = 2  # paragraphs after the first within which the name comes


def name_the_lead(text: str, paragraphs: Sequence[Stretch], quotations: Sequence[Quotation]) -> list[Quotation]:
    """`quotations` (in order), the lead's unnamed speaker named where the article does so right after."""
    if len(paragraphs) < 2:
        return list(quotations)
    lead = paragraphs[0]
    unnamed = [q for q in quotations if q.mention and q.mention.end <= lead.end and q.speaker is None]
    spoken = [q for q in quotations if q.mention and q.mention.end <= lead.end]
    later = [q for q in quotations if q.mention and q.mention.start > lead.end]
    if len(unnamed) != 1 or len(spoken) != 1 or not later or not _is_one_person(text, unnamed[0]):
        return list(quotations)
    first = min(later, key=lambda q: q.mention.start if q.mention else 0)
    limit = paragraphs[min(_NEXT, len(paragraphs) - 1)].end
    if first.mention is None or first.mention.end > limit or first.speaker is None or first.description is None:
        return list(quotations)
    named = list(names_in(text, first.mention.start, first.mention.end))
    alike = content_words(unnamed[0].description or "") & content_words(first.description)
    if not named or len(named[-1].words) < 2 or not alike:
        return list(quotations)
    found = replace(unnamed[0], speaker=first.speaker, description=first.description)
    return [found if q is unnamed[0] else q for q in quotations]


def _is_one_person(text: str, quotation: Quotation) -> bool:
    if quotation.mention is None:
        return False
    words = re.split(r"\s(?:of|for|at|from|in|with|who|on)\s|,", text[quotation.mention.start : quotation.mention.end])[
        0
    ]
    match = _ONE.match(words)
    return match is not None and is_person_noun(match.group(1).split()[-1])
