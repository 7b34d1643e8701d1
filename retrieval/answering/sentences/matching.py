"""How far the words of a question are met in a sentence: by themselves, or by words that mean the same there.

The latter is the late interaction of ColBERT (Khattab and Zaharia, SIGIR 2020) with the states of an ordinary embedding
model: each word of the question takes the nearest token of the sentence, so that "lorries" meets "trucks".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.storage.encoding.token_states import TokenStates, Vectors

_LETTER = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class WordVectors:
    """Words of a question, as the model sees them there: shape (words, dimensions), unit length."""

    words: tuple[str, ...]
    vectors: Vectors


def word_vectors(text: str, words: tuple[str, ...], states: TokenStates) -> WordVectors:
    """The vector of each word of `text`: the mean of its tokens where it stands first."""
    rows = []
    kept = []
    for word in words:
        start = _place(word, text)
        if start is None:
            continue
        inside = (states.spans[:, 0] < start + len(word)) & (states.spans[:, 1] > start)
        if inside.any():
            rows.append(states.states[inside].mean(axis=0))
            kept.append(word)
    found = np.stack(rows) if rows else np.zeros((0, states.states.shape[1]), np.float32)
    return WordVectors(tuple(kept), unit_rows(found))


def _place(word: str, text: str) -> int | None:
    """Where a word begins that is no part of another; found without a pattern, which takes longer to make than this."""
    start = text.find(word)
    while start >= 0:
        end = start + len(word)
        if not (_LETTER.match(text[start - 1 : start]) or _LETTER.match(text[end : end + 1])):
            return start
        start = text.find(word, start + 1)
    return None


def nearness(question: WordVectors, sentence: TokenStates) -> NDArray[np.float32]:
    """For each word of the question and each token of the sentence how near they are, in [0, 1]; (words, tokens)."""
    cosines: NDArray[np.float32] = question.vectors @ unit_rows(sentence.states).T
    return np.clip(cosines, 0.0, 1.0)


def unit_rows(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """The rows at unit length."""
    norms = np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)
    unit: NDArray[np.float32] = (rows / norms).astype(np.float32)
    return unit
