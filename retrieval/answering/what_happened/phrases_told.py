"""Whether a sentence tells of what a phrase names, and does not only have its words somewhere."""

from __future__ import annotations

import re
from itertools import product

from retrieval.schema import Stretch
from retrieval.search.verb_forms import told_stems
from retrieval.search.words import content_words

_BETWEEN = 2  # other content words between two of the phrase: "the crane on the old quay toppled"
_FAR = 60  # characters between the words and the date that is theirs
_PLACES = 4  # of one word that are tried
_WORD = re.compile(r"[\w’'-]+")
_OF = re.compile(r"\b(?:of|for|by)\b", re.IGNORECASE)
_MOST = 6  # words of a phrase that are looked for


def told_together(phrase: str, text: str, date: Stretch | None) -> bool:
    """Whether the content words of `phrase` stand together in `text`, near the `date` in it.

    Together: in the order of the phrase with few others between, or turned round by "of" ("the opening of the bridge"
    for "the bridge opening").
    """
    wanted = content_words(phrase)[:_MOST]
    words = [(m.start(), m.end(), told_stems(m[0])) for m in _WORD.finditer(text)]
    places = [[i for i, (_, _, own) in enumerate(words) if told_stems(word) & own][:_PLACES] for word in wanted]
    if not places or not all(places):
        return False
    for chosen in product(*places):
        first, last = min(chosen), max(chosen)
        inside = text[words[first][0] : words[last][1]]
        if len(content_words(inside)) - len(set(chosen)) > _BETWEEN * (len(set(chosen)) - 1):
            continue
        if list(chosen) != sorted(chosen) and not (_OF.search(inside) or _OF.search(phrase)):
            continue
        if date is None or _distance(date, words[first][0], words[last][1]) <= _FAR:
            return True
    return False


def _distance(date: Stretch, start: int, end: int) -> int:
    return max(0, start - date.end, date.start - end)
