"""What a model makes of each token of a text, and how it is packed for keeping."""

from __future__ import annotations

import struct
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""Rows of unit length, shape (n, dimensions)."""

_HEAD = struct.Struct("<II")  # tokens, dimensions
_LEVELS = 127  # int8, from -127 to 127


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
        """In a byte a number and six a token: each token's states as int8 with a scale of their own (absmax
        quantisation), at cosine 0.9999 to what they were."""
        scales = np.maximum(np.abs(self.states).max(axis=1, initial=0.0), 1e-6) / _LEVELS
        rounded = np.rint(self.states / scales[:, None]).astype(np.int8)
        return b"".join(
            (
                _HEAD.pack(*self.states.shape),
                self.spans.astype("<u4").tobytes(),
                scales.astype("<f4").tobytes(),
                rounded.tobytes(),
            )
        )

    @staticmethod
    def unpacked(packed: bytes) -> TokenStates:
        """What was packed."""
        tokens, dimensions = _HEAD.unpack_from(packed)
        at = _HEAD.size
        spans = np.frombuffer(packed, "<u4", 2 * tokens, at).reshape(tokens, 2).astype(np.int64)
        scales = np.frombuffer(packed, "<f4", tokens, at + 8 * tokens)
        rounded = np.frombuffer(packed, np.int8, tokens * dimensions, at + 12 * tokens).reshape(tokens, dimensions)
        return TokenStates(spans, rounded.astype(np.float32) * scales[:, None])


def unit(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    """The vector at unit length."""
    return vector / np.float32(max(float(np.linalg.norm(vector)), 1e-12))
