"""A model's tokens: how many of a text are read."""

from __future__ import annotations

import pytest

from retrieval.storage.encoding.bundled_model import folder
from retrieval.storage.encoding.tokens import cut, encoded, load_tokenizer


def test_what_is_cut_keeps_its_beginning_and_the_special_token_at_its_end() -> None:
    assert cut([101, 1, 2, 3, 102], 4) == [101, 1, 2, 102]
    assert cut([101, 1, 2, 102], 4) == [101, 1, 2, 102]


@pytest.mark.model
def test_a_tokenizer_neither_cuts_nor_pads_and_reads_no_more_of_a_text_than_is_wanted() -> None:
    tokenizer = load_tokenizer(str(folder()))
    short, long = encoded(tokenizer, ["one quay", "quay " * 2_000], 1_000)
    assert short.tokens == ["[CLS]", "one", "quay", "[SEP]"]
    assert len(long.ids) > 1_000
    (begun,) = encoded(tokenizer, ["quay " * 2_000], 10)
    assert 10 < len(begun.ids) < 100
