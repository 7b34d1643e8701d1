"""Any chat model that LangChain reaches, by "provider:model"."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from retrieval.answering.chat_models import MOST_TOKENS, Chunk, estimated_tokens
from retrieval.errors import ModelUnavailable, NotConfigured

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage

_log = logging.getLogger(__name__)

_RETRIES = 2  # after a failure before the first word, with backoff
_BACKOFF = 1.0  # seconds before the first retry of ours, doubled for each further one
_EXTRAS = {"openai": "openai", "anthropic": "anthropic", "ollama": "ollama"}
_CLIENT_RETRIES = ("openai", "anthropic")  # their clients retry by themselves, and honour Retry-After
_END = object()


class LangChainModel:
    """A chat model by its LangChain name; loaded at the first use.

    `timeout` is in seconds, for one attempt and, with the retries, for all. `window` is in tokens; without it, it is
    what LangChain knows of the model. `most_tokens` bounds what is written.
    """

    def __init__(
        self,
        name: str,
        *,
        base_url: str | None = None,
        timeout: float = 60.0,
        window: int | None = None,
        most_tokens: int = MOST_TOKENS,
    ) -> None:
        self.name = name
        self._base_url, self._timeout, self._window = base_url, timeout, window
        self._most = most_tokens
        self._provider = name.partition(":")[0]
        self._lock = threading.Lock()

    @property
    def window(self) -> int | None:
        """Tokens read and written in all, None where nobody knows."""
        if self._window is None:
            profile = getattr(self._loaded(), "profile", None) or {}
            self._window = profile.get("max_input_tokens") if isinstance(profile, dict) else None
        return self._window

    def count(self, text: str) -> int:
        """An estimate: providers count only what they have read."""
        return estimated_tokens(text)

    def stream(self, messages: Sequence[BaseMessage]) -> Iterator[Chunk]:
        """What the model writes next; waits no longer than the time-out in all."""
        model, deadline = self._loaded(), time.monotonic() + self._timeout
        attempts = 1 if self._provider in _CLIENT_RETRIES else 1 + _RETRIES
        for attempt in range(attempts):
            begun = False
            try:
                for chunk in self._bits(model, list(messages), deadline):
                    begun = True
                    yield chunk
                return
            except ModelUnavailable as error:
                pause = _BACKOFF * 2**attempt
                if begun or attempt + 1 == attempts or time.monotonic() + pause > deadline:
                    raise
                _log.info("%s: %s; asked again in %g s", self.name, error, pause)
                time.sleep(pause)

    def _bits(self, model: BaseChatModel, messages: list[BaseMessage], deadline: float) -> Iterator[Chunk]:
        """One attempt, in a thread that is left behind when it takes too long: retries of a client have no limit."""
        bits: queue.SimpleQueue[Any] = queue.SimpleQueue()
        left = threading.Event()

        def run() -> None:
            try:
                for message in model.stream(messages):
                    bits.put(message)
                    if left.is_set():
                        return
                bits.put(_END)
            except Exception as error:  # noqa: BLE001  every provider has errors of its own
                bits.put(error)

        threading.Thread(target=run, daemon=True, name="chat model").start()
        usage = {"input_tokens": 0, "output_tokens": 0}
        written = False
        try:
            while True:
                try:
                    bit = bits.get(timeout=max(0.0, deadline - time.monotonic()))
                except queue.Empty:
                    raise ModelUnavailable(f"no answer within {self._timeout:g} seconds") from None
                if bit is _END:
                    break
                if isinstance(bit, Exception):
                    raise ModelUnavailable(f"{type(bit).__name__}: {bit}") from bit
                told = getattr(bit, "usage_metadata", None) or {}
                usage = {name: max(count, int(told.get(name) or 0)) for name, count in usage.items()}
                if text := str(bit.text):
                    written = True
                    yield Chunk(text)
        finally:
            left.set()
        if not written and not usage["output_tokens"]:
            raise ModelUnavailable("an empty reply")
        yield Chunk("", usage["input_tokens"], usage["output_tokens"])

    def _loaded(self) -> BaseChatModel:
        with self._lock:
            try:
                return self._model
            except NotConfigured:
                raise
            except Exception as error:
                raise ModelUnavailable(f"{type(error).__name__}: {error}") from error

    @cached_property
    def _model(self) -> BaseChatModel:
        from langchain.chat_models import init_chat_model

        options: dict[str, Any] = {"temperature": 0.0}
        if self._provider == "ollama":
            options |= {"client_kwargs": {"timeout": self._timeout}, "num_predict": self._most}
        else:
            options |= {"timeout": self._timeout, "max_retries": _RETRIES, "max_tokens": self._most}
        if self._provider == "openai":
            options["stream_usage"] = True  # else a stream tells no tokens
        if self._base_url:
            options["base_url"] = self._base_url
        try:
            model: BaseChatModel = init_chat_model(self.name, **options)
        except ImportError as error:
            extra = _EXTRAS.get(self._provider)
            what = f"pip install 'onrecord[{extra}]'" if extra else f"install LangChain's package for {self._provider}"
            raise NotConfigured(f"ONRECORD_MODEL={self.name} needs a package that is missing: {what}.") from error
        except ValueError as error:
            raise NotConfigured(
                f"ONRECORD_MODEL={self.name} cannot be used: write provider:model, as in openai:gpt-4o-mini."
            ) from error
        return model
