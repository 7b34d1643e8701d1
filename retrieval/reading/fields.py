"""The fields of JSON Lines and of front matter -> what a document states of itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from retrieval.reading.authors import distinct, split_byline
from retrieval.reading.dates import parse_published
from retrieval.reading.decoding import well_formed
from retrieval.reading.given import Stated
from retrieval.reading.publishers import publisher_name
from retrieval.reading.titles import clean_title, one_line, shortened
from retrieval.reading.urls import web_address

_LONGEST_ID = 1000  # characters
_NO_LANGUAGE = ("und", "mul", "mis", "zxx")  # ISO 639: not known, several, another, none

FRONT_MATTER_NAMES = {
    "id": ("id",),
    "title": ("title", "headline"),
    "source": ("source", "publisher", "publication", "site", "outlet"),
    "published": ("published", "date", "pubdate", "publish_date", "date_published", "published_at"),
    "authors": ("authors", "author", "byline"),
    "url": ("url", "link", "canonical_url", "canonical"),
    "language": ("language", "lang"),
}
"""What other programs call our fields in the front matter they write; the first that is there counts."""


class BadField(Exception):
    """A field of the wrong type or with a value that cannot be used; ``str()`` says which and why."""

    def __init__(self, field: str, reason: str, *, before: str = "") -> None:
        super().__init__(f"{before}`{field}` {reason}")
        self.field = field


def stated(fields: Mapping[str, object], names: Mapping[str, Sequence[str]] | None = None) -> Stated:
    """What the fields state; raises BadField. `names` are other spellings of the fields' names."""
    found = {field: _first(fields, names[field] if names else (field,)) for field in FRONT_MATTER_NAMES}
    identity = found["id"][1]
    if isinstance(identity, int) and not isinstance(identity, bool):
        identity = str(identity)
    id_ = well_formed(identity) if isinstance(identity, str) and identity.strip() else _text(found["id"][0], identity)
    if id_ is not None and len(id_) > _LONGEST_ID:
        raise BadField(found["id"][0], f"is longer than {_LONGEST_ID} characters")
    title, source = _text(*found["title"]), _text(*found["source"])
    language = _text(*found["language"])
    return Stated(
        id=id_,
        title=clean_title(title) if title else None,
        source=publisher_name(source) if source else None,
        published=_published(*found["published"]),
        authors=_authors(*found["authors"]),
        url=_url(*found["url"]),
        language=language_code(language) if language else None,
    )


def language_code(tag: str) -> str | None:
    """The ISO 639 code of a language tag ("en-GB" -> "en"), None where it is none."""
    code = tag.strip().lower().replace("_", "-").partition("-")[0]
    return code if code.isascii() and code.isalpha() and 2 <= len(code) <= 3 and code not in _NO_LANGUAGE else None


def _first(fields: Mapping[str, object], names: Sequence[str]) -> tuple[str, object]:
    for name in names:
        if fields.get(name) not in (None, ""):
            return name, fields[name]
    return names[0], None


def _text(field: str, value: object) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise BadField(field, f"is {_kind(value)}, not text")
    return well_formed(value).strip() or None


def _published(field: str, value: object) -> date | datetime | None:
    text = _text(field, value)
    if text is None:
        return None
    published = parse_published(text)
    if published is None:
        raise BadField(
            field, f"is no date: {shortened(one_line(text), 40)!r}; write 2016-10-31 or 2016-10-31T18:00:00Z"
        )
    return published


def _authors(field: str, value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, str):
        return split_byline(well_formed(value))
    if isinstance(value, Mapping):
        value = [value]
    if not isinstance(value, list):
        raise BadField(field, f"is {_kind(value)}, not a list of names")
    names = []
    for item in value:
        name = item.get("name") if isinstance(item, Mapping) else item
        if not isinstance(name, str):
            raise BadField(field, f"holds {_kind(name)}, not a name")
        names.append(well_formed(name))
    return distinct(names)


def _url(field: str, value: object) -> str | None:
    text = _text(field, value)
    if text is None:
        return None
    address = web_address(text)
    if address is None:
        raise BadField(field, f"is no http or https address: {shortened(one_line(text), 60)!r}")
    return address


def _kind(value: object) -> str:
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, (int, float)):
        return "a number"
    if isinstance(value, Mapping):
        return "an object"
    if isinstance(value, str):
        return "text"
    return "null" if value is None else "a list"
