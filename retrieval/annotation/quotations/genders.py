"""What an article's pronouns show of its names: "he" or "she" of a person, "its" of a body."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from retrieval.annotation.quotations.names import Gender

if TYPE_CHECKING:
    from retrieval.annotation.quotations.entities import Entity, Sighting

_SUBJECT_REACH, _VOTE_REACH = 60, 160  # characters before and after a name
_OPENING_VOTE, _MAJORITY = 3, 0.75
_BREAK = re.compile(r"[.!?][”\"’)]*\s|\n|[“\"”]")
# An object pronoun is somebody other than the subject: "Roe called him" (Chomsky's Principle B).
_GENDERED = re.compile(
    r"\b(he|his|himself|she|her(?!\s+(?:for|of|to|in|on|at|as|a|an|the|and|that|with|by|“|\")|[.,;?!])|herself)\b",
    re.IGNORECASE,
)
_ANY = re.compile(r"\b(its|itself|he|his|him|himself|she|her|herself)\b", re.IGNORECASE)
# "Roe said his position was weak": as like as not somebody else's.
_REPORTING = re.compile(r"\b(?:said|says|told|called|that|whether|to)\b")
# Between a subject and the "its" that stands for it there is a verb, and no other clause.
_ANOTHER_CLAUSE = re.compile(r"[,;]|\b(?:as|while|after|when|that|which|who|before|because|and|but|said|told|says)\b")


def learn_genders(text: str, sightings: Sequence[Sighting], persons: Sequence[Entity]) -> None:
    """Set the gender of `persons`, and which of them are bodies, where the pronouns after their names show it.

    A pronoun that follows a name in its sentence votes, more so after a name that opens it.
    """
    _learn_bodies(text, sightings, persons)
    votes: dict[int, dict[Gender, int]] = {}
    evident = [s for s in sightings if not s.entity.body and s.entity.evident]
    for i, sighting in enumerate(evident):
        end = evident[i + 1].start if i + 1 < len(evident) else len(text)
        match = _GENDERED.search(text, sighting.end, min(end, sighting.end + _VOTE_REACH))
        if match is None or _BREAK.search(text, sighting.end, match.start()) is not None:
            continue
        gender = Gender.MALE if match.group(1).lower() in ("he", "his", "himself") else Gender.FEMALE
        cast = votes.setdefault(id(sighting.entity), dict.fromkeys(Gender, 0))
        reported = _REPORTING.search(text, sighting.end, match.start()) and match.group(1).lower() in ("his", "her")
        surely = not reported and _opens(text, sighting, evident[i - 1].end if i else 0)
        cast[gender] += _OPENING_VOTE if surely else 1
    for entity in persons:
        cast = votes.get(id(entity), {})
        for gender in Gender:
            if entity.gender is None and cast and cast[gender] >= max(2, _MAJORITY * sum(cast.values())):
                entity.gender = gender


def _learn_bodies(text: str, sightings: Sequence[Sighting], persons: Sequence[Entity]) -> None:
    """A name that opens its sentence and is followed there by "its", never by "his" or "her", is no person's."""
    votes: dict[int, list[bool]] = {}
    for i, sighting in enumerate(sightings):
        entity = sighting.entity
        if entity.body or entity.gender is not None or entity.described or entity.roles:
            continue
        end = sightings[i + 1].start if i + 1 < len(sightings) else len(text)
        match = _ANY.search(text, sighting.end, min(end, sighting.end + _VOTE_REACH))
        if match is None or not _opens(text, sighting, sightings[i - 1].end if i else 0):
            continue
        if _BREAK.search(text, sighting.end, match.start()) or _ANOTHER_CLAUSE.search(
            text, sighting.end, match.start()
        ):
            continue
        votes.setdefault(id(entity), []).append(match.group(1).lower() in ("its", "itself"))
    for entity in persons:
        entity.body = entity.body or (id(entity) in votes and all(votes[id(entity)]))


def _opens(text: str, sighting: Sighting, before: int) -> bool:
    """Whether the name stands near the start of its sentence with nobody named before it."""
    start = max(0, sighting.start - _SUBJECT_REACH)
    breaks = [m.end() for m in _BREAK.finditer(text, start, sighting.start)]
    opening = breaks[-1] if breaks else (0 if start == 0 else None)
    return opening is not None and before <= opening
