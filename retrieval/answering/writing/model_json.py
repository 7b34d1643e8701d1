"""The sentences in what a model wrote: JSON, also where it is wrapped, cut off or slightly wrong."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from retrieval.annotation.sentences import sentences

_MOST = 12  # sentences read
_LONGEST = 100_000  # characters of a reply that are read
_TEXTS = ("text", "sentence", "answer", "content")
_KEYS = re.compile(r"passage|key|cit|source|ref", re.IGNORECASE)
_KEY, _NUMBER = (
    re.compile(r"(?<![a-z])p\s?(\d{1,2})(?!\d)", re.IGNORECASE),
    re.compile(r"(?<![\w.,])\d{1,2}(?![\w.]|,\d)"),
)
_LISTED = r"(?:p\s?)?\d{1,2}(?:\s*[,;]\s*(?:p\s?)?\d{1,2})*"
# A key in the text: [p1], [1], [p1, p2], [passage p1], 【p1】, (p1); no number in round brackets.
_MARK = rf"\s*(?:[\[【]\s*(?:passages?\s+)?{_LISTED}\s*[\]】]|\(\s*(?:passages?\s+)?(?=p){_LISTED}\s*\))"
_MARKS = re.compile(_MARK, re.IGNORECASE)
_MARKUP = re.compile(r"\*\*|__|`|^\s*(?:[-*•]\s+|#+\s+)")


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
        self._reply += _readable(text)
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
        cut = _cut_off(self._reply[self._open[-1] :]) if self._open and self._read < _MOST else None
        if cut is not None:
            return [cut]
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
    for whole in (text, re.sub(r",(\s*[}\]])", r"\1", text)):  # a comma too many
        try:
            value = json.loads(whole, strict=False)
        except (ValueError, RecursionError):
            continue
        return _sentence(value) if isinstance(value, dict) else None
    return None


def _cut_off(text: str) -> Written | None:
    """The sentence of an object that breaks off in its keys, when the sentence is whole."""
    for end in ("}", "]}", '"]}'):
        found = _object(text + end)
        if found is not None and found.keys:
            return found
    return None


def _prose(reply: str) -> list[Written] | None:
    """Sentences with keys in brackets, from a model that writes no JSON; None where there is no key at all."""
    plain = re.sub(r"<think>.*?</think>", " ", reply[:_LONGEST], flags=re.DOTALL)
    pieces = re.split(rf"((?:{_MARK})+[.!?]?)", plain, flags=re.IGNORECASE)
    found = []
    for before, keys in zip(pieces[0::2], pieces[1::2], strict=False):
        text = re.sub(r"^[\s\-*\d.)]*(?=\D)", "", before.strip().splitlines()[-1] if before.strip() else "")
        if text := _clean(text):
            end = "" if text.endswith((".", "!", "?", "”", '"')) else "."
            found.append(Written(text + end, _named(keys)))
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
        items = [{"text": item} if isinstance(item, str) else item for item in value]
        found = [s for item in items if isinstance(item, dict) and (s := _sentence(item)) is not None]
        return found or None
    return None


def _sentence(value: dict[str, Any]) -> Written | None:
    fields = {name.casefold(): held for name, held in value.items()}
    text = next((fields[n] for n in _TEXTS if isinstance(fields.get(n), str)), None)
    if text is None or not re.search(r"\w", text):
        return None
    named = next((held for name, held in fields.items() if _KEYS.search(name)), None)
    keys = _named(json.dumps(named)) or tuple(k for mark in _MARKS.findall(text) for k in _named(mark))
    return Written(_clean(text), tuple(dict.fromkeys(keys))[:8])


def _named(text: str) -> tuple[str, ...]:
    """The keys in whatever was written for keys: "P1", 1, "[p1][p2]", "passage 1"."""
    return tuple(f"p{n}" for n in _KEY.findall(text) or _NUMBER.findall(text))


def _clean(text: str) -> str:
    """A sentence without keys, markup, entities, and halves of characters."""
    text = _MARKUP.sub("", _MARKS.sub("", _readable(html.unescape(text))))
    return " ".join(text.split())


def _readable(text: str) -> str:
    """Text without lone surrogates, which no encoding takes."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
