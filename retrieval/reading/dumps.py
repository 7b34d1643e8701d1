"""Rows of fields -> articles: what JSON Lines and CSV have in common."""

from __future__ import annotations

from collections.abc import Mapping

from retrieval.reading.article import make_article
from retrieval.reading.decoding import well_formed
from retrieval.reading.fields import FRONT_MATTER_NAMES, BadField, stated
from retrieval.reading.given import Given
from retrieval.reading.titles import one_line, shortened
from retrieval.schema import Article

FIELDS = (*FRONT_MATTER_NAMES, "text")
"""The fields of a row; all but `text` may be left out."""

MANY = "holds many articles; a title or a URL can be given for one article only"


def article_of_row(fields: Mapping[str, object], *, name: str, number: int, given: Given) -> Article:
    """The article of a row that begins at line `number`; raises BadField. Without an id and a URL it is "name:LINE"."""
    column = dict(given.columns)
    body_name = column.get("text", "text")
    body = fields.get(body_name)
    if body is None:
        raise BadField(body_name, f"is missing{_instead(fields)}", before="the field ")
    if not isinstance(body, str):
        raise BadField(body_name, "is not text")
    if not body.strip():
        raise BadField(body_name, "is empty")
    names = {field: (column.get(field, field),) for field in FRONT_MATTER_NAMES}
    return make_article(
        well_formed(body), stated(fields, names), given, name=f"{name}:{number}", origin=name, first_line=number
    )


def _instead(fields: Mapping[str, object]) -> str:
    """Which fields there are, where one of them may be the text under another name."""
    others = [one_line(str(name)) for name, value in fields.items() if isinstance(value, str) and str(name).strip()]
    if not others:
        return ""
    return f"; name the one that holds it, as in --map text={shortened(others[-1], 40)} (there are {_list(others)})"


def _list(names: list[str]) -> str:
    return shortened(", ".join(names[:12]), 200)
