"""A judge that prefers what it is told to."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


class Preferring:
    """A judge to whose mind what has a word in it answers, and nothing else does."""

    def __init__(self, word: str) -> None:
        self.word, self.best, self.most = word, 8.0, 0

    def scores(self, question: str, sentences: Sequence[str]) -> NDArray[np.float32]:
        self.most = max(self.most, len(sentences))
        return np.array([self.best if self.word in sentence else -8.0 for sentence in sentences], np.float32)
