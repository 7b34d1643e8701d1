"""What is asked of the full-text index: no more words than it ranks in a few milliseconds, however much it holds."""

from __future__ import annotations

from collections.abc import Mapping

from retrieval.search.words import any_of, searched_words, stem
from retrieval.storage.store import Store

_PLACES = 30_000  # passages that are ranked; FTS5 ranks some 600 in a millisecond


def expression(store: Store, text: str) -> str:
    """An FTS5 expression for passages with any telling word of `text`; empty where it has no words."""
    words = {word: stem(word) for word in searched_words(text)}
    frequencies, _ = store.frequencies.of(sorted(set(words.values())))
    return any_of([word for word in words if words[word] in telling(frequencies)])


def telling(frequencies: Mapping[str, int]) -> set[str]:
    """The stems to search by: all, where they stand in few passages enough; else the rarest, at least one there is.

    What stands in a good part of a large collection tells little of it apart (compare Elasticsearch's
    `cutoff_frequency`); in a small one nothing is left out.
    """
    kept, places = set[str](), 0
    for word in sorted(frequencies, key=lambda word: (frequencies[word], word)):
        if places and places + frequencies[word] > _PLACES:
            break
        kept.add(word)
        places += frequencies[word]
    return kept
