"""RSS and Atom -> entries, by feedparser. Imported by the guarded child alone."""

from __future__ import annotations

import calendar
from typing import Any

import feedparser

_MOST_ENTRIES = 1000
_LONGEST_CONTENT = 1_000_000  # characters
_LONGEST = 4000  # characters of the other fields


def parse(data: bytes) -> dict[str, Any]:
    """The feed's title, its pace and its entries, as they stand in it; ValueError for what is no feed.

    Times are seconds since 1970; `ttl` is in minutes.
    """
    found = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    if not found.version and not found.entries:
        raise ValueError("it is no RSS or Atom feed")
    return {
        "title": _string(found.feed.get("title")),
        "language": _string(found.feed.get("language")),
        "link": _string(found.feed.get("link")),
        "ttl": _string(found.feed.get("ttl")),
        "period": _string(found.feed.get("sy_updateperiod") or found.feed.get("updateperiod")),
        "frequency": _string(found.feed.get("sy_updatefrequency") or found.feed.get("updatefrequency")),
        "entries": [_entry(entry) for entry in found.entries[:_MOST_ENTRIES]],
    }


def _entry(entry: Any) -> dict[str, Any]:
    contents = [c.get("value") for c in entry.get("content", ()) if isinstance(c.get("value"), str)]
    contents.append(entry.get("summary"))
    content = max((text for text in contents if isinstance(text, str)), key=len, default="")
    moment = entry.get("published_parsed") or (entry.get("updated_parsed") if "published" not in entry else None)
    authors = [a.get("name") for a in entry.get("authors", ()) if isinstance(a, dict)] or [entry.get("author")]
    return {
        "id": _string(entry.get("id")),
        "link": _string(entry.get("link")),
        "title": _string(entry.get("title")),
        "published": _seconds(moment),
        "authors": [name[:_LONGEST] for name in authors if isinstance(name, str)][:50],
        "content": content[:_LONGEST_CONTENT],
    }


def _seconds(moment: Any) -> int | None:
    try:
        return calendar.timegm(moment) if moment is not None else None
    except (ValueError, OverflowError, TypeError):
        return None


def _string(value: object) -> str | None:
    return value[:_LONGEST].strip() or None if isinstance(value, str) else None
