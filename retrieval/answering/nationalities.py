"""Countries by their other names: an article says "American" of what a question calls "the U.S."."""

from __future__ import annotations

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


def known(key: str, stems: AbstractSet[str]) -> bool:
    """Whether a stem, or another name of the country it names, is among `stems`."""
    return key in stems or not _OTHER_NAMES.get(key, frozenset()).isdisjoint(stems)
