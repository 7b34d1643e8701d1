"""What a rule makes of a stretch of tokens."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from retrieval.annotation.time.context import Context
from retrieval.schema import TimexType


@dataclass(frozen=True, slots=True)
class Reading:
    """A TIMEX3 reading. ``anchored`` are two values between which a duration lies ("the past three days")."""

    type: TimexType
    value: str
    modifier: str | None = None
    certain: bool = True
    anchored: tuple[str, str] | None = None


Resolver = Callable[[Context, "re.Match[str]"], Reading | None]
"""A rule's second half: the match is over the token classes, so its groups count tokens. None: no expression."""


NOTHING = Reading(TimexType.DURATION, "")
"""The reading of what looks like an expression and is none: its tokens are used up."""


def read(value: str, modifier: str | None = None, *, certain: bool = True) -> Reading:
    return Reading(TimexType.DATE, value, modifier, certain)


def where(m: re.Match[str], group: str) -> int:
    """The first token of a group; -1 where the rule has no such group or it matched nothing."""
    return m.start(group) if group in m.re.groupindex and m.end(group) > m.start(group) else -1


def tokens_of(m: re.Match[str], group: str) -> range:
    """The tokens of a group; empty where the rule has no such group or it matched nothing."""
    start = where(m, group)
    return range(start, m.end(group)) if start >= 0 else range(0)


def matched(m: re.Match[str], group: str) -> str:
    """The classes of a group's tokens; empty where the rule has no such group or it matched nothing."""
    return (m[group] or "") if group in m.re.groupindex else ""


def value(ctx: Context, m: re.Match[str], group: str) -> Any:
    """What the first token of a group stands for; None where there is none."""
    start = where(m, group)
    return ctx.tokens.values[start] if start >= 0 else None
