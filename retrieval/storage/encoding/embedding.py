"""Text -> vectors: the embedding model, and a deterministic one for tests."""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections import OrderedDict
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from retrieval.errors import NotConfigured
from retrieval.settings import BUNDLED_MODEL
from retrieval.storage.encoding.bert import BertEncoder
from retrieval.storage.encoding.bundled_model import checked_folder, folder, has_bf16
from retrieval.storage.encoding.token_states import TokenStates, Vectors, unit
from retrieval.storage.encoding.tokens import cut, encoded, load_tokenizer

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from tokenizers import Encoding, Tokenizer

_T = TypeVar("_T")

_QUESTIONS = 32  # whose states are remembered: a question is embedded to be searched by, then read to be answered
_BATCH = 32  # passages; larger batches pad more and were no faster on two cores


class Embedder(Protocol):
    """Turns texts into unit vectors.

    `name` is what the catalogue records: vectors of different names are never compared. Texts past `max_tokens` are
    cut by the model, so callers keep below it, by `count_tokens` (which counts no special tokens). `read_documents` is
    `embed_documents` with the states of the texts' tokens, where these cost nothing more; else without any.
    """

    @property
    def name(self) -> str: ...

    @property
    def dimensions(self) -> int: ...

    @property
    def max_tokens(self) -> int: ...

    def count_tokens(self, texts: Sequence[str]) -> list[int]: ...

    def embed_documents(self, texts: Sequence[str]) -> Vectors: ...

    def read_documents(self, texts: Sequence[str]) -> tuple[Vectors, list[bytes]]: ...

    def embed_query(self, text: str) -> Vectors: ...

    def token_states(self, texts: Sequence[str]) -> list[TokenStates]: ...


class SentenceTransformerEmbedder:
    """Any sentence-transformers model; the bundled all-MiniLM-L6-v2 needs no network.

    The bundled model, which is a plain BERT, is computed without sentence-transformers: that saves four seconds of
    imports and a sixth of the work. The model is loaded at the first embedding, its tokenizer at the first count: the
    latter takes milliseconds and no torch. On processors with bf16 instructions the model computes in bf16, at cosine
    0.9999 to fp32 and twice its speed. Safe to use from several threads.
    """

    def __init__(self, model: str = BUNDLED_MODEL) -> None:
        self.name = model
        self._lock = threading.Lock()
        self._asked: OrderedDict[str, NDArray[np.float32]] = OrderedDict()

    @cached_property
    def _folder(self) -> str:
        return str(folder()) if self.name == BUNDLED_MODEL else self.name

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        return load_tokenizer(self._folder)

    @cached_property
    def _bert(self) -> BertEncoder:
        """The bundled model."""
        return BertEncoder(checked_folder(), bf16=has_bf16())

    @cached_property
    def _model(self) -> SentenceTransformer:
        """Any other model."""
        import torch
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging as transformers_logging

        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        kwargs = {"dtype": torch.bfloat16} if has_bf16() else {}
        try:
            return SentenceTransformer(self._folder, device="cpu", model_kwargs=kwargs)
        except OSError as error:
            raise NotConfigured(
                f"The embedding model {self.name!r} cannot be loaded: give ONRECORD_EMBEDDING_MODEL the name or folder"
                f" of a sentence-transformers model, or leave it unset."
            ) from error

    @cached_property
    def dimensions(self) -> int:
        """The length of a vector."""
        if self.name == BUNDLED_MODEL:
            return self._loaded_bert().dimensions
        dimensions = self._loaded_model().get_embedding_dimension()
        assert dimensions is not None
        return dimensions

    @cached_property
    def max_tokens(self) -> int:
        """How many tokens of a text the model reads, special tokens not counted."""
        config = Path(self._folder) / "sentence_bert_config.json"
        if config.exists():
            return int(json.loads(config.read_text(encoding="utf-8"))["max_seq_length"]) - 2
        return int(self._loaded_model().max_seq_length or 512) - 2

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The number of tokens of each text, special tokens not counted."""
        return [len(e.ids) for e in self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)]

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        """One row a text. Texts are batched by length, so that little is padded."""
        if self.name == BUNDLED_MODEL:
            return self._pooled(texts)
        # sentence-transformers sorts by length itself.
        vectors = self._loaded_model().encode_document(
            list(texts), batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(vectors, dtype=np.float32)

    def read_documents(self, texts: Sequence[str]) -> tuple[Vectors, list[bytes]]:
        """See Embedder; the states packed. Of the bundled model alone, whose vectors are made of these very states."""
        if self.name != BUNDLED_MODEL:
            return self.embed_documents(texts), []
        encodings = self._encoded(texts)
        vectors = np.zeros((len(texts), self.dimensions), np.float32)
        kept = [b""] * len(texts)
        for i, states in self._loaded_bert().states([self._cut(e.ids) for e in encodings]):
            rows = states.numpy()
            vectors[i] = unit(rows.mean(axis=0))
            kept[i] = _states(self._cut(encodings[i].offsets), rows).packed()
        return vectors, kept

    def embed_query(self, text: str) -> Vectors:
        """One vector, shape (dimensions,)."""
        if self.name == BUNDLED_MODEL:
            return unit(self._states_of_question(text).mean(axis=0))
        vector = self._loaded_model().encode_query(text, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vector, dtype=np.float32)

    def token_states(self, texts: Sequence[str]) -> list[TokenStates]:
        """The states of each text's tokens, all texts in one batch; no prompt of the model is put before them."""
        if not texts:
            return []
        encodings = self._encoded(texts)
        tokens = [self._cut(e.ids) for e in encodings]
        if self.name != BUNDLED_MODEL:
            states: Sequence[NDArray[np.float32]] = list(self._padded_states(tokens))
        elif (asked := self._asked.get(texts[0])) is not None:
            states = [asked, *self._states(tokens[1:])]
        else:
            states = self._states(tokens)
        return [_states(self._cut(e.offsets), rows) for e, rows in zip(encodings, states, strict=True)]

    def _loaded_bert(self) -> BertEncoder:
        with self._lock:
            return self._bert

    def _loaded_model(self) -> SentenceTransformer:
        with self._lock:
            return self._model

    def _encoded(self, texts: Sequence[str]) -> list[Encoding]:
        return encoded(self._tokenizer, texts, self.max_tokens)

    def _cut(self, tokens: list[_T]) -> list[_T]:
        return cut(tokens, self.max_tokens + 2)

    def _pooled(self, texts: Sequence[str]) -> Vectors:
        """The means of the tokens' states as unit vectors: how the bundled model was trained to be used."""
        vectors = np.zeros((len(texts), self.dimensions), np.float32)
        for i, states in self._loaded_bert().states([self._cut(e.ids) for e in self._encoded(texts)]):
            vectors[i] = unit(states.numpy().mean(axis=0))
        return vectors

    def _states_of_question(self, text: str) -> NDArray[np.float32]:
        states = self._asked.get(text)
        if states is None:
            (states,) = self._states([self._cut(e.ids) for e in self._encoded([text])])
            with self._lock:
                self._asked[text] = states
                while len(self._asked) > _QUESTIONS:
                    self._asked.popitem(last=False)
        return states

    def _states(self, tokens: Sequence[Sequence[int]]) -> list[NDArray[np.float32]]:
        return [states.numpy() for _, states in sorted(self._loaded_bert().states(tokens), key=lambda pair: pair[0])]

    def _padded_states(self, tokens: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        import torch

        shape = (len(tokens), max(map(len, tokens)))
        ids, mask = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
        for row, numbers in enumerate(tokens):
            ids[row, : len(numbers)], mask[row, : len(numbers)] = numbers, 1
        with torch.inference_mode():
            features = self._loaded_model()(
                {"input_ids": torch.from_numpy(ids), "attention_mask": torch.from_numpy(mask)}
            )
        states: NDArray[np.float32] = features["token_embeddings"].float().numpy()
        return states


class HashingEmbedder:
    """Deterministic and instant: a bag of hashed word stems (the hashing trick of Weinberger et al., 2009).

    For tests and dry runs: texts that share words are near each other, nothing else is.
    """

    name = "hashing"
    dimensions = 384
    max_tokens = 254

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Words and punctuation marks."""
        return [len(re.findall(r"\w+|[^\w\s]", text)) for text in texts]

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        """One row a text."""
        return np.stack([self.embed_query(text) for text in texts]) if texts else np.zeros((0, 384), np.float32)

    def read_documents(self, texts: Sequence[str]) -> tuple[Vectors, list[bytes]]:
        """See Embedder."""
        return self.embed_documents(texts), [states.packed() for states in self.token_states(texts)]

    def embed_query(self, text: str) -> Vectors:
        """One vector, shape (384,)."""
        vector = np.zeros(self.dimensions, np.float32)
        for word in re.findall(r"\w+", text.lower()):
            digest = hashlib.blake2b(word[:5].encode("utf-8", "replace"), digest_size=8).digest()
            vector[int.from_bytes(digest[:4], "little") % self.dimensions] += 1.0 if digest[4] & 1 else -1.0
        norm = float(np.linalg.norm(vector))
        if norm == 0.0:
            vector[0], norm = 1.0, 1.0
        return vector / np.float32(norm)

    def token_states(self, texts: Sequence[str]) -> list[TokenStates]:
        """Each word with its own vector, whatever stands beside it."""
        return [
            _states([m.span() for m in re.finditer(r"\w+", text)], self.embed_documents(re.findall(r"\w+", text)))
            for text in texts
        ]


def _states(spans: Sequence[tuple[int, int]], states: NDArray[np.float32]) -> TokenStates:
    """Special tokens, which stand nowhere in the text, are left out."""
    kept = [i for i, (start, end) in enumerate(spans[: len(states)]) if end > start]
    return TokenStates(np.asarray([spans[i] for i in kept], np.int64).reshape(-1, 2), states[kept])
