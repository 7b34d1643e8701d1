"""The sentences in what a model wrote: JSON, also where it is wrapped, cut off or slightly wrong."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_MOST = 12  # sentences read
_LONGEST = 100_000  # characters of a reply that are read
_TEXTS, _KEYS = (
    ("text", "sentence", "answer", "content"),
    ("passages", "keys", "citations", "passage", "sources", "key"),
)


@dataclass(frozen=True, slots=True)
class Written:
    """A sentence as the model wrote it, with the keys of passages that it names."""

    text: str
    keys: tuple[str, ...]


def read_sentences(reply: str) -> list[Written] | None:
    """The sentences of a reply, in order; None where it holds none to be made out and no empty list either.

    The first JSON object or list that reads as an answer counts, whatever stands around it. Of JSON that breaks off,
    the whole objects before the break are taken.
    """
    reply = re.sub(r"<think>.*?</think>", " ", reply[:_LONGEST], flags=re.DOTALL)
    singles: list[Written] = []
    for value in _values(reply):
        if (found := _sentences(value)) is not None:
            return found[:_MOST]
        if isinstance(value, dict) and (single := _sentence(value)) is not None:
            singles.append(single)
    return singles[:_MOST] or None


def _values(reply: str) -> Iterator[Any]:
    """Every JSON object and list, from left to right, none within another."""
    decoder = json.JSONDecoder(strict=False)
    position, tries = 0, 0
    while tries < 200:
        starts = [i for sign in "{[" if (i := reply.find(sign, position)) >= 0]
        if not starts:
            return
        tries += 1
        try:
            value, position = decoder.raw_decode(reply, min(starts))
            yield value
        except (ValueError, RecursionError):
            position = min(starts) + 1


def _sentences(value: Any) -> list[Written] | None:
    if isinstance(value, dict):
        for name in ("sentences", "answer", "response"):
            if isinstance(value.get(name), list):
                return _sentences(value[name])
        return None
    if isinstance(value, list):
        if not value:
            return []
        found = [s for item in value if isinstance(item, dict) and (s := _sentence(item)) is not None]
        return found or None
    return None


def _sentence(value: dict[str, Any]) -> Written | None:
    text = next((value[n] for n in _TEXTS if isinstance(value.get(n), str)), None)
    if text is None or not text.strip():
        return None
    named: Any = next((value[n] for n in _KEYS if n in value), [])
    keys = [named] if isinstance(named, str) else named if isinstance(named, list) else []
    return Written(text.strip(), tuple(str(k).strip("[] ") for k in keys if isinstance(k, str))[:8])
