"""Which side of a matter a question asks for: whoever is against it is not found where nobody is said to be."""

from __future__ import annotations

import re

from retrieval.answering.verification.words import classes, lemma

_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")
_AGAINST = frozenset(
    ("against", "opponent", "opponents", "critic", "critics", "objection", "objections", "resist", "sue")
)
# What is done to people and things, too, which other verbs tell: "dismissed", "sacked".
_DEEDS = frozenset(("attack", "ban", "dismiss", "forbid", "mock", "refuse", "reject", "slam", "veto"))


def tells_no_opposition(question: str, sentence: str) -> bool:
    """Whether `question` asks for somebody or something that is against what it names, and `sentence` has none."""
    return _opposes(question, classes().disapproving - _DEEDS) and not _opposes(
        sentence, classes().disapproving | classes().denying | classes().denying_words
    )


def _opposes(text: str, verbs: frozenset[str]) -> bool:
    words = [word.casefold() for word in _WORD.findall(text)]
    return any(word in _AGAINST or lemma(word) in verbs for word in words)
