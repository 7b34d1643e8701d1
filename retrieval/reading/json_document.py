"""A JSON document: objects with the fields of an article each, in a list or one after the other.

A list may stand in an object with what else is said of it, as services answer: {"status": "ok", "articles": […]}.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from itertools import islice

from retrieval.errors import Unreadable
from retrieval.reading.decoding import Undecodable, decode
from retrieval.reading.dumps import FIELDS, MANY, article_of_row, has_text
from retrieval.reading.fields import BadField
from retrieval.reading.given import Given
from retrieval.schema import Article

_BETWEEN = re.compile(r"[\s,]*")
_DEEPEST = 3  # objects around a list
_REMARK = 200  # characters; a longer text beside a list is an article's under another name


def read_json(data: bytes, *, name: str, given: Given) -> Iterator[Article | Unreadable]:
    """The article of every object, or why it gives none. Without an id and a URL, the third object is "name:3"."""
    if given.title or given.url:
        yield Unreadable(name, MANY)
        return
    line, number, counted = 1, 0, 0
    try:
        text = decode(data)
        for at, found in _rows(text, given):
            number += 1
            line, counted = line + text.count("\n", counted, at), at
            if not isinstance(found, dict):
                reason = "no object with the fields of an article: write one for each, in a list or as JSON Lines"
                yield Unreadable(name, reason, line)
                continue
            try:
                yield article_of_row(found, name=name, number=number, given=given, first_line=line)
            except BadField as error:
                yield Unreadable(name, str(error), line)
    except Undecodable as error:
        yield Unreadable(name, error.reason, error.line)
    except json.JSONDecodeError as error:
        yield Unreadable(name, f"no valid JSON: {error.msg}", error.lineno)
    except (RecursionError, ValueError):  # nested without end; a number of thousands of digits
        yield Unreadable(name, "no JSON that can be read", line)
    else:
        if not number:
            yield Unreadable(name, "a list without articles")


def _rows(text: str, given: Given) -> Iterator[tuple[int, object]]:
    """What may be an article each, and where it begins."""
    for at, found in _values(text):
        if (wrapped := _wrapped(found, given)) is None:
            yield at, found
            continue
        place = _place_of(*wrapped, text, at)
        rows = [(at, row) for row in wrapped[1]] if place is None else islice(_values(text, place), len(wrapped[1]))
        yield from rows


def _place_of(key: str, rows: list[dict[str, object]], text: str, at: int) -> int | None:
    """Where the list `key` of an object that begins at `at` stands; None where another is called so before it."""
    named = re.compile(rf"{re.escape(json.dumps(key, ensure_ascii=False))}\s{{0,99}}:\s{{0,99}}(?=\[)").search(text, at)
    if named is None or json.JSONDecoder().raw_decode(text, named.end())[0] != rows:
        return None
    return named.end()


def _values(text: str, at: int = 0) -> Iterator[tuple[int, object]]:
    """The values of lists, and those that stand beside them, from a place in `text` on."""
    decoder = json.JSONDecoder()
    listed = False
    while True:
        at = _skip(text, at)
        if at == len(text) and not listed:
            return
        if text.startswith("]" if listed else "[", at):
            listed, at = not listed, at + 1
            continue
        began = at
        found, at = decoder.raw_decode(text, at)
        yield began, found


def _wrapped(found: object, given: Given) -> tuple[str, list[dict[str, object]]] | None:
    """The list of objects that an object without a text is made around, and its name; None where it is no such one."""
    if not isinstance(found, dict) or has_text(found, given):
        return None
    lists = list(_lists(found, _DEEPEST))
    tells = any(isinstance(value, str) and len(value) >= _REMARK for value in found.values())
    return lists[0] if len(lists) == 1 and not tells else None


def _lists(found: Mapping[str, object], depth: int) -> Iterator[tuple[str, list[dict[str, object]]]]:
    for key, value in found.items():
        if isinstance(value, dict) and depth > 1:
            yield from _lists(value, depth - 1)
        elif isinstance(value, list) and value and key.lower() not in FIELDS:
            rows = [row for row in value if isinstance(row, dict)]
            if len(rows) == len(value):
                yield key, rows


def _skip(text: str, at: int) -> int:
    between = _BETWEEN.match(text, at)
    return between.end() if between else at
