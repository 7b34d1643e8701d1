"""A language model in this process, through transformers: a GGUF file or a Hugging Face folder; no server, no key."""

from __future__ import annotations

import contextlib
import io
import queue
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from retrieval.answering.writing.chat_models import MOST_TOKENS, Chunk
from retrieval.errors import ModelUnavailable, NotConfigured

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

PREFIX = "local:"

_ROLES = {"system": "system", "human": "user", "ai": "assistant"}
_END = object()


class LocalModel:
    """A causal language model with a chat template, loaded from `path` at the first use; one answer at a time.

    `timeout` is in seconds, for one answer, the wait for another's included; `most_tokens` bounds what is written.
    """

    def __init__(self, path: Path, *, timeout: float = 60.0, most_tokens: int = MOST_TOKENS) -> None:
        self.name = f"{PREFIX}{path}"
        self._path, self._timeout, self._most = path, timeout, most_tokens
        self._loading, self._writing = threading.Lock(), threading.Lock()
        self._loaded: tuple[Any, Any] | None = None

    @property
    def window(self) -> int | None:
        """The positions that the model was trained with."""
        model, _ = self._load()
        return int(getattr(model.config, "max_position_embeddings", 0)) or None

    def check(self) -> None:
        """That there is something at its path; whether that is a model is known once it is loaded."""
        if not self._path.exists():
            raise _missing(self._path)

    def count(self, text: str) -> int:
        """The model's own tokens."""
        return len(self._load()[1](text, add_special_tokens=False)["input_ids"])

    def stream(self, messages: Sequence[BaseMessage]) -> Iterator[Chunk]:
        """What the model writes next, the likeliest word each time."""
        model, tokenizer = self._load()
        deadline = time.monotonic() + self._timeout
        if not self._writing.acquire(timeout=self._timeout):
            raise ModelUnavailable("it is busy with other answers")
        stopped = threading.Event()
        bits: queue.SimpleQueue[Any] = queue.SimpleQueue()
        try:
            turns = [{"role": _ROLES[m.type], "content": str(m.text)} for m in messages]
            asked = tokenizer.apply_chat_template(
                turns, add_generation_prompt=True, return_tensors="pt", return_dict=True
            )
            thread = threading.Thread(
                target=_generate,
                args=(model, tokenizer, asked, self._most, stopped, deadline, bits),
                daemon=True,
                name="local model",
            )
            thread.start()
        except Exception as error:
            self._writing.release()
            raise ModelUnavailable(f"{type(error).__name__}: {error}") from error
        written: list[str] = []
        try:
            while (bit := bits.get()) is not _END:
                if isinstance(bit, Exception):
                    raise ModelUnavailable(f"{type(bit).__name__}: {bit}") from bit
                written.append(bit)
                yield Chunk(bit)
            if not written and time.monotonic() > deadline:
                raise ModelUnavailable(f"no answer within {self._timeout:g} seconds")
            yield Chunk("", int(asked["input_ids"].shape[1]), self.count("".join(written)))
        finally:
            stopped.set()
            thread.join()  # it looks at `stopped` after each token
            self._writing.release()

    def _load(self) -> tuple[Any, Any]:
        with self._loading:
            if self._loaded is None:
                self._loaded = _load(self._path)
            return self._loaded


def _missing(path: Path) -> NotConfigured:
    return NotConfigured(f"ONRECORD_MODEL={PREFIX}{path}: there is no such file or folder.")


def _load(path: Path) -> tuple[Any, Any]:
    """Model and tokenizer; NotConfigured with the reason where they cannot be had from `path`."""
    if not path.exists():
        raise _missing(path)
    from transformers import AutoModelForCausalLM, AutoTokenizer

    options: dict[str, Any] = {"local_files_only": True}
    folder = path
    if path.is_file():
        folder, options["gguf_file"] = path.parent, path.name
    try:
        with contextlib.redirect_stderr(io.StringIO()):  # of a GGUF file it prints a bar that nothing switches off
            tokenizer = AutoTokenizer.from_pretrained(folder, **options)
            model: Any = AutoModelForCausalLM.from_pretrained(folder, **options)
            model.eval()
    except (ImportError, OSError, ValueError, KeyError, NotImplementedError) as error:
        if isinstance(error, ImportError) or "pip install" in str(error):
            raise NotConfigured(
                f"ONRECORD_MODEL={PREFIX}{path} needs a package that is missing: pip install 'onrecord[local]'."
            ) from error
        raise NotConfigured(f"ONRECORD_MODEL={PREFIX}{path} is no model that transformers can read: {error}") from error
    if not getattr(tokenizer, "chat_template", None):
        raise NotConfigured(f"ONRECORD_MODEL={PREFIX}{path} has no chat template: choose an instruct model.")
    return model, tokenizer


def _generate(
    model: Any, tokenizer: Any, asked: Any, most: int, stopped: threading.Event, deadline: float, bits: Any
) -> None:
    """Write into `bits`, one string after the other, then _END; in place of it whatever went wrong."""
    from transformers import StoppingCriteria, StoppingCriteriaList, TextIteratorStreamer

    class Told(StoppingCriteria):
        def __call__(self, *_: Any, **__: Any) -> bool:
            return stopped.is_set() or time.monotonic() > deadline

    class Into(TextIteratorStreamer):
        def on_finalized_text(self, text: str, stream_end: bool = False) -> None:
            if text:
                bits.put(text)

    try:
        model.generate(
            **asked,
            max_new_tokens=most,
            do_sample=False,
            streamer=Into(tokenizer, skip_prompt=True, skip_special_tokens=True),
            stopping_criteria=StoppingCriteriaList([Told()]),
            pad_token_id=tokenizer.eos_token_id,
        )
        bits.put(_END)
    except Exception as error:  # noqa: BLE001  whoever waits has to hear of it
        bits.put(error)
