"""Second look at what was found: an optional cross-encoder."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

import numpy as np

from retrieval.errors import NotConfigured

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder


class Reranker(Protocol):
    """Scores passages against a question; higher is better, comparable within one call only."""

    def score(self, question: str, passages: Sequence[str]) -> list[float]: ...


class CrossEncoderReranker:
    """Any sentence-transformers cross-encoder, by name or folder; loaded at first use."""

    def __init__(self, model: str) -> None:
        self._name = model
        self._lock = threading.Lock()

    @cached_property
    def _model(self) -> CrossEncoder:
        from sentence_transformers import CrossEncoder

        try:
            model: CrossEncoder = CrossEncoder(self._name, device="cpu")
        except OSError as error:
            raise NotConfigured(
                f"The cross-encoder {self._name!r} cannot be loaded: give ONRECORD_CROSS_ENCODER the name or folder of"
                " a sentence-transformers cross-encoder, or leave it unset."
            ) from error
        return model

    def score(self, question: str, passages: Sequence[str]) -> list[float]:
        """One score for each passage."""
        with self._lock:
            model = self._model
        if not passages:
            return []
        scores = model.predict([(question, passage) for passage in passages], show_progress_bar=False)
        return [float(score) for score in np.asarray(scores).reshape(len(passages), -1)[:, -1]]
