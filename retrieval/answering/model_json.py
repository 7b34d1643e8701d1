"""The sentences in what a model wrote: JSON, also where it is wrapped, cut off or slightly wrong."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from retrieval.annotation.sentences import sentences

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


class SentenceReader:
    """Reads sentences out of a reply while it is being written: each as soon as its JSON object is closed."""

    def __init__(self) -> None:
        self._reply = ""
        self._position = 0  # of the reply: what is before it is read
        self._open: list[int] = []  # where the objects begin that are not closed yet
        self._in_string = self._escaped = False
        self._read = 0

    @property
    def reply(self) -> str:
        """All that was written so far."""
        return self._reply

    def feed(self, text: str) -> list[Written]:
        """Take the next bit of the reply; the sentences that it completes."""
        self._reply += text
        if "<think>" in self._reply and "</think>" not in self._reply:
            return []
        found = []
        for at in range(max(self._position, self._reply.rfind("</think>") + 1), min(len(self._reply), _LONGEST)):
            closed = self._step(self._reply[at], at)
            if closed is None or self._read == _MOST:
                continue
            if (sentence := _object(self._reply[closed : at + 1])) is not None:
                self._read += 1
                found.append(sentence)
        self._position = len(self._reply)
        return found

    def rest(self) -> list[Written] | None:
        """What only the whole reply tells, at its end: None where it holds no sentences, nor an empty list of them."""
        if self._read:
            return []
        found = read_sentences(self._reply)
        return found if found is not None else _prose(self._reply)

    def _step(self, character: str, at: int) -> int | None:
        """Take one character; where the object begins that it closes."""
        if self._in_string:
            if self._escaped:
                self._escaped = False
            elif character == "\\":
                self._escaped = True
            elif character == '"':
                self._in_string = False
        elif character == '"' and self._open:
            self._in_string = True
        elif character == "{":
            self._open.append(at)
        elif character == "}" and self._open:
            return self._open.pop()
        return None


def one_by_one(item: Written) -> list[Written]:
    """What a model calls a sentence, as the sentences that it is, each with its keys."""
    return [Written(item.text[start:end], item.keys) for start, end in sentences(item.text)]


def _object(text: str) -> Written | None:
    try:
        value = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None
    return _sentence(value) if isinstance(value, dict) else None


def _prose(reply: str) -> list[Written] | None:
    """Sentences with keys in square brackets, from a model that writes no JSON; None where there is no key at all."""
    plain = re.sub(r"<think>.*?</think>", " ", reply[:_LONGEST], flags=re.DOTALL)
    pieces = re.split(r"((?:\s*\[p\d{1,3}(?:\s*,\s*p\d{1,3})*\])+[.!?]?)", plain)
    found = []
    for before, keys in zip(pieces[0::2], pieces[1::2], strict=False):
        text = re.sub(r"^[\s\-*\d.)]*(?=\D)", "", before.strip().splitlines()[-1] if before.strip() else "")
        if text:
            end = "" if text.endswith((".", "!", "?", "”", '"')) else "."
            found.append(Written(text + end, tuple(re.findall(r"p\d{1,3}", keys))))
    return found[:_MOST] or None


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
