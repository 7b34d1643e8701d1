"""Sentences about somebody else of the same surname: "Joran Roe got 18 months" does not tell what Marit Roe got."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from retrieval.annotation.quotations.names import Name, is_body, key, names_in, surname, title_words
from retrieval.answering.questions.asked_for import AskedFor
from retrieval.answering.sentences.evidence import Evidence

# Kinds of which somebody of that name may be what is asked for: "Who is Marit Roe's brother?"
_NAMING = frozenset((AskedFor.PERSON, AskedFor.DEFINITION, AskedFor.NAME, AskedFor.LIST, AskedFor.WORDS))
_SOMEBODY = re.compile(r"\b(?:[Hh]e|[Ss]he|[Tt]hey|I|[Ww]e)\b")
_OWNS = re.compile(r"['’]s?\b")
_KIN = re.compile(rf"\b(?:{'|'.join(sorted(title_words().kin))})s?\b", re.IGNORECASE)


def without_namesakes(question: str, kind: AskedFor, evidence: Sequence[Evidence]) -> list[Evidence]:
    """`evidence` without sentences on a namesake of whom a question names by first name and surname, where the passage
    has both."""
    if kind in _NAMING or _KIN.search(question):
        return list(evidence)
    asked = [n for n in _persons(question) if not _OWNS.match(question, n.end)]
    return [e for e in evidence if not any(_is_of_a_namesake(name, asked, e) for name in asked)]


def _is_of_a_namesake(name: Name, asked: Sequence[Name], e: Evidence) -> bool:
    """Whether a sentence names somebody with the surname of `name` and another first name, and has neither that of
    `name` nor a pronoun before it; whom the question names too is no mistake."""
    others = [n for n in _persons(e.text) if surname(n.words) == surname(name.words) and not _shares(n, name)]
    if not others or any(_shares(other, n) for other in others for n in asked):
        return False
    first = key(name.words[0])
    if any(key(word) == first for word in re.findall(r"[\w’'-]+", e.text)):
        return False
    both = any(_shares(n, name) and surname(n.words) == surname(name.words) for n in _persons(e.passage.text))
    return both and _SOMEBODY.search(e.text[: others[0].start]) is None


def _persons(text: str) -> Iterator[Name]:
    """The names of at least two words that are no body's."""
    return (n for n in names_in(text) if len(n.words) > 1 and not is_body(n.words))


def _shares(name: Name, other: Name) -> bool:
    """Whether two names have a first name in common, be it an initial or a short form: "M.", "Alex" and "Alexander"."""
    ours, theirs = ([key(word) for word in n.words[:-1]] for n in (name, other))
    return any(a.startswith(b) or b.startswith(a) for a in ours for b in theirs)
