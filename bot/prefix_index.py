"""Names by the beginning of any of their words, for completion while somebody types."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping

from retrieval.annotation.folding import folded

_WORD = re.compile(r"\w+")


class PrefixIndex:
    """Finds names by a prefix of the whole name, or of any word in it or in another name of the same.

    Case and accents make no difference. `names` may give for each name its other names.
    """

    def __init__(self, names: Iterable[str] | Mapping[str, Iterable[str]]) -> None:
        others = names if isinstance(names, Mapping) else {name: () for name in names}
        self._names = sorted(others, key=lambda name: (name.casefold(), name))
        self._folded = [folded(name) for name in self._names]
        # (tail, position): each tail of a name that begins with a word, and where the name stands in the order
        self._tails = sorted(
            (known[match.start() :], position)
            for position, name in enumerate(self._names)
            for known in {self._folded[position], *(folded(other) for other in others[name])}
            for match in _WORD.finditer(known)
        )

    def matching(self, prefix: str, limit: int) -> list[str]:
        """At most `limit` names: those that begin with `prefix` first, then those of which a later word does."""
        wanted = folded(prefix.strip())
        if not wanted:
            return self._names[:limit]
        positions: set[int] = set()
        for tail, position in self._tails[bisect_left(self._tails, (wanted, -1)) :]:
            if not tail.startswith(wanted):
                break
            positions.add(position)
        ordered = sorted(positions, key=lambda i: (not self._folded[i].startswith(wanted), i))
        return [self._names[i] for i in ordered[:limit]]
