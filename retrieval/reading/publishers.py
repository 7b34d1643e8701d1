"""Publishers' names, in one spelling each, whatever a template makes of them."""

from __future__ import annotations

import re

from retrieval.reading.titles import one_line

_LONGEST = 200  # characters
_SEPARATED = re.compile(r"\s+[|·•–—:-]+\s+|\s*[|·•]\s*")
# What templates put behind the name; a name in front of it stays.
_SLOGAN = re.compile(
    r"(?:home(?:\s?page)?|official (?:web)?site|official|news and .*"
    r"|(?:latest|breaking|local|world|today.s|top).*news.*|.*(?:headlines|news,).*|online|website|welcome.*)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:https?:)?//|^@|\s@", re.IGNORECASE)
_HOST = re.compile(r"(?:www\d?\.)?((?:[\w-]+\.)+[a-z]{2,24})/?", re.IGNORECASE)
_TRADE_MARK = re.compile(r"\s*[®™©]")


def publisher_name(stated: str) -> str | None:
    """A stated publisher as people call it; None for an address of a profile, or nothing.

    A name that is a host is written as one ("www.Example.ORG" -> "example.org").
    """
    name = _TRADE_MARK.sub("", one_line(stated[: 4 * _LONGEST])).strip(" ,;|·•–—")
    if not name or _ADDRESS.search(name):
        return None
    if host := _HOST.fullmatch(name):
        return host[1].lower() if name.lower().startswith("www") or name.islower() else name.rstrip("/")
    first, *others = _SEPARATED.split(name)
    if others and first and all(_SLOGAN.fullmatch(other) for other in others):
        name = first
    return name[:_LONGEST] or None
