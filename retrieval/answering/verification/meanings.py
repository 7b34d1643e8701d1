"""What words mean, from WordNet: which say the same, which say more or less, which the opposite.

The file is made by `tests/benchmarks/make_meanings.py` and holds frequent meanings only. G. A. Miller, WordNet: a
lexical database for English, CACM 38(11), 1995; its licence stands at the head of the file.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from retrieval.answering.verification.words import lemma

FILE = Path(__file__).with_name("meanings.txt")

_MOST_LEVELS = 3  # upwards

Word = tuple[str, str]
"""A kind of word and its lemma; of a verb with a particle both, joined by "_"."""


@dataclass(frozen=True, slots=True)
class Meanings:
    """The meanings of words, each a number; `wider`, `opposite`, `derived` and `like` lead from one to others."""

    of: dict[Word, frozenset[int]]
    wider: dict[int, frozenset[int]]
    opposite: dict[int, frozenset[int]]
    derived: dict[int, frozenset[int]]
    like: dict[int, frozenset[int]]

    def same(self, a: Word, b: Word) -> bool:
        """Whether two words share a meaning, or one is derived from the other: "decide", "decision"."""
        own, theirs = self._of(a), self._of(b)
        if a[0] == b[0]:
            return bool(own & theirs)
        # WordNet derives a word; here a meaning is, and of "think" and "believe" comes "idea".
        derived = own & _far(theirs, self.derived) or theirs & _far(own, self.derived)
        return bool(derived) and a[1][:2] == b[1][:2]

    def is_kind_of(self, narrow: Word, wide: Word) -> bool:
        """Whether what the first names is what the second names: a trawler is a boat, and a vessel."""
        found = reached = self._of(narrow)
        for _ in range(_MOST_LEVELS):
            found = _far(found, self.wider)
            reached |= found
        return narrow[0] == wide[0] and bool(self._of(wide) & reached)

    def opposed(self, a: Word, b: Word) -> bool:
        """Whether two words are opposites, or of adjectives like opposites, and not also of one meaning."""
        own, theirs = self._of(a), self._of(b)
        if own & theirs or a[0] != b[0]:
            return False
        return bool(_far(own | _far(own, self.like), self.opposite) & (theirs | _far(theirs, self.like)))

    def _of(self, word: Word) -> frozenset[int]:
        return self.of.get(word, frozenset())


def _far(meanings: frozenset[int], related: dict[int, frozenset[int]]) -> frozenset[int]:
    return frozenset().union(*(related.get(m, frozenset()) for m in meanings))


@functools.lru_cache(maxsize=1)
def meanings() -> Meanings:
    """The meanings, read once, in a fifth of a second."""
    of: dict[Word, set[int]] = defaultdict(set)
    related: dict[str, dict[int, frozenset[int]]] = {">": {}, "!": {}, "+": {}, "&": {}}
    number, kind = -1, ""
    for line in FILE.read_text("utf-8").splitlines():
        if line.startswith(("#", "=")):
            kind = line[2:]
            continue
        number += 1
        for word in line.split():
            if (others := related.get(word[0])) is not None:
                others[number] = frozenset(map(int, word[1:].split(",")))
            else:
                verb, joint, particle = word.partition("_")
                of[kind, f"{lemma(verb)}{joint}{particle}"].add(number)
    found = {word: frozenset(numbers) for word, numbers in of.items()}
    return Meanings(found, related[">"], related["!"], related["+"], related["&"])
