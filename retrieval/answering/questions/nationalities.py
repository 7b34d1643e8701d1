"""Countries by their other names: an article says "American" of what a question calls "the U.S."."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from importlib.resources import files

from retrieval.search.words import stem


def _read() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for line in (files(__package__) / "nationalities.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            names = frozenset(stem(name) for name in line.split())
            found |= dict.fromkeys(names, names)
    return found


_OTHER_NAMES = _read()
_PARTS_OF_COUNTRIES = frozenset(("north", "south", "east", "west", "northern", "southern", "eastern", "western", "new"))


def is_nation(words: Sequence[str]) -> bool:
    """Whether a name is that of a country, or of its people, and of nobody: "French", "South Korean"."""
    own = [word for word in words if word.casefold() not in _PARTS_OF_COUNTRIES]
    return len(own) == 1 and stem(own[0]) in _OTHER_NAMES


def known(key: str, stems: AbstractSet[str]) -> bool:
    """Whether a stem, or another name of the country it names, is among `stems`."""
    return key in stems or not _OTHER_NAMES.get(key, frozenset()).isdisjoint(stems)
