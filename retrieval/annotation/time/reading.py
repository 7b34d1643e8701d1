"""What a rule makes of a stretch of tokens."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

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
