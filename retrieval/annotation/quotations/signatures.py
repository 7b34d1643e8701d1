"""Quotations whose speaker stands beside them without a verb: “…” – Jane Roe, 31, or a line with her name above."""

from __future__ import annotations

import re

from retrieval.annotation.quotations.attribution import Attribution
from retrieval.annotation.quotations.marks import Quoted
from retrieval.annotation.quotations.names import in_title_case, names_in
from retrieval.schema import Stretch

_SIGNED = re.compile(r"\s{0,4}(?:[-–—―]|--)\s{0,2}(?=[A-Z])[^\n]{3,100}")
_LINE = re.compile(r"[^\n.!?“”\"]{3,80}")
_DASHES = " \t\r\n-–—―"


def signed(text: str, q: Quoted, before: Stretch | None) -> Attribution | None:
    """`q` with the name signed under it, or else on the line `before` it; None where there is no such name.

    The names need a given name and a surname: "– Monday" and a heading of one word name nobody.
    """
    after = _SIGNED.match(text, q.end)
    if after is not None:
        start = after.start() + len(after.group()) - len(after.group().lstrip(_DASHES))
        if (mention := _name_at(text, start, after.end())) is not None:
            return _attribution(q, mention, Stretch(mention.start, after.end()))
    if before is not None and _LINE.fullmatch(text, before.start, before.end):
        line = text[before.start : before.end].rstrip(" :")
        mention = _name_at(text, before.start, before.start + len(line))
        # A line that is all name, or a name and what follows a comma; a headline is neither.
        if mention is not None and text[mention.end : before.start + len(line)].strip()[:1] in ("", ",", "("):
            return _attribution(q, mention, Stretch(before.start, before.start + len(line)))
    return None


def _name_at(text: str, start: int, end: int) -> Stretch | None:
    name = next(names_in(text, start, end), None)
    if name is None or len(name.words) < 2 or len(name.words) > 4 or name.start - start > len(name.title) + 1:
        return None
    return Stretch(name.start, name.end) if not in_title_case(text[start:end].split(",")[0]) else None


def _attribution(q: Quoted, mention: Stretch, phrase: Stretch) -> Attribution:
    return Attribution((Stretch(*q.inner),), mention=mention, phrase=phrase, quotes=True)
