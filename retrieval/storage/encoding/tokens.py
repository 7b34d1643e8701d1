"""Text -> the numbers of a model's tokens."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer

_T = TypeVar("_T")

_LONGEST_TOKEN = 40  # characters; what is past the model's tokens is not read, so it is not cut in tokens either


def load_tokenizer(model: str) -> Tokenizer:
    """The tokenizer of a model, given by name or folder; it neither cuts nor pads."""
    file = Path(model) / "tokenizer.json"
    if not file.exists():
        from transformers import AutoTokenizer

        tokenizer: Tokenizer = AutoTokenizer.from_pretrained(model).backend_tokenizer
    else:
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(file))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def encoded(tokenizer: Tokenizer, texts: Sequence[str], limit: int) -> list[Encoding]:
    """The tokens of each text, of which `limit` are to be read: of a much longer text only its beginning."""
    return tokenizer.encode_batch([text[: limit * _LONGEST_TOKEN] for text in texts])


def cut(tokens: list[_T], limit: int) -> list[_T]:
    """Of what each token has, special ones counted, what a model reads: the first ones, and the special last one."""
    return tokens if len(tokens) <= limit else [*tokens[: limit - 1], tokens[-1]]
