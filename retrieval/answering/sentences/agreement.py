"""What sentences offer for an answer, and how many of them agree on it.

Five sentences that name one chair are five grounds to give that name, not five rivals; so the chance that an answer is
right is that of what it offers, summed over the sentences that say so (the redundancy of Clarke, Cormack and Lynam,
SIGIR 2001).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Set

from retrieval.answering.questions.asked_for import AskedFor
from retrieval.answering.sentences.conflicts import NUMBER_WORDS
from retrieval.search.words import content_words, stem

FIGURES = frozenset(
    (
        AskedFor.NUMBER,
        AskedFor.AMOUNT,
        AskedFor.MEASURE,
        AskedFor.EXTENT,
        AskedFor.AGE,
        AskedFor.DAY,
        AskedFor.DURATION,
    )
)
_COMPARED = FIGURES | {AskedFor.PERSON, AskedFor.BODY, AskedFor.NAME, AskedFor.PLACE, AskedFor.POST}
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")


def can_agree(kind: AskedFor) -> bool:
    """Whether answers of a kind are the same where their words are: names and figures, not reasons."""
    return kind in _COMPARED


def answer_words(text: str, asked: Set[str] = frozenset()) -> frozenset[str]:
    """The words of an answer, however it is written ("1,200", "1200"; "five", "5"), but those in `asked` (stems)."""
    words = content_words(_THOUSANDS.sub("", text))
    return frozenset(stem(NUMBER_WORDS.get(word.casefold(), word)) for word in words) - asked


def agreed(answer: Set[str], own: float, others: Collection[tuple[Set[str], float]]) -> float:
    """The chance of an answer: that of the sentence that offers it, and of the `others` (words, chance) that say it."""
    return own + (sum(share for words, share in others if answer <= words) if answer else 0.0)
