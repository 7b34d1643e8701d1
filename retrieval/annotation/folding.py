"""Names and words as they are compared: without case, accents and punctuation."""

from __future__ import annotations

import functools
import re
import unicodedata

_WORD = re.compile(r"[^\W_]+(?:['’ʼ-][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’ʼ]s$")
_NAME = 80  # characters: what is longer is no name
# Letters that Unicode does not take apart into a base and an accent.
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})


def folded(text: str) -> str:
    """`text` in lower case without accents; "Ødegård" and "Odegard" are the same."""
    if text.isascii():  # most are, and of hundreds of thousands of names each character is looked at otherwise
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(c for c in plain if not unicodedata.combining(c))


def folded_words(text: str) -> tuple[str, ...]:
    """The folded words of `text`, without possessives; an initial is a word of one letter."""
    return _remembered_words(text) if len(text) <= _NAME else _words(text)


@functools.lru_cache(maxsize=65_536)
def _remembered_words(name: str) -> tuple[str, ...]:
    """Names are compared again and again."""
    return _words(name)


def _words(text: str) -> tuple[str, ...]:
    return tuple(_POSSESSIVE.sub("", word) for word in _WORD.findall(folded(text)))
