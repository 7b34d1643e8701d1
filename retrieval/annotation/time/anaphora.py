"""Words that mean the date before: "since then", "at that time"."""

from __future__ import annotations

import re

from retrieval.annotation.time.context import Context
from retrieval.annotation.time.reading import Reading, read
from retrieval.schema import TimeSpan

_NEW_PARAGRAPH = re.compile(r"\n\s*")
_WILL = re.compile(r"[^.!?\n]{0,60}\bwill\b", re.IGNORECASE)


def then(ctx: Context, m: re.Match[str]) -> Reading | None:
    """ "since then", "until then", "at the time", "at that time": the date before."""
    before, word = ctx.tokens.word(m.start() - 1), ctx.tokens.word(m.end() - 1)
    good = (
        before in ("since", "until", "till", "by", "before", "from")
        if word == "then"
        else before == "at" and word == "time"
    )
    if not good or ctx.last is None or not _may_be_meant(ctx, m, ctx.last):
        return None
    return read(ctx.last.value.partition("T")[0], certain=False)


def _may_be_meant(ctx: Context, m: re.Match[str], last: TimeSpan) -> bool:
    """Whether "then" may mean the last date: it stands no further back than the paragraph before, and is not over
    where something will go on until then."""
    text, at = ctx.tokens.text, ctx.tokens.starts[m.start()]
    if len(_NEW_PARAGRAPH.findall(text, ctx.tokens.ends[ctx.last_at], at)) > 1:
        return False
    over = ctx.today is not None and last.last is not None and last.last < ctx.today
    return not (over and _WILL.match(text, ctx.tokens.ends[m.end() - 1]))
