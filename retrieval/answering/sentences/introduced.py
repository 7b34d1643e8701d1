"""Whoever an article first describes and then names: "A former treasurer was jailed. Marit Roe, 54, showed no emotion".

News begins so; that the two are one is told by nothing but their order. So no name is put into the first sentence: it
counts as one on the person named, and the sentence that names her is shown with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from retrieval.annotation.quotations.names import is_person_noun
from retrieval.answering.questions.question_words import QuestionWords
from retrieval.answering.sentences.evidence import Evidence

_DESCRIBES = re.compile(r"An?\s+(?:[a-z][\w’'-]*\s+){0,3}?(?P<noun>[a-z][\w’'-]+)\b")
_NAMES = re.compile(r"(?P<name>[A-Z][\w’'-]+(?:\s+[A-Z][\w.’'-]*){1,3}),\s+(?:aged\s+)?\d{1,3},\s")
_ANOTHER = re.compile(r"\b(?:an?|another|one|two|three)\s+(?P<nouns>[a-z][\w’'-]*(?:\s+[a-z][\w’'-]*)?)")
_SOMEBODY = frozenset(("man", "woman", "boy", "girl", "person"))  # who may be anybody of whom the next sentence tells


def introduced(e: Evidence) -> str:
    """The name that the next sentence begins with, with an age, where a sentence begins with what somebody is; empty
    where either does not."""
    described = _DESCRIBES.match(e.text)
    if described is None or described["noun"] in _SOMEBODY or not is_person_noun(described["noun"]):
        return ""
    others = _ANOTHER.finditer(e.text, described.end())
    if any(is_person_noun(word) for other in others for word in other["nouns"].split()):
        return ""  # "A nurse was hit by a driver": either may be named next
    passage = e.passage
    behind = next((s for s in passage.sentences if s[0] >= e.stretch.end), None)
    named = _NAMES.match(passage.text, behind[0] - passage.start) if behind is not None else None
    return named["name"] if named is not None else ""


def told_of_whom(e: Evidence) -> str:
    """A sentence with the name of whoever it describes, as a model reads it."""
    name = introduced(e)
    return f"{name}, {e.text[0].lower()}{e.text[1:]}" if name else e.text


def with_whom(words: QuestionWords, evidence: Iterable[Evidence]) -> list[Evidence]:
    """`evidence`, in which a sentence on whoever is named right behind it has the words of that name about it."""
    return [_with_name(words, e) for e in evidence]


def _with_name(words: QuestionWords, e: Evidence) -> Evidence:
    name = introduced(e)
    if not name or not words.names & words.stems_of(name):
        return e
    near = words.covered(words.stems_of(f"{name} {e.text} {e.passage.article.title}"))
    return replace(e, measures=replace(e.measures, context=max(near, e.measures.context)))


def naming(e: Evidence, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The sentence behind one that describes somebody, which names them; none where it describes nobody."""
    if not introduced(e):
        return []
    same = (o for o in evidence if o.passage.article == e.passage.article and o.stretch.start >= e.stretch.end)
    return sorted(same, key=lambda o: o.stretch.start)[:1]
