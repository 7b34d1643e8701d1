"""The seam to language models: messages in, text and tokens out, and every failure as one error."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from retrieval.errors import ModelUnavailable, NotConfigured

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage

_log = logging.getLogger(__name__)

_RETRIES = 2  # by the provider's client, with backoff; it honours Retry-After
_MOST_TOKENS = 800  # of an answer: four sentences and their keys
_EXTRAS = {"openai": "openai", "anthropic": "anthropic", "ollama": "ollama"}


@dataclass(frozen=True, slots=True)
class Completion:
    """What a model wrote; tokens are 0 where the provider does not count them."""

    text: str
    input_tokens: int = 0
    output_tokens: int = 0
    seconds: float = 0.0


class ChatModel(Protocol):
    """Completes a conversation; raises ModelUnavailable where it cannot, whatever the reason."""

    @property
    def name(self) -> str: ...

    def complete(self, messages: Sequence[BaseMessage]) -> Completion: ...


class LangChainModel:
    """Any chat model that LangChain reaches, by "provider:model"; loaded at the first use.

    `timeout` is in seconds, for one attempt and, with the retries, for all. Safe to use from several threads.
    """

    def __init__(self, name: str, *, base_url: str | None = None, timeout: float = 60.0) -> None:
        self.name = name
        self._base_url, self._timeout = base_url, timeout
        self._lock = threading.Lock()

    @cached_property
    def _model(self) -> BaseChatModel:
        from langchain.chat_models import init_chat_model

        options: dict[str, Any] = {"temperature": 0.0}
        provider = self.name.partition(":")[0]
        if provider == "ollama":
            options |= {"client_kwargs": {"timeout": self._timeout}, "num_predict": _MOST_TOKENS}
        else:
            options |= {"timeout": self._timeout, "max_retries": _RETRIES, "max_tokens": _MOST_TOKENS}
        if self._base_url:
            options["base_url"] = self._base_url
        try:
            model: BaseChatModel = init_chat_model(self.name, **options)
        except ImportError as error:
            extra = _EXTRAS.get(provider)
            what = f"pip install 'onrecord[{extra}]'" if extra else f"install LangChain's package for {provider}"
            raise NotConfigured(f"ONRECORD_MODEL={self.name} needs a package that is missing: {what}.") from error
        except ValueError as error:
            raise NotConfigured(
                f"ONRECORD_MODEL={self.name} cannot be used: write provider:model, as in openai:gpt-4o-mini."
            ) from error
        return model

    def complete(self, messages: Sequence[BaseMessage]) -> Completion:
        """What the model writes next; waits no longer than the time-out in all."""
        began = time.perf_counter()
        with self._lock:
            try:
                model = self._model
            except NotConfigured:
                raise
            except Exception as error:
                raise ModelUnavailable(f"{type(error).__name__}: {error}") from error
        message = _within(self._timeout, lambda: model.invoke(list(messages)))
        usage = getattr(message, "usage_metadata", None) or {}
        completion = Completion(
            text=str(message.text),
            input_tokens=int(usage.get("input_tokens", 0)),
            output_tokens=int(usage.get("output_tokens", 0)),
            seconds=time.perf_counter() - began,
        )
        _log.info(
            "%s: %d tokens in, %d out, %.1f s",
            self.name,
            completion.input_tokens,
            completion.output_tokens,
            completion.seconds,
        )
        return completion


def _within(seconds: float, call: Any) -> Any:
    """The outcome of `call`, in a thread that is left behind when it takes too long: retries have no limit in all."""
    outcome: list[Any] = []
    failure: list[BaseException] = []

    def run() -> None:
        try:
            outcome.append(call())
        except Exception as error:  # noqa: BLE001  every provider has errors of its own
            failure.append(error)

    thread = threading.Thread(target=run, daemon=True, name="chat model")
    thread.start()
    thread.join(seconds)
    if thread.is_alive():
        raise ModelUnavailable(f"no answer within {seconds:g} seconds")
    if failure:
        raise ModelUnavailable(f"{type(failure[0]).__name__}: {failure[0]}") from failure[0]
    return outcome[0]
