"""Markdown with front matter, in YAML or, between +++, in TOML."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from datetime import date, datetime

import yaml
from frontmatter.default_handlers import YAMLHandler

from retrieval.errors import Unreadable
from retrieval.reading.article import make_article
from retrieval.reading.fields import FRONT_MATTER_NAMES, BadField, stated
from retrieval.reading.given import Given
from retrieval.reading.markup import plain_markdown
from retrieval.reading.titles import heading
from retrieval.schema import Article

_LONGEST_FRONT_MATTER = 64 * 1024  # characters
_NOTHING = ("null", "Null", "NULL", "~")
_TOML = "+++"
_OPEN = re.compile(r"(?:---|\+\+\+)[ \t]*\r?\n")
_CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$\n?", re.MULTILINE)
_CLOSE_TOML = re.compile(r"^\+\+\+[ \t]*\r?$\n?", re.MULTILINE)
_FIELD = re.compile(r"^[A-Za-z_\"'][\w \"'-]{0,40}:(?:\s|$)", re.MULTILINE)
_FIELD_TOML = re.compile(r"^[\w\"'.-]{1,40}[ \t]*=", re.MULTILINE)
_BLANK = re.compile(r"[^\S\n]*\n")


class _Loader(yaml.BaseLoader):  # type: ignore[misc]  # PyYAML has no types
    """Every scalar stays the text it is written as ("2016-10-31", "yes"), and an alias, with which a few lines can
    stand for gigabytes, is refused."""

    def compose_node(self, parent: yaml.Node | None, index: object) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            event = self.peek_event()
            raise yaml.MarkedYAMLError(problem="aliases are not read", problem_mark=event.start_mark)
        return super().compose_node(parent, index)


def read_markdown(text: str, *, name: str, given: Given) -> Article | Unreadable:
    """The article of a Markdown file: the words after the front matter, or why there is none."""
    front, start = _split(text)
    if front is None:
        return Unreadable(name, f"the front matter that begins with {text[:3]} does not end", 1)
    fields: object = {}
    if text.startswith(_TOML):
        try:
            fields = {key: _as_written(value) for key, value in tomllib.loads(front).items()}
        except (ValueError, RecursionError):
            return Unreadable(name, "broken front matter: no valid TOML", 2)
    elif front.strip():
        try:
            fields = YAMLHandler().load(front, Loader=_Loader)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            reason = f"broken front matter: {error.problem or error.context or 'no valid YAML'}"
            return Unreadable(name, reason, mark.line + 2 if mark else None)
        except (yaml.YAMLError, RecursionError, ValueError):
            return Unreadable(name, "broken front matter: no valid YAML", 2)
    if not isinstance(fields, dict):
        return Unreadable(name, "broken front matter: no fields (`name: value`)", 2)
    fields = {key: None if value in _NOTHING else value for key, value in fields.items()}
    try:
        found = stated(fields, FRONT_MATTER_NAMES)
    except BadField as error:
        return Unreadable(name, str(error), _line_of(front, error.field))
    body = text[start:]
    if not body.strip():
        return Unreadable(name, "empty after the front matter" if start else "empty")
    if found.title is None:
        found = replace(found, title=heading(body))
    first_line = text.count("\n", 0, start) + 1
    return make_article(plain_markdown(body), found, given, name=name, origin=name, first_line=first_line)


def _as_written(value: object) -> object:
    """A day or an instant of TOML as the text that a reader of dates takes."""
    return value.isoformat() if isinstance(value, (date, datetime)) else value


def _split(text: str) -> tuple[str | None, int]:
    """The front matter ("" where there is none, None where it has no end) and where the body begins."""
    opening = _OPEN.match(text)
    if opening is None:
        return "", 0
    toml = text.startswith(_TOML)
    closing = (_CLOSE_TOML if toml else _CLOSE).search(text, opening.end(), opening.end() + _LONGEST_FRONT_MATTER)
    front = text[opening.end() : closing.start()] if closing else text[opening.end() :][:200]
    if (_FIELD_TOML if toml else _FIELD).search(front) is None and (closing is None or _BLANK.match(front)):
        return "", 0  # a text may begin with a rule
    if closing is None:
        return None, 0
    start = closing.end()
    while (blank := _BLANK.match(text, start)) is not None:
        start = blank.end()
    return front, start


def _line_of(front: str, field: str) -> int | None:
    for number, line in enumerate(front.splitlines(), start=2):
        if line.startswith((f"{field}:", f"{field} :", f"{field} =", f"{field}=")):
            return number
    return None
