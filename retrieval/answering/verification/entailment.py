"""Whether a text entails a sentence, by any cross-encoder for natural language inference."""

from __future__ import annotations

import threading
from functools import cached_property
from typing import Any

import numpy as np

from retrieval.errors import NotConfigured


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
        from sentence_transformers import CrossEncoder

        try:
            return CrossEncoder(self._name)
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
