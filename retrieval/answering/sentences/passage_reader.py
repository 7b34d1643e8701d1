"""The model's states of question and passages; a passage that was read before is not read again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence

from retrieval.annotation.passages import heading
from retrieval.schema import FoundPassage
from retrieval.storage.encoding.embedding import Embedder
from retrieval.storage.encoding.token_states import TokenStates

_KEPT = 256  # passages, some 0.3 MB each: follow-ups and small collections ask of the same ones again and again
_HEADING = 240  # characters of a headline: a longer one would push the passage out of what the model reads

Kept = Callable[[str, Sequence[str]], Mapping[str, TokenStates]]
"""Of texts, those whose states were kept when a model, given by its name, read them."""


def _nothing_kept(_model: str, _texts: Sequence[str]) -> Mapping[str, TokenStates]:
    return {}


def as_read(passage: FoundPassage) -> str:
    """A passage under its heading, as the model reads it."""
    return f"{heading(passage.article)[:_HEADING]}\n{passage.text}"


class PassageReader:
    """Reads texts with an embedding model, and remembers the last ones. Safe to use from several threads.

    `kept` tells what was read before this process began.
    """

    def __init__(self, embedder: Embedder, kept: Kept = _nothing_kept) -> None:
        self._embedder, self._kept = embedder, kept
        self._known: OrderedDict[str, TokenStates] = OrderedDict()
        self._lock = threading.Lock()

    def read(self, question: str, passages: Sequence[str]) -> tuple[TokenStates, list[TokenStates]]:
        """The states of the question's tokens and of each passage's; what is new is read in one batch."""
        with self._lock:
            known = {text: self._known[text] for text in passages if text in self._known}
        known.update(self._kept(self._embedder.name, [text for text in passages if text not in known]))
        fresh = list(dict.fromkeys(text for text in passages if text not in known))
        asked, *states = self._embedder.token_states([question, *fresh])
        known.update(zip(fresh, states, strict=True))
        with self._lock:
            for text in passages:
                self._known[text] = known[text]
                self._known.move_to_end(text)
            while len(self._known) > _KEPT:
                self._known.popitem(last=False)
        return asked, [known[text] for text in passages]
