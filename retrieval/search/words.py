"""The words of a question that tell what it is about, and how they are asked of the full-text index."""

from __future__ import annotations

import functools
import re
import threading
from collections.abc import Sequence
from importlib.resources import files

import Stemmer

from retrieval.annotation.folding import folded

# Function words and the words questions are made of: they stand in every article or in none.
_FUNCTION_WORDS = frozenset((files(__package__) / "function_words.txt").read_text(encoding="utf-8").split())
_WORD = re.compile(r"[^\W_]+(?:[.'’\-][^\W_]+)*\.?", re.UNICODE)
_TOKEN = re.compile(r"[^\W_]+", re.UNICODE)
_POSSESSIVE = re.compile(r"['’]s?$", re.IGNORECASE)


def content_words(text: str) -> list[str]:
    """The words of `text` that carry its subject, in order, as they stand, possessives cut off, repeats dropped."""
    seen: dict[str, str] = {}
    for match in _WORD.finditer(text):
        word = _POSSESSIVE.sub("", match.group().rstrip("."))
        folded = word.casefold().replace("’", "'")
        if word and folded not in _FUNCTION_WORDS and (len(word) > 1 or word.isdigit()):
            seen.setdefault(folded, word)
    return list(seen.values())


def searched_words(text: str) -> list[str]:
    """The words that the full-text index is asked for: the content words of `text`, where it has any."""
    return (content_words(text) or _TOKEN.findall(text))[:64]


def any_of(words: Sequence[str]) -> str:
    """An FTS5 expression for passages with any of `words`; empty where there are none.

    Each word is quoted, so nothing in it is an operator; one that the index cuts in several ("B-52") is a phrase.
    """
    return " OR ".join('"' + word.replace('"', '""') + '"' for word in words)


def stems(text: str) -> set[str]:
    """The stems of all words of `text` (Porter, as in the full-text index); a hyphenated word also in parts."""
    return set().union(*map(_stems_of, set(_WORD.findall(text))))


@functools.lru_cache(maxsize=65_536)
def _stems_of(word: str) -> tuple[str, ...]:
    """A text has few words that none before it had."""
    word = folded(_POSSESSIVE.sub("", word.rstrip(".")))
    return tuple(_stemmer().stemWords([word, *word.split("-")] if "-" in word else [word]))


@functools.lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The stem of one word, without accents, as in the full-text index."""
    return str(_stemmer().stemWord(folded(_POSSESSIVE.sub("", word.rstrip(".")))))


_stemmers = threading.local()


def _stemmer() -> Stemmer.Stemmer:
    # A stemmer of the library keeps a buffer and is not to be shared by threads.
    stemmer: Stemmer.Stemmer | None = getattr(_stemmers, "porter", None)
    if stemmer is None:
        stemmer = _stemmers.porter = Stemmer.Stemmer("porter")
    return stemmer
