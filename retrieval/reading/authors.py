"""Bylines -> names."""

from __future__ import annotations

import re
from collections.abc import Iterable

from retrieval.reading.titles import one_line

_BY = re.compile(r"(?:written\s|words\s|story\s|reported\s)?by:?\s+", re.IGNORECASE)
_HARD = re.compile(r"\s*[;|\n\t]\s*|\s+[·•–—]\s+")
_SOFT = re.compile(r"\s*,?\s+(?:and|&)\s+|\s*,\s+", re.IGNORECASE)
_BELONGS_BEFORE = re.compile(r"(?:jr|sr|ii|iii|iv|md|m\.d|phd|ph\.d|esq|mba|rn|dds|obe|mbe|cbe)\.?", re.IGNORECASE)
# What stands beside a name in a byline and is none.
_ROLE = re.compile(
    r".*\b(?:writer|reporter|editors?|correspondent|columnist|contributor|staff|bureau chief|producer|desk)"
    r"|.*@|https?:|.*\d|updated\b|published\b",
    re.IGNORECASE,
)
_MOST = 50
_LONGEST = 120  # characters


def split_byline(byline: str) -> tuple[str, ...]:
    """The names of a byline ("By Ann Lee, Bo Diaz and Cy Young Jr., Staff Writers"), in order, each once."""
    names: list[str] = []
    for part in _HARD.split(_without_by(byline[:4000])):
        for chunk in _SOFT.split(part):
            if names and _BELONGS_BEFORE.fullmatch(chunk.strip()):
                names[-1] = f"{names[-1]}, {chunk.strip()}"
            elif chunk.strip():
                names.append(chunk)
    return distinct(names)


def distinct(names: Iterable[str]) -> tuple[str, ...]:
    """Names on one line each, without roles and addresses, in order, each once."""
    seen: dict[str, str] = {}
    for name in names:
        clean = one_line(_without_by(name[:1000])).strip(" ,;")
        if clean and len(clean) <= _LONGEST and not _ROLE.match(clean):
            seen.setdefault(clean.casefold(), clean)
    return tuple(seen.values())[:_MOST]


def _without_by(text: str) -> str:
    text = text.strip()
    return _BY.sub("", text, count=1) if _BY.match(text) else text
