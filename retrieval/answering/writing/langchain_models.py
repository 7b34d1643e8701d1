"""Any chat model that LangChain reaches, by "provider:model"."""

from __future__ import annotations

import logging
import os
import queue
import threading
import time
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from retrieval.answering.writing.chat_models import MOST_TOKENS, Chunk, estimated_tokens
from retrieval.errors import ModelUnavailable, NotConfigured

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage

_log = logging.getLogger(__name__)

_RETRIES = 2  # after a failure before the first word, with backoff
_BACKOFF = 0.5  # seconds before the first retry, doubled for each further one
_EXTRAS = {"openai": "openai", "anthropic": "anthropic", "ollama": "ollama"}
_KEYS = {"openai": "OPENAI_API_KEY", "anthropic": "ANTHROPIC_API_KEY"}
_BUSY = (408, 409, 429)  # of the HTTP statuses of the 400s, those that may pass
_REASONING_TOKENS = 4000  # of an answer, at least, where a model also reasons in them
# What a model or server may refuse, as its message names it, and our option: without it, the model still answers.
_REFUSABLE = {"temperature": "temperature", "stream_options": "stream_usage", "response_format": "json"}
_JSON_MODE: dict[str, dict[str, Any]] = {
    # In the body, since LangChain's own option reads the whole reply again at its end, and fails on many servers there.
    "openai": {"extra_body": {"response_format": {"type": "json_object"}}},
    "ollama": {"format": "json"},
}
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
        self._left_out: set[str] = set()

    @property
    def window(self) -> int | None:
        """Tokens read and written in all, None where nobody knows."""
        if self._window is None:
            profile = getattr(self._loaded(), "profile", None) or {}
            self._window = profile.get("max_input_tokens") if isinstance(profile, dict) else None
        return self._window

    def check(self) -> None:
        """That the name is a provider and a model, their package is there, and a key where one is needed."""
        self._loaded()

    def count(self, text: str) -> int:
        """An estimate: providers count only what they have read."""
        return estimated_tokens(text)

    def stream(self, messages: Sequence[BaseMessage]) -> Iterator[Chunk]:
        """What the model writes next; waits no longer than the time-out in all."""
        deadline = time.monotonic() + self._timeout
        attempt = 0
        while True:
            begun = False
            try:
                for chunk in self._bits(self._loaded(), list(messages), deadline):
                    begun = True
                    yield chunk
                return
            except ModelUnavailable as error:
                if begun:
                    raise
                if (option := self._refused(error.__cause__)) is not None:
                    _log.info("%s: asked again without %s: %s", self.name, option, error)
                    self._leave_out(option)
                    continue
                if attempt == _RETRIES or not _may_pass(error.__cause__):
                    raise
                pause = _asked_pause(error.__cause__) or _BACKOFF * 2**attempt
                if time.monotonic() + pause > deadline:
                    if _asked_pause(error.__cause__) is None:
                        raise
                    raise ModelUnavailable(
                        f"no answer within {self._timeout:g} seconds: it asks to wait {pause:g}", error.advice
                    ) from error
                attempt += 1
                _log.info("%s: %s; asked again in %g s", self.name, error, pause)
                time.sleep(pause)

    def _refused(self, cause: BaseException | None) -> str | None:
        """The option of ours that a model says it does not take."""
        if _status(cause) not in (400, 422):
            return None
        told = str(cause)
        return next((ours for name, ours in _REFUSABLE.items() if name in told and ours not in self._left_out), None)

    def _leave_out(self, option: str) -> None:
        with self._lock:
            self._left_out.add(option)
            self.__dict__.pop("_model", None)  # made anew at the next use

    def _bits(self, model: BaseChatModel, messages: list[BaseMessage], deadline: float) -> Iterator[Chunk]:
        """One attempt, in a thread that is left behind when it takes too long."""
        bits: queue.SimpleQueue[Any] = queue.SimpleQueue()
        left = threading.Event()
        wants_json = "json" not in self._left_out and "JSON" in str(messages[0].content)
        mode = _JSON_MODE.get(self._provider, {}) if wants_json else {}

        def run() -> None:
            try:
                for message in model.stream(messages, **mode):
                    bits.put(message)
                    if left.is_set():
                        return
                bits.put(_END)
            except Exception as error:  # noqa: BLE001  every provider has errors of its own
                bits.put(error)

        threading.Thread(target=run, daemon=True, name="chat model").start()
        usage = {"input_tokens": 0, "output_tokens": 0}
        written = cut_short = False
        try:
            while True:
                try:
                    bit = bits.get(timeout=max(0.0, deadline - time.monotonic()))
                except queue.Empty:
                    advice = "It took too long: a larger ONRECORD_MODEL_TIMEOUT lets it."
                    raise ModelUnavailable(f"no answer within {self._timeout:g} seconds", advice) from None
                if bit is _END:
                    break
                if isinstance(bit, Exception):
                    raise ModelUnavailable(f"{type(bit).__name__}: {bit}", self._advice(bit)) from bit
                ended = getattr(bit, "response_metadata", None) or {}
                reason = ended.get("finish_reason") or ended.get("stop_reason") or ended.get("done_reason")
                cut_short = cut_short or reason in ("length", "max_tokens")
                told = getattr(bit, "usage_metadata", None) or {}
                usage = {name: max(count, int(told.get(name) or 0)) for name, count in usage.items()}
                if text := str(bit.text):
                    written = True
                    yield Chunk(text)
        finally:
            left.set()
        if not written and cut_short:
            yield Chunk("", usage["input_tokens"], usage["output_tokens"])
            advice = "It used up its tokens before it wrote a word: raise ONRECORD_MODEL_ANSWER_TOKENS."
            raise ModelUnavailable("no word before its tokens were used up", advice)
        if not written and not usage["output_tokens"]:
            raise ModelUnavailable("an empty reply")
        yield Chunk("", usage["input_tokens"], usage["output_tokens"])

    def _advice(self, error: Exception) -> str:
        status = _status(error)
        if status in (401, 403):
            return f"Its key was refused: check {_KEYS.get(self._provider, 'the key of its provider')}."
        if status == 404:
            return "It was not found: check ONRECORD_MODEL" + (
                " and ONRECORD_MODEL_BASE_URL." if self._base_url else "."
            )
        if status == 429:
            return "Its provider takes no more questions for now: ask again later, or look at its limits."
        return ""

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
        if not self._provider or self._provider == self.name:
            raise NotConfigured(self._unusable)
        from langchain.chat_models import init_chat_model

        options: dict[str, Any] = {}
        most = "max_tokens"
        if "temperature" not in self._left_out:
            options["temperature"] = 0.0
        if self._provider == "ollama":
            options["client_kwargs"], most = {"timeout": self._timeout}, "num_predict"
        else:
            options |= {"timeout": self._timeout, "max_retries": 0}  # it is asked again here, within the time-out
        if self._provider == "openai":
            options["stream_usage"] = "stream_usage" not in self._left_out  # else a stream tells no tokens
        if self._base_url:
            options["base_url"] = self._base_url
        options[most] = self._most
        try:
            model: BaseChatModel = init_chat_model(self.name, **options)
            if self._most < _REASONING_TOKENS and (getattr(model, "profile", None) or {}).get("reasoning_output"):
                model = init_chat_model(self.name, **{**options, most: _REASONING_TOKENS})
        except ImportError as error:
            extra = _EXTRAS.get(self._provider)
            what = f"pip install 'onrecord[{extra}]'" if extra else f"install LangChain's package for {self._provider}"
            raise NotConfigured(f"ONRECORD_MODEL={self.name} needs a package that is missing: {what}.") from error
        except ValueError as error:
            raise NotConfigured(self._unusable) from error
        except Exception as error:
            key = _KEYS.get(self._provider)
            if key is None or os.environ.get(key):
                raise
            # Of all that a client can be made wrongly with, the key alone is not from us.
            raise NotConfigured(f"ONRECORD_MODEL={self.name} needs a key: set {key}.") from error
        return model

    @property
    def _unusable(self) -> str:
        return f"ONRECORD_MODEL={self.name} cannot be used: write provider:model, as in openai:gpt-4o-mini."


def _status(error: BaseException | None) -> int | None:
    """The HTTP status of a client's error, None where it has none."""
    told = (getattr(error, name, None) for name in ("status_code", "code"))
    return next((status for status in told if isinstance(status, int)), None)


def _may_pass(error: BaseException | None) -> bool:
    """Whether asking again may help."""
    status = _status(error)
    if status is not None:
        return status in _BUSY or status >= 500
    return error is not None and not isinstance(error, ValueError)


def _asked_pause(error: BaseException | None) -> float | None:
    """The seconds after which a server asks to be asked again (Retry-After); None where it does not say."""
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    try:
        return max(0.0, float(headers.get("retry-after", "")))
    except ValueError:
        return None
