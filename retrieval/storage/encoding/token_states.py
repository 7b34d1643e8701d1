"""What a model makes of each token of a text, and how it is packed for keeping."""

from __future__ import annotations

import struct
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""Rows of unit length, shape (n, dimensions)."""

_HEAD = struct.Struct("<II")  # tokens, dimensions
_IN_BITS = 1 << 31  # set in the number of tokens where states are packed in bits
_BITS = 3
_UPPER = (0.2451, 0.7560, 1.3439, 2.1519)  # the levels above zero, for a standard deviation of 1
_LEVELS = np.array([*(-level for level in reversed(_UPPER)), *_UPPER], np.float32)
_BOUNDS = (_LEVELS[1:] + _LEVELS[:-1]) / 2
_SCALE = np.dtype("<f2")
_LEAST = 1e-12


@dataclass(frozen=True, slots=True)
class TokenStates:
    """What a model makes of each token of a text, in the light of the others.

    `spans` are where the tokens stand in the text, in its order, shape (tokens, 2); `states` are not of unit length,
    shape (tokens, dimensions).
    """

    spans: NDArray[np.int64]
    states: NDArray[np.float32]

    def within(self, start: int, end: int) -> TokenStates:
        """Those of a stretch of the text, with places counted from its beginning."""
        inside = self.inside(start, end)
        return TokenStates(self.spans[inside] - start, self.states[inside])

    def inside(self, start: int, end: int) -> slice:
        """Which tokens lie in a stretch of the text."""
        first = int(np.searchsorted(self.spans[:, 0], start, "left"))
        return slice(first, max(first, int(np.searchsorted(self.spans[:, 1], end, "right"))))

    def pooled(self) -> Vectors:
        """The mean of the states as a unit vector, shape (dimensions,): what the text means in its context."""
        return unit(self.states.mean(axis=0)) if len(self.states) else np.zeros(self.states.shape[1], np.float32)

    def packed(self) -> bytes:
        """In three bits a number, twelve bytes a token and two a dimension: each number as the nearest of eight levels,
        those that lose least of a normal distribution (Max, 1960), times a scale of its token and one of its dimension;
        at cosine 0.98 to what they were, and their means at 0.996."""
        scaled = (self.states / np.maximum(_rms(self.states, axis=1), _LEAST)[:, None]).astype(np.float32, copy=False)
        by_dimension = _rms(scaled, axis=0).astype(_SCALE).astype(np.float32)
        scaled /= np.maximum(by_dimension, _LEAST)
        numbers = np.zeros(scaled.shape, np.uint8)
        for bound in _BOUNDS:  # seven comparisons take a quarter of what a search takes
            numbers += scaled > bound
        levels = _LEVELS[numbers]
        levels *= by_dimension
        squares = np.einsum("td,td->t", levels, levels)
        fitted = np.einsum("td,td->t", self.states, levels) / np.maximum(squares, _LEAST)
        tokens, dimensions = self.states.shape
        planes = [np.packbits(numbers >> bit & 1).tobytes() for bit in range(_BITS)]
        scales = (fitted.astype("<f4").tobytes(), by_dimension.astype(_SCALE).tobytes())
        return b"".join(
            (_HEAD.pack(tokens | _IN_BITS, dimensions), self.spans.astype("<u4").tobytes(), *scales, *planes)
        )

    @staticmethod
    def unpacked(packed: bytes) -> TokenStates:
        """What was packed, also by an older OnRecord."""
        tokens, dimensions = _HEAD.unpack_from(packed)
        if not tokens & _IN_BITS:
            return _of_bytes(packed)
        tokens ^= _IN_BITS
        at = _HEAD.size
        spans = np.frombuffer(packed, "<u4", 2 * tokens, at).reshape(tokens, 2).astype(np.int64)
        by_token = np.frombuffer(packed, "<f4", tokens, at + 8 * tokens)
        by_dimension = np.frombuffer(packed, _SCALE, dimensions, at + 12 * tokens).astype(np.float32)
        at += 12 * tokens + _SCALE.itemsize * dimensions
        numbers = np.zeros(tokens * dimensions, np.uint8)
        for bit, plane in enumerate(np.frombuffer(packed, np.uint8, offset=at).reshape(_BITS, -1)):
            numbers |= np.unpackbits(plane, count=len(numbers)) << bit
        states = _LEVELS[numbers].reshape(tokens, dimensions)
        states *= by_dimension
        states *= by_token[:, None]
        return TokenStates(spans, states)


def _rms(states: NDArray[np.float32], axis: int) -> NDArray[np.float32]:
    """The root mean square along an axis, 0 where there is nothing."""
    squares: NDArray[np.float32] = np.einsum("td,td->t" if axis == 1 else "td,td->d", states, states)
    root: NDArray[np.float32] = np.sqrt(squares / np.float32(max(1, states.shape[axis])))
    return root


def _of_bytes(packed: bytes) -> TokenStates:
    """States in a byte a number with a scale for each token, as they were packed before."""
    tokens, dimensions = _HEAD.unpack_from(packed)
    at = _HEAD.size
    spans = np.frombuffer(packed, "<u4", 2 * tokens, at).reshape(tokens, 2).astype(np.int64)
    scales = np.frombuffer(packed, "<f4", tokens, at + 8 * tokens)
    rounded = np.frombuffer(packed, np.int8, tokens * dimensions, at + 12 * tokens).reshape(tokens, dimensions)
    return TokenStates(spans, rounded.astype(np.float32) * scales[:, None])


def unit(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    """The vector at unit length."""
    return vector / np.float32(max(float(np.linalg.norm(vector)), 1e-12))
