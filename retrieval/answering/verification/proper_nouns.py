"""Names that the parser takes for common nouns: inside its sentences, too, the article writes them with a capital."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

_INSIDE = re.compile(r"(?<=[a-z,] )[A-Z][\w’'-]*\w")
_WORD = re.compile(r"(?<![\w’'-])[a-z][\w’'-]*\w")


@functools.lru_cache(maxsize=256)
def proper_nouns(article: str) -> frozenset[str]:
    """The words that an article has with a capital inside a sentence and never without."""
    return frozenset(_INSIDE.findall(article)) - {word.capitalize() for word in _WORD.findall(article)}


def with_names(doc: Doc, names: frozenset[str]) -> Doc:
    """A parsed sentence in which those nouns are tagged as names."""
    mistaken = [t.i for t in doc if t.tag_ in ("NN", "NNS") and t.text in names]
    if not mistaken:
        return doc
    tagged = doc.copy()
    for at in mistaken:
        tagged[at].tag_ = "NNP" if tagged[at].tag_ == "NN" else "NNPS"
    return tagged
