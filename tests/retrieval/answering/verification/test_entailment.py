"""Entailment by a cross-encoder: which of its outputs counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from retrieval.answering.verification.entailment import CrossEncoderEntailment
from retrieval.errors import NotConfigured


def tiny(folder: Path, labels: list[str]) -> str:
    """A cross-encoder with random weights and the smallest vocabulary."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    torch.manual_seed(1)
    folder.mkdir()
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "the", "bridge", "is", "closed", "open"]
    (folder / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    BertTokenizerFast(vocab_file=str(folder / "vocab.txt")).save_pretrained(folder)
    config = BertConfig(
        vocab_size=len(words), hidden_size=8, num_hidden_layers=1, num_attention_heads=1, intermediate_size=8,
        max_position_embeddings=64, id2label=dict(enumerate(labels)),
        label2id={label: at for at, label in enumerate(labels)},
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(folder)
    return str(folder)


@pytest.mark.model
def test_the_share_of_entailment_is_taken_wherever_the_label_stands(tmp_path: Path) -> None:
    first = CrossEncoderEntailment(tiny(tmp_path / "a", ["entailment", "neutral", "contradiction"]))
    last = CrossEncoderEntailment(tiny(tmp_path / "b", ["contradiction", "neutral", "Entailment"]))
    pair = ("the bridge is closed", "the bridge is open")
    assert 0 < first(*pair) < 1
    assert 0 < last(*pair) < 1
    assert first(*pair) + last(*pair) < 1  # the same weights: the first and the last of three shares


@pytest.mark.model
def test_a_model_that_judges_no_entailment_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(NotConfigured, match="no label “entailment”"):
        CrossEncoderEntailment(tiny(tmp_path / "c", ["toxic", "fine"]))("the", "bridge")
    with pytest.raises(NotConfigured, match="cannot be loaded"):
        CrossEncoderEntailment(str(tmp_path / "nowhere"))("the", "bridge")
