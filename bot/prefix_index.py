"""Names by the beginning of any of their words, for completion while somebody types."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable

_WORD = re.compile(r"\w+")


class PrefixIndex:
    """Finds names by a prefix of the whole name, or of any word in it, whatever the case."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = sorted(set(names), key=lambda name: (name.casefold(), name))
        # (tail, position): each tail of a name that begins with a word, and where the name stands in the order
        self._tails = sorted(
            (name.casefold()[match.start() :], position)
            for position, name in enumerate(self._names)
            for match in _WORD.finditer(name.casefold())
        )

    def matching(self, prefix: str, limit: int) -> list[str]:
        """At most `limit` names: those that begin with `prefix` first, then those of which a later word does."""
        wanted = prefix.strip().casefold()
        if not wanted:
            return self._names[:limit]
        positions: set[int] = set()
        for tail, position in self._tails[bisect_left(self._tails, (wanted, -1)) :]:
            if not tail.startswith(wanted):
                break
            positions.add(position)
        ordered = sorted(positions, key=lambda i: (not self._names[i].casefold().startswith(wanted), i))
        return [self._names[i] for i in ordered[:limit]]
