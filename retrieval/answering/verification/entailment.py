"""Whether a text entails a sentence, by what the bundled model was taught, or by any cross-encoder."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np

from retrieval.errors import NotConfigured
from retrieval.storage.encoding.cross_encoder import CrossEncoder

TAUGHT: Final = Path(__file__).with_name("entailment.safetensors")
"""What `python -m tests.benchmarks.fit_entailment` makes: see there."""


class TaughtEntailment:
    """Whether news bears a sentence out, by the bundled model, taught to tell; loaded at first use."""

    def __init__(self, taught: Path = TAUGHT) -> None:
        self._encoder = CrossEncoder(taught, first_tokens=64, second_tokens=160)

    def __call__(self, sentence: str, excerpts: Sequence[str]) -> float:
        """The mean of the log-odds that each of `excerpts` of the same sources bears it out."""
        return float(self._encoder.scores(sentence, excerpts).mean())


class CrossEncoderEntailment:
    """The probability that a premise entails a hypothesis, by the cross-encoder `name`; loaded at the first use.

    A model with a label "entailment" gives that label's share among its labels; one with a single output gives its
    score between 0 and 1.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._lock = threading.Lock()

    def __call__(self, premise: str, hypothesis: str) -> float:
        """In [0, 1]."""
        with self._lock:
            raw = np.asarray(self._model.predict([(premise, hypothesis)], activation_fn=_identity()))[0]
        scores = np.atleast_1d(raw).astype(np.float64)
        if scores.size == 1:
            return float(1 / (1 + np.exp(-scores[0])))
        shares = np.exp(scores - scores.max())
        return float(shares[self._place] / shares.sum())

    @cached_property
    def _model(self) -> Any:
        import sentence_transformers

        try:
            return sentence_transformers.CrossEncoder(self._name)
        except (OSError, ValueError) as error:
            raise NotConfigured(f"ONRECORD_ENTAILMENT_MODEL={self._name} cannot be loaded: {error}") from error

    @cached_property
    def _place(self) -> int:
        """Which of the model's labels is entailment."""
        labels: dict[int, str] = self._model.model.config.id2label
        place = next((at for at, label in labels.items() if label.casefold().startswith("entail")), None)
        if place is None:
            raise NotConfigured(
                f"ONRECORD_ENTAILMENT_MODEL={self._name} has no label “entailment”, only {', '.join(labels.values())}:"
                " name a model for natural language inference."
            )
        return int(place)


def _identity() -> Any:
    from torch import nn

    return nn.Identity()
