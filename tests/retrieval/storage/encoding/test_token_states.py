"""Packed token states are what they were, nearly."""

from __future__ import annotations

import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from retrieval.storage.encoding.token_states import TokenStates

STATES = arrays.arrays(np.float32, (5, 16), elements=st.floats(-60, 60, width=32))


@given(STATES)
def test_whatever_a_model_makes_of_a_text_comes_back_where_it_stood(states: np.ndarray) -> None:
    spans = np.array([[n * 7, n * 7 + 5] for n in range(len(states))], np.int64)
    unpacked = TokenStates.unpacked(TokenStates(spans, states).packed())
    assert np.array_equal(unpacked.spans, spans)
    assert np.all(np.isfinite(unpacked.states))
    assert np.all(np.linalg.norm(unpacked.states, axis=1) <= 1.01 * np.linalg.norm(states, axis=1) + 1e-3)


@given(st.integers(0, 1_000_000), st.floats(0.01, 1_000))
def test_what_is_packed_points_where_it_did(seed: int, size: float) -> None:
    """Also where one dimension is far larger than the others, as in some models."""
    rng = np.random.default_rng(seed)
    states = (rng.normal(size=(100, 384)) * size).astype(np.float32)
    states[:, 7] *= 10
    before = TokenStates(np.zeros((100, 2), np.int64), states)
    after = TokenStates.unpacked(before.packed())
    cosines = _cosines(after.states, states)
    assert cosines.mean() > 0.97
    assert cosines.min() > 0.9
    assert after.pooled() @ before.pooled() > 0.95


def test_what_an_older_onrecord_packed_is_read_still() -> None:
    states = np.random.default_rng(1).normal(size=(9, 16)).astype(np.float32)
    spans = np.array([[n * 7, n * 7 + 5] for n in range(9)], np.int64)
    scales = np.abs(states).max(axis=1) / 127
    rounded = np.rint(states / scales[:, None]).astype(np.int8)
    head = struct.pack("<II", 9, 16)
    packed = head + spans.astype("<u4").tobytes() + scales.astype("<f4").tobytes() + rounded.tobytes()
    unpacked = TokenStates.unpacked(packed)
    assert np.array_equal(unpacked.spans, spans)
    assert np.all(np.abs(unpacked.states - states) <= scales[:, None] * 0.51 + 1e-6)


def _cosines(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    return (one * other).sum(axis=1) / np.linalg.norm(one, axis=1) / np.linalg.norm(other, axis=1)


@pytest.mark.parametrize("tokens", [0, 1])
def test_texts_of_hardly_any_tokens_are_packed_too(tokens: int) -> None:
    states = TokenStates(np.zeros((tokens, 2), np.int64), np.ones((tokens, 8), np.float32))
    unpacked = TokenStates.unpacked(states.packed())
    assert unpacked.states.shape == (tokens, 8)
    assert np.allclose(unpacked.states, states.states)
