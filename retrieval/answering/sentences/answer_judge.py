"""How likely a sentence answers a question, the two read together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from retrieval.storage.encoding.cross_encoder import CrossEncoder

TAUGHT: Final = Path(__file__).with_name("answer_judge.safetensors")
"""What `python -m tests.benchmarks.fit_judge` makes: see there."""


class Judge(Protocol):
    """Says how well sentences answer a question."""

    def scores(self, question: str, sentences: Sequence[str]) -> NDArray[np.float32]:
        """The log-odds of each sentence to answer, beside nothing here that answers; shape (sentences,)."""
        ...


class AnswerJudge:
    """The bundled model, taught to judge. Loaded at first use; safe to use from several threads."""

    def __init__(self, taught: Path = TAUGHT) -> None:
        self._encoder = CrossEncoder(taught, first_tokens=64, second_tokens=128)

    def scores(self, question: str, sentences: Sequence[str]) -> NDArray[np.float32]:
        """See Judge."""
        return self._encoder.scores(question, sentences)
