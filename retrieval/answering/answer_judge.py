"""How likely a sentence answers a question, the two read together: a cross-encoder (Nogueira and Cho, 2019)."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from retrieval.storage.bert import BertEncoder
from retrieval.storage.bundled_model import checked_folder, folder, has_bf16
from retrieval.storage.tokens import cut, encoded, load_tokenizer

if TYPE_CHECKING:
    from tokenizers import Tokenizer
    from torch import Tensor

TAUGHT: Final = Path(__file__).with_name("answer_judge.safetensors")
"""What `python -m tests.benchmarks.fit_judge` makes: see there."""

_QUESTION, _SENTENCE = 64, 128  # tokens that are read


class Judge(Protocol):
    """Says how well sentences answer a question."""

    def scores(self, question: str, sentences: Sequence[str]) -> NDArray[np.float32]:
        """The log-odds of each sentence to answer, beside nothing here that answers; shape (sentences,)."""
        ...


class AnswerJudge:
    """The bundled embedding model, taught to judge: its weights with changes of low rank (Hu et al., 2021) and a head.

    Loaded at first use. Safe to use from several threads.
    """

    def __init__(self, taught: Path = TAUGHT) -> None:
        self._taught = taught
        self._lock = threading.Lock()

    def scores(self, question: str, sentences: Sequence[str]) -> NDArray[np.float32]:
        """See Judge."""
        if not sentences:
            return np.zeros(0, np.float32)
        with self._lock:
            bert, weight, bias = self._model
        scores = np.zeros(len(sentences), np.float32)
        for i, states in bert.states(self._tokens(question, sentences)):
            pooled = np.concatenate((states[0].numpy(), states.numpy().mean(axis=0)))
            scores[i] = pooled @ weight + bias
        return scores

    def _tokens(self, question: str, sentences: Sequence[str]) -> list[list[int]]:
        """[CLS] question [SEP] sentence [SEP], each."""
        (asked,) = self._numbers([question], _QUESTION)
        return [[*asked, *told[1:]] for told in self._numbers(sentences, _SENTENCE)]

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
