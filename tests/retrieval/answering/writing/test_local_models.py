"""A language model in this process: a tiny one with random weights, saved as a Hugging Face folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from langchain_core.messages import HumanMessage

from retrieval.answering.writing.local_models import LocalModel
from retrieval.errors import ModelUnavailable, NotConfigured

TEMPLATE = "{% for m in messages %}{{ m['content'] }} {% endfor %}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

    torch.manual_seed(1)
    path = tmp_path_factory.mktemp("model")
    words = ["<s>", "</s>", "<unk>", "the", "bridge", "is", "closed", "open"]
    plain = Tokenizer(models.WordLevel({w: i for i, w in enumerate(words)}, unk_token="<unk>"))
    plain.pre_tokenizer = pre_tokenizers.Whitespace()  # type: ignore[assignment]
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=plain, bos_token="<s>", eos_token="</s>", unk_token="<unk>", chat_template=TEMPLATE
    )
    tokenizer.save_pretrained(path)
    config = LlamaConfig(
        vocab_size=len(words), hidden_size=16, intermediate_size=16, num_hidden_layers=1, num_attention_heads=2,
        num_key_value_heads=2, max_position_embeddings=128, eos_token_id=None,
    )  # fmt: skip
    LlamaForCausalLM(config).save_pretrained(path)
    return path


@pytest.mark.model
def test_it_writes_bit_by_bit_and_counts_its_own_tokens(folder: Path) -> None:
    model = LocalModel(folder, most_tokens=6)
    chunks = list(model.stream([HumanMessage("the bridge")]))
    assert model.window == 128
    assert model.count("the bridge is open") == 4
    assert chunks[-1].input_tokens == 2
    assert "".join(c.text for c in chunks).split()


@pytest.mark.model
def test_whoever_stops_listening_leaves_the_model_free_for_the_next(folder: Path) -> None:
    model = LocalModel(folder, most_tokens=100, timeout=20.0)
    first = model.stream([HumanMessage("the bridge")])
    next(first)
    first.close()  # type: ignore[attr-defined]
    assert list(model.stream([HumanMessage("the bridge")]))


@pytest.mark.model
def test_a_busy_model_is_waited_for_no_longer_than_the_time_out(folder: Path) -> None:
    model = LocalModel(folder, most_tokens=100, timeout=0.1)
    model._writing.acquire()
    with pytest.raises(ModelUnavailable, match="busy"):
        list(model.stream([HumanMessage("the bridge")]))


@pytest.mark.model
def test_what_is_no_model_is_named_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(NotConfigured, match="no such file or folder"):
        LocalModel(tmp_path / "nowhere").count("the")
    (tmp_path / "x.gguf").write_bytes(b"no model at all")
    with pytest.raises(NotConfigured, match="ONRECORD_MODEL=local:"):
        LocalModel(tmp_path / "x.gguf").count("the")
