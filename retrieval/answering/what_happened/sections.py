"""The sections of an article that lists several things, each under a heading that names it."""

from __future__ import annotations

import re
from collections.abc import Set

from retrieval.search.words import stems

_LONGEST = 8  # words of a heading
# A line that is no sentence and gives no detail ("When: …").
_HEADING = re.compile(r"[\"“‘']?(?:\d\w*\s+)?(?:\w+\s+)?[A-ZÀ-Þ][^!?:;\n]*[^.!?:;\s]")


def under_another_heading(text: str, at: int, names: Set[str]) -> bool:
    """Whether one of `names` (stems) heads another section than the one a place lies in: what is told under "Ennor" is
    not about Ulm, where "Ulm" heads a section of its own. What stands before all headings may be about anything.
    """
    if not names:
        return False
    own: set[str] | None = None
    heading: set[str] = set()
    run = False
    start = 0
    for line in text.splitlines(keepends=True):
        words = line.strip()
        if words:
            headed = len(words.split()) <= _LONGEST and _HEADING.fullmatch(words) is not None
            if headed and start <= at:
                own = (own or set()) | stems(words) if run else stems(words)
            heading |= names & stems(words) if headed else set()
            run = headed
        start += len(line)
    return own is not None and not heading <= own
