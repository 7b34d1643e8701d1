"""Packed token states are what they were, nearly."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from retrieval.storage.token_states import TokenStates

STATES = arrays.arrays(np.float32, (5, 16), elements=st.floats(-60, 60, width=32))


@given(STATES)
def test_no_number_is_off_by_more_than_half_a_step(states: np.ndarray) -> None:
    spans = np.array([[n * 7, n * 7 + 5] for n in range(len(states))], np.int64)
    unpacked = TokenStates.unpacked(TokenStates(spans, states).packed())
    assert np.array_equal(unpacked.spans, spans)
    step = np.abs(states).max(axis=1, keepdims=True) / 127
    assert np.all(np.abs(unpacked.states - states) <= step * 0.51 + 1e-6)


@pytest.mark.parametrize("tokens", [0, 1])
def test_texts_of_hardly_any_tokens_are_packed_too(tokens: int) -> None:
    states = TokenStates(np.zeros((tokens, 2), np.int64), np.ones((tokens, 8), np.float32))
    unpacked = TokenStates.unpacked(states.packed())
    assert unpacked.states.shape == (tokens, 8)
    assert np.allclose(unpacked.states, states.states)
