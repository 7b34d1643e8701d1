"""The name that is all that a question asks about, to be found as it stands."""

from __future__ import annotations

import re

from retrieval.search.words import content_words

_BETWEEN = r"[^\w.!?;:]+"  # of the words of one name


def name_alone(topic: str) -> re.Pattern[str] | None:
    """What finds the words of `topic` that tell something, where they stand in it side by side: of "Who is Ann Roe?"
    the name; None where they are fewer than two, or apart."""
    words = content_words(topic)
    if len(words) < 2:
        return None
    together = re.compile(rf"(?<!\w){_BETWEEN.join(map(re.escape, words))}(?!\w)", re.IGNORECASE)
    return together if together.search(topic) else None
