"""Reads two texts together and scores the pair: a cross-encoder (Nogueira and Cho, 2019) on the bundled model."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from retrieval.storage.encoding.bert import BertEncoder
from retrieval.storage.encoding.bundled_model import checked_folder, folder, has_bf16
from retrieval.storage.encoding.tokens import cut, encoded, load_tokenizer

if TYPE_CHECKING:
    from tokenizers import Tokenizer
    from torch import Tensor


class CrossEncoder:
    """The bundled embedding model, taught to score: its weights with changes of low rank (Hu et al., 2021) and a head.

    `taught` is what a benchmark that fits one wrote (`tests.benchmarks.taught`). Of the two texts so many tokens are
    read. Loaded at first use. Safe to use from several threads.
    """

    def __init__(self, taught: Path, *, first_tokens: int, second_tokens: int) -> None:
        self._taught, self._limits = taught, (first_tokens, second_tokens)
        self._lock = threading.Lock()

    def scores(self, first: str, seconds: Sequence[str]) -> NDArray[np.float32]:
        """The log-odds of `first` beside each of `seconds`; shape (seconds,)."""
        if not seconds:
            return np.zeros(0, np.float32)
        with self._lock:
            bert, weight, bias = self._model
        scores = np.zeros(len(seconds), np.float32)
        for i, states in bert.states(self._tokens(first, seconds)):
            pooled = np.concatenate((states[0].numpy(), states.numpy().mean(axis=0)))
            scores[i] = pooled @ weight + bias
        return scores

    def _tokens(self, first: str, seconds: Sequence[str]) -> list[list[int]]:
        """[CLS] first [SEP] second [SEP], each."""
        (begun,) = self._numbers([first], self._limits[0])
        return [[*begun, *ended[1:]] for ended in self._numbers(seconds, self._limits[1])]

    def _numbers(self, texts: Sequence[str], limit: int) -> list[list[int]]:
        return [cut(e.ids, limit) for e in encoded(self._tokenizer, texts, limit)]

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        return load_tokenizer(str(folder()))

    @cached_property
    def _model(self) -> tuple[BertEncoder, NDArray[np.float32], float]:
        from safetensors.torch import load_file

        taught = load_file(self._taught)
        head = taught.pop("head").float().numpy()
        return BertEncoder(checked_folder(), bf16=has_bf16(), changes=added(taught)), head[:-1], float(head[-1])


def added(taught: dict[str, Tensor]) -> dict[str, Tensor]:
    """What is added to each weight: as it stands, or the product of an "up" and a "down"."""
    changes = {}
    for name, tensor in taught.items():
        if name.endswith(".up"):
            stem = name.removesuffix(".up")
            changes[stem] = tensor.float() @ taught[f"{stem}.down"].float()
        elif not name.endswith(".down"):
            changes[name] = tensor.float()
    return changes
