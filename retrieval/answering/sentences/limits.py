"""What limits a figure in a sentence: "fewer than 3,100 homes" is not 3,100 homes, "a quarter of the 200 shops" not 200
shops."""

from __future__ import annotations

import re

from retrieval.search.words import stems

_SHARES = (
    r"(?:half|halves|thirds?|quarters?|fifths?|tenths?|most|some|many|few|none|part|majority|share|each|any|several|all"
    r"|percent|per\s+cent)"
)
_SHARE = re.compile(
    rf"\b(?:(?:an?|one|two|three|four|nine)\s+)?{_SHARES}\s+of\s+(?:(?:the|its|their|his|her|all|these|those)\s+)?$",
    re.IGNORECASE,
)
_COUNT_OF_SHARE = re.compile(r"\b(?:an?|one|two|three|four|nine)\s+$", re.IGNORECASE)
_ONLY_SHARE = re.compile(_SHARES, re.IGNORECASE)
_OF_WHAT = re.compile(
    r"\s+of\s+(?:(?:the|its|their|his|her|all|these|those)\s+)?(?:\d[\d,.]*\d\s+|\d\s+)?[^\W\d_]+", re.IGNORECASE
)
_LIMIT = re.compile(
    r"\b(?:(?:(?:no|not|little|slightly|just|well|far|many|much)\s+)?(?:more|less|fewer|greater|higher|lower|longer|older"
    r"|younger)\s+than|at\s+(?:least|most)|up\s+to|as\s+(?:many|much|few|little)\s+as|close\s+to|nearly|almost|about"
    r"|around|roughly|approximately|some|over|under|above|below|only|just|barely|an?\s+(?:estimated|average\s+of)"
    r"|estimated)\s+$",
    re.IGNORECASE,
)
_DENIED = re.compile(r"\b(?:not|never|nor|without|even|no|yet|n[’']t)\s+$", re.IGNORECASE)

_ASKED_OF = re.compile(
    r"\bhow\s+(?:much|many)\s+of\s+(?:the|its|their|his|her|our)\s+(?P<whole>[^?]+?)\s+"
    r"(?:is|are|was|were|has|have|had|will|would|did|do|does|can|could|went|got|came)\b",
    re.IGNORECASE,
)
_TOLD_OF = re.compile(
    rf"\b(?:{_SHARES}|\d[\d,.]*)\s+of\s+(?:the|its|their|his|her)\s+(?P<whole>(?:[\w’'-]+\s+){{0,3}}[\w’'-]+)",
    re.IGNORECASE,
)


def of_another_whole(question: str, sentence: str) -> bool:
    """Whether a part is asked of one thing and told of others only: "how much of the harvest was lost" and "lost most
    of its windows"."""
    asked = _ASKED_OF.search(question)
    told = [stems(match["whole"]) for match in _TOLD_OF.finditer(sentence)]
    return asked is not None and bool(told) and not any(stems(asked["whole"]) & whole for whole in told)


def with_limits(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the figure at `text[start:end]` stands with what limits it on either side; None where it is denied."""
    if _ONLY_SHARE.fullmatch(text, start, end):
        of = _OF_WHAT.match(text, end)
        end = of.end() if of else end
        count = _COUNT_OF_SHARE.search(text[:start])
    else:
        count = _SHARE.search(text[:start])
    start = count.start() if count else start
    while limit := _LIMIT.search(text[:start]):
        start = limit.start()
    return None if _DENIED.search(text[:start]) else (start, end)
