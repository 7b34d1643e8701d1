"""What is asked of the full-text index: no more words than it ranks in a few milliseconds, however much it holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from retrieval.search.words import any_of, searched_words, stem
from retrieval.storage.store import Store

_PLACES = 30_000  # passages that are matched; FTS5 lists some 2,000 in a millisecond
_RANKED = 5_000  # and ranks some 500
_ENOUGH = 100  # passages: fewer may not hold all that are asked for


class Expression(NamedTuple):
    """FTS5 expressions for passages with `any` telling word of a text, and with a `rare` one."""

    any: str
    rare: str


def expression(store: Store, text: str) -> Expression:
    """What to look for and, among it, what to rank; both empty where `text` has no words."""
    words = {word: stem(word) for word in searched_words(text)}
    frequencies, _ = store.frequencies.of(sorted(set(words.values())))
    matched, ranked = telling(frequencies, _PLACES), telling(frequencies, _RANKED, _ENOUGH)
    return Expression(
        any_of([word for word in words if words[word] in matched]),
        any_of([word for word in words if words[word] in matched & ranked]),
    )


def telling(frequencies: Mapping[str, int], places: int, least: int = 0) -> set[str]:
    """The stems to search by: all, where they stand in no more passages than `places`; else the rarest, which stand in
    more than `least` where such there are.

    What stands in a good part of a large collection tells little of it apart (compare Elasticsearch's
    `cutoff_frequency`); in a small one nothing is left out.
    """
    kept, standing = set[str](), 0
    for word in sorted(frequencies, key=lambda word: (frequencies[word], word)):
        if standing > least and standing + frequencies[word] > places:
            break
        kept.add(word)
        standing += frequencies[word]
    return kept
