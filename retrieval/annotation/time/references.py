"""Words that point to the past, the present or the future and stand for no day."""

from __future__ import annotations

import re

from retrieval.annotation.time.context import Context
from retrieval.annotation.time.lexicon import DURATION_CODES
from retrieval.annotation.time.reading import Reading, read, tokens_of, value, where


def reference(ctx: Context, m: re.Match[str]) -> Reading | None:
    """ "now", "recently", "in the future"."""
    if ctx.tokens.word(m.start()) == "soon" and ctx.follows_past(m.end()):
        return None
    return read(value(ctx, m, "ref"))


def the_past(ctx: Context, m: re.Match[str]) -> Reading | None:
    """ "in the past"."""
    if ctx.tokens.word(m.end() - 1) != "past" or ctx.tokens.names_noun(m.end()):
        return None
    return read("PAST_REF")


def recent(ctx: Context, m: re.Match[str]) -> Reading | None:
    """ "recent", "current" before what is so: which days is left open."""
    word = ctx.tokens.word(m.start())
    if ctx.tokens.word(m.start() - 1) in ("most", "more"):
        return None
    return read({"recent": "PAST_REF", "current": "PRESENT_REF"}[word]) if word in ("recent", "current") else None


def vague_units(ctx: Context, m: re.Match[str]) -> Reading | None:
    """ "recent years", "coming months", "the last few weeks"."""
    by = sum(ctx.tokens.values[i] for i in tokens_of(m, "rel") if ctx.tokens.kinds[i] in "LX")
    name = ctx.tokens.values[where(m, "unit")]
    if name not in DURATION_CODES:
        return None
    return read("PAST_REF" if by < 0 else "FUTURE_REF")
