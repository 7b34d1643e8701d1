"""What language models take: tokens counted per answer, per day and per asker, and what they cost."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from retrieval.answering.writing.chat_models import ChatModel
from retrieval.errors import ModelUnavailable
from retrieval.schema import Usage
from retrieval.storage.community.spending import Spending

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Prices:
    """Of a million tokens read and of a million written, in one currency."""

    input: float
    output: float


@dataclass(frozen=True, slots=True)
class Caps:
    """Tokens that may be spent a day, in all and by each asker; None is no bound."""

    daily: int | None = None
    per_asker: int | None = None


class Meter:
    """A model with a meter on it for one answer. `wanted` raises where nobody wants the answer any more."""

    def __init__(
        self,
        model: ChatModel,
        spending: Spending | None,
        asker: str | None,
        prices: Prices | None,
        wanted: Callable[[], None],
    ) -> None:
        self._model, self._spending, self._asker = model, spending, asker
        self._prices, self._wanted = prices, wanted
        self._calls = self._input = self._output = 0
        self._began = time.perf_counter()

    def stream(self, messages: Sequence[BaseMessage]) -> Iterator[str]:
        """What the model writes, bit by bit; counted where it breaks off or is left, too, not where nothing comes."""
        self._calls += 1
        read, written = 0, 0
        failed = False
        bits: list[str] = []
        try:
            for chunk in self._model.stream(messages):
                self._wanted()
                read, written = max(read, chunk.input_tokens), max(written, chunk.output_tokens)
                bits.append(chunk.text)
                yield chunk.text
        except ModelUnavailable:
            failed = not bits
            raise
        finally:
            # providers that count nothing, and answers that broke off, are counted by an estimate
            if not failed:
                read = read or sum(self._model.count(str(m.text)) for m in messages)
                written = written or self._model.count("".join(bits))
            self._input, self._output = self._input + read, self._output + written
            if self._spending is not None:
                self._spending.spend(self._asker, read + written)

    def complete(self, messages: Sequence[BaseMessage]) -> str:
        """All that the model writes."""
        return "".join(self.stream(messages))

    def usage(self) -> Usage:
        """What was taken so far."""
        cost = None
        if self._prices is not None:
            cost = (self._input * self._prices.input + self._output * self._prices.output) / 1e6
        return Usage(self._model.name, self._calls, self._input, self._output, cost)

    def log(self) -> None:
        """A line of the log on what the answer took."""
        used = self.usage()
        _log.info(
            "%s: %d calls, %d tokens in, %d out, %s, %.1f s",
            used.model,
            used.calls,
            used.input_tokens,
            used.output_tokens,
            "no price set" if used.cost is None else f"cost {used.cost:.5f}",
            time.perf_counter() - self._began,
        )


def exhausted(spending: Spending | None, caps: Caps, asker: str | None) -> bool:
    """Whether the day's tokens are spent, in all or by this asker."""
    if spending is None:
        return False
    if caps.daily is not None and spending.spent() >= caps.daily:
        return True
    return caps.per_asker is not None and asker is not None and spending.spent(asker) >= caps.per_asker
