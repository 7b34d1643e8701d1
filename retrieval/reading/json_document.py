"""A JSON document: one object with the fields of an article, or a list of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from retrieval.errors import Unreadable
from retrieval.reading.decoding import Undecodable, decode
from retrieval.reading.dumps import MANY, article_of_row
from retrieval.reading.fields import BadField
from retrieval.reading.given import Given
from retrieval.schema import Article

_BETWEEN = re.compile(r"[\s,]*")


def read_json(data: bytes, *, name: str, given: Given) -> Iterator[Article | Unreadable]:
    """The article of every object, or why it gives none. Without an id and a URL, the third object is "name:3"."""
    if given.title or given.url:
        yield Unreadable(name, MANY)
        return
    line, number = 1, 0
    try:
        text = decode(data)
        for line, found in _values(text):
            number += 1
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


def _values(text: str) -> Iterator[tuple[int, object]]:
    """The objects of a list, or the one that there is, each with the line on which it begins."""
    decoder = json.JSONDecoder()
    listed = text.lstrip().startswith("[")
    at = text.index("[") + 1 if listed else 0
    line, counted = 1, 0
    while True:
        at = _skip(text, at)
        if (listed and text.startswith("]", at)) or (not listed and at == len(text)):
            return
        line, counted = line + text.count("\n", counted, at), at
        found, at = decoder.raw_decode(text, at)
        yield line, found


def _skip(text: str, at: int) -> int:
    between = _BETWEEN.match(text, at)
    return between.end() if between else at
