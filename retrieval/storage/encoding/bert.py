"""The forward pass of a BERT encoder in torch alone, without larger libraries and with little padding."""

from __future__ import annotations

import functools
import json
import math
import os
import sys
import threading
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch import Tensor

_TOKENS = 4_096  # in one pass: larger ones leave the processor's cache, smaller ones fill its units worse (measured)
_LEAST = 128  # tokens that are worth a pass on a core of their own
_FEW = 448  # tokens
_STEP, _WIDE = 32, 256  # tokens: few, and more, are filled up to a multiple: kernels for each length are costly
_ABREAST = 16  # keys: torch's attention takes up to twice as long for a number that is no multiple (measured)
_SOON = 4_096  # tokens: somebody waits for so few
_SHAPES = "64"  # whose kernels oneDNN keeps, of some half a megabyte each
_starting = threading.Lock()
_GIVING_WAY = 5  # of 20, as a process that adds articles gives way to one that answers


@dataclass(frozen=True, slots=True)
class _Dense:
    """`ordered`: whether the weight is in oneDNN's own order."""

    weight: Tensor
    bias: Tensor
    ordered: bool = False

    def __call__(self, x: Tensor) -> Tensor:
        """The product, shape (tokens, outputs)."""
        import torch
        from torch.nn.functional import linear

        if not self.ordered:
            return linear(x, self.weight, self.bias)
        product: Tensor = torch.ops.mkldnn._linear_pointwise(x, self.weight, self.bias, "none", [], "")
        return product


@dataclass(frozen=True, slots=True)
class _Layer:
    """One layer; `attention` makes queries, keys and values at once."""

    attention: _Dense
    attended: _Dense
    attended_norm: _Dense
    intermediate: _Dense
    output: _Dense
    output_norm: _Dense


class BertEncoder:
    """BERT (Devlin et al., 2019) with the weights in `folder`, computed in bf16 or fp32.

    The same numbers as transformers' BertModel, up to rounding. The texts of a pass stand one behind the other, so
    that little padding is computed; attention, which never crosses from one to the next, is done text by text.
    Each core makes passes of its own, which loses less than to have all of them at work in one. What somebody waits
    for is not queued behind whole batches of articles: it has threads of its own, and the others give way to them. All
    encoders of a process share these. Safe to use from several threads. `changes` are added to weights, by their
    names: what else the model was taught.
    """

    def __init__(self, folder: Path, *, bf16: bool, changes: Mapping[str, Tensor] | None = None) -> None:
        os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", _SHAPES)  # it is read at the first pass
        import torch
        from safetensors.torch import load_file

        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        self._heads, self._epsilon = int(config["num_attention_heads"]), float(config["layer_norm_eps"])
        self.dimensions = int(config["hidden_size"])
        kind = torch.bfloat16 if bf16 else torch.float32
        weights = load_file(folder / "model.safetensors")
        for name, change in (changes or {}).items():
            weights[name] = weights[name] + change
        weights = {name: tensor.to(kind) for name, tensor in weights.items()}
        self._words = weights["embeddings.word_embeddings.weight"]
        # All is one sentence: its type is added to every place.
        self._places = (
            weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
        )
        self._norm = _dense(weights, "embeddings.LayerNorm")
        self._layers = [_layer(weights, n) for n in range(int(config["num_hidden_layers"]))]

    def states(self, texts: Sequence[Sequence[int]]) -> Iterator[tuple[int, Tensor]]:
        """The last layer's states of each text, given as token numbers; fp32, shapes (tokens, dimensions).

        With the text's place among `texts`, in the order in which they are done, so that a caller who wants less of
        them need not hold them all.
        """
        under_way: deque[tuple[list[int], Future[tuple[Tensor, ...]]]] = deque()
        lengths = [len(text) for text in texts]
        cores, soon, later = _threads()
        pool = soon if sum(lengths) <= _SOON else later
        for group in _passes(lengths, cores):
            under_way.append((group, pool.submit(self._pass, [texts[i] for i in group])))
            if len(under_way) > cores:
                yield from _done(*under_way.popleft())
        while under_way:
            yield from _done(*under_way.popleft())

    def _pass(self, texts: Sequence[Sequence[int]]) -> tuple[Tensor, ...]:
        import torch

        with torch.inference_mode():
            return self._computed(texts)

    def _computed(self, texts: Sequence[Sequence[int]]) -> tuple[Tensor, ...]:
        import torch
        from torch.nn.functional import gelu

        lengths = [len(text) for text in texts]
        fill = -sum(lengths) % (_STEP if sum(lengths) <= _FEW else _WIDE)
        filled = [*lengths, fill] if fill else lengths
        words = torch.tensor([*(number for text in texts for number in text), *[0] * fill])
        places = torch.cat([torch.arange(length) for length in filled])
        x = self._normalised(self._words[words] + self._places[places], self._norm)
        for layer in self._layers:
            mixed = self._attend(layer.attention(x), filled)
            x = self._normalised(layer.attended(mixed).add_(x), layer.attended_norm)
            inner = gelu(layer.intermediate(x))
            x = self._normalised(layer.output(inner).add_(x), layer.output_norm)
        return torch.split(x.float(), filled)[: len(lengths)]

    def _attend(self, attention: Tensor, lengths: Sequence[int]) -> Tensor:
        """Each text's tokens mixed by attention; texts of one length, which stand together, at once."""
        import torch
        from torch.nn.functional import scaled_dot_product_attention

        mixed = torch.empty(attention.shape[0], self.dimensions, dtype=attention.dtype)
        at = 0
        for length, count in _runs(lengths):
            rows = slice(at, at + length * count)
            parts = attention[rows].view(count, length, 3, self._heads, -1).permute(2, 0, 3, 1, 4)
            (query,), (keys, mask) = parts[:1], _abreast(parts[1:])
            heads = scaled_dot_product_attention(query, keys[0], keys[1], attn_mask=mask)
            mixed[rows] = heads.transpose(1, 2).reshape(-1, self.dimensions)
            at = rows.stop
        return mixed

    def _normalised(self, x: Tensor, norm: _Dense) -> Tensor:
        from torch.nn.functional import layer_norm

        return layer_norm(x, (self.dimensions,), norm.weight, norm.bias, self._epsilon)


@functools.cache
def _threads() -> tuple[int, ThreadPoolExecutor, ThreadPoolExecutor]:
    """The number of cores; threads for what somebody waits for, and those that give way to them."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return (
        cores,
        ThreadPoolExecutor(cores, thread_name_prefix="reading", initializer=_on_one_core),
        ThreadPoolExecutor(cores, thread_name_prefix="encoding", initializer=_on_one_core, initargs=(_GIVING_WAY,)),
    )


def _on_one_core(giving_way: int = 0) -> None:
    """Make a thread compute by itself, so many steps of niceness behind others (on Linux, where threads have it)."""
    import torch

    with _starting:
        # torch notes this thread's number as that of all threads which begin to compute later, so another thread has to
        # say again what that is to be. This one has to have begun by then: the first question after it begins it.
        others = torch.get_num_threads()
        torch.set_num_threads(1)
        setting = threading.Thread(target=torch.set_num_threads, args=(others,))
        setting.start()
        setting.join()
    if giving_way and sys.platform == "linux":
        thread = threading.get_native_id()
        os.setpriority(os.PRIO_PROCESS, thread, os.getpriority(os.PRIO_PROCESS, thread) + giving_way)


def _dense(weights: dict[str, Tensor], name: str) -> _Dense:
    return _Dense(weights[f"{name}.weight"], weights[f"{name}.bias"])


def _ordered(dense: _Dense) -> _Dense:
    """The same with its weight in oneDNN's own order, which it would otherwise be put in at each pass, at a seventh of
    what a short one costs; with the operators of torch's own compiler, and as it is where torch lacks them."""
    import torch

    ours = torch.ops.mkldnn
    if dense.weight.dtype != torch.bfloat16 or not hasattr(ours, "_reorder_linear_weight"):
        return dense
    with torch.inference_mode():
        return replace(dense, weight=ours._reorder_linear_weight(dense.weight), ordered=True)


def _layer(weights: dict[str, Tensor], number: int) -> _Layer:
    import torch

    name = f"encoder.layer.{number}"
    parts = [_dense(weights, f"{name}.attention.self.{part}") for part in ("query", "key", "value")]
    return _Layer(
        attention=_ordered(_Dense(torch.cat([p.weight for p in parts]), torch.cat([p.bias for p in parts]))),
        attended=_ordered(_dense(weights, f"{name}.attention.output.dense")),
        attended_norm=_dense(weights, f"{name}.attention.output.LayerNorm"),
        intermediate=_ordered(_dense(weights, f"{name}.intermediate.dense")),
        output=_ordered(_dense(weights, f"{name}.output.dense")),
        output_norm=_dense(weights, f"{name}.output.LayerNorm"),
    )


def _abreast(keys: Tensor) -> tuple[Tensor, Tensor | None]:
    """Keys and values, shape (2, texts, heads, tokens, dimensions), filled up to a multiple of `_ABREAST` tokens; and
    the mask that keeps what was filled in from being seen, shape (1, 1, 1, tokens)."""
    import torch
    from torch.nn.functional import pad

    length = keys.shape[-2]
    fill = -length % _ABREAST
    if not fill:
        return keys, None
    mask = torch.zeros(length + fill, dtype=keys.dtype)
    mask[length:] = -math.inf
    return pad(keys, (0, 0, 0, fill)), mask.expand(1, 1, 1, -1)


def _done(group: Sequence[int], future: Future[tuple[Tensor, ...]]) -> Iterator[tuple[int, Tensor]]:
    return zip(group, future.result(), strict=True)


def _passes(lengths: Sequence[int], cores: int) -> Iterator[list[int]]:
    """The texts' positions, longest first, in groups of about `_TOKENS` tokens, fewer where a core would have none."""
    most = min(_TOKENS, max(_LEAST, -(-sum(lengths) // cores)))
    group: list[int] = []
    tokens = 0
    for i in sorted(range(len(lengths)), key=lambda i: -lengths[i]):
        if group and tokens + lengths[i] // 2 > most:
            yield group
            group, tokens = [], 0
        group.append(i)
        tokens += lengths[i]
    if group:
        yield group


def _runs(lengths: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Lengths that follow each other, each with how often."""
    at = 0
    while at < len(lengths):
        end = at
        while end < len(lengths) and lengths[end] == lengths[at]:
            end += 1
        yield lengths[at], end - at
        at = end
