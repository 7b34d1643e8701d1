"""Publishers' names, in one spelling each, whatever a template makes of them."""

from __future__ import annotations

import re

from retrieval.reading.titles import is_credit, one_line

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
_TOP_LINES = 5  # with words, among which a text names its publisher
_PARTS = re.compile(r"\s*[,|·•–—]\s*|\s{4,}|\t")
_PAPER = re.compile(
    r"(?:[Tt]he )?(?:[A-Z][\w’'&.-]* (?:(?:of|and|&) )?){0,5}(?:Advertiser|Argus|Bulletin|Chronicle|Courier|Daily"
    r"|Dispatch|Echo|Evening News|Examiner|Express|Gazette|Globe|Guardian|Herald|Independent|Inquirer|Journal|Ledger"
    r"|Leader|Mail|Mercury|Messenger|Monitor|News|Observer|Post|Press|Press Agency|Recorder|Register|Reporter|Review"
    r"|Sentinel|Standard|Star|Sun|Telegraph|Telegram|Times|Today|Tribune|Weekly|Wire)"
    r"(?: (?:of|and|&) [A-Z][\w’'-]*| [A-Z]\w+)?"
)


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


def credited_publisher(text: str) -> str | None:
    """The newspaper that a line under the headline of a plain text names beside its writer or its day; None where there
    is none, or where it might be somebody or some place: "The Vale Chronicle, 14 September 2026"."""
    lines = (line.strip() for line in text[:4000].splitlines())
    for line in [line for line in lines if line][:_TOP_LINES]:
        if is_credit(line):
            named = [part for part in _PARTS.split(one_line(line)) if _PAPER.fullmatch(part)]
            if named:
                return publisher_name(named[-1])
    return None
