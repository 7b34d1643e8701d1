"""`ARTICLE[:START-END]`, as a user names an article or a stretch of one."""

from __future__ import annotations

import re

from retrieval.errors import BadInput

_STRETCH = re.compile(r"^(?P<article>.+):(?P<start>\d{1,12})-(?P<end>\d{1,12})$", re.DOTALL)


def parse_place(place: str) -> tuple[str, tuple[int, int] | None]:
    """The article's id and the stretch, None where the whole is meant; BadInput for an empty stretch."""
    match = _STRETCH.match(place)
    if match is None:
        return place, None
    start, end = int(match["start"]), int(match["end"])
    if start >= end:
        raise BadInput(f"{start}-{end} is no stretch: the end must come after the start.")
    return match["article"], (start, end)
