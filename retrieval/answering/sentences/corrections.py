"""Sentences in which a publisher takes back what was reported before."""

from __future__ import annotations

import re

from retrieval.answering.sentences.conflicts import figures
from retrieval.schema import FoundPassage, Stretch

_BEHIND = 3  # sentences
_TAKES_BACK = re.compile(
    r"^\W*(?:\d{1,2}[:.]\d\d\W+(?:[ap]\.?m\.?\W+)?)?(?:corrections?|clarification|editor['’]s note)\b\W"
    r"|\b(?:earlier|previous|original|initial) (?:version|report|article|story|edition|post)s?\b.{0,160}?"
    r"\b(?:said|stated|gave|misstated|put|listed|reported|named|misspelled|was wrong|incorrect(?:ly)?)\b",
    re.IGNORECASE | re.DOTALL,
)


def takes_back(text: str) -> bool:
    """Whether a sentence says that an earlier report was wrong."""
    return _TAKES_BACK.search(text) is not None


def corrects(correction: str, reported: str) -> bool:
    """Whether what a sentence takes back is a figure of another: the same number of the same thing."""
    if not takes_back(correction) or takes_back(reported):
        return False
    wrong, told = figures(correction), figures(reported)
    return any(wrong[key] & told[key] for key in wrong.keys() & told.keys())


def with_what_is_right(passage: FoundPassage, stretch: Stretch) -> Stretch:
    """A correction with the sentences behind it in its paragraph, at most three, which as a rule tell what is right."""
    behind = [s for s in passage.sentences if s.start >= stretch.end][:_BEHIND]
    for sentence in behind:
        between = passage.text[stretch.end - passage.start : sentence.start - passage.start]
        if "\n" in between:
            break
        stretch = Stretch(stretch.start, sentence.end)
    return stretch
