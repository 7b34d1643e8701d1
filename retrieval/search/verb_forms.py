"""Words under one form: "built" and "building" under that of "build"."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from retrieval.search.words import content_words, stem, stems

_WORD = re.compile(r"[a-z]+")


def told_stems(text: str) -> set[str]:
    """The stems of all words of `text`, for an irregular form also that of its infinitive."""
    infinitives = _infinitives()
    return stems(text) | {infinitives[word] for word in _WORD.findall(text.lower()) if word in infinitives}


def told_stem(word: str) -> str:
    """The stem of one word, of an irregular form that of its infinitive."""
    return _infinitives().get(word.lower()) or stem(word)


def asked_stems(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The stems of the words of `text` that carry its subject: those in lower case, and names."""
    words = content_words(text)
    names = {word for word in words if word[:1].isupper() or word[:1].isdigit()}
    plain = frozenset(told_stem(word) for word in words if word not in names)
    return plain, frozenset(told_stem(word) for word in names)


def is_participle(word: str) -> bool:
    """Whether a word may stand behind "was" as something done: "sent", "closed"."""
    return word.endswith("ed") or word in irregular_participles()


@cache
def irregular_participles() -> frozenset[str]:
    """The irregular forms that may stand behind "was": "sent", "chosen"."""
    lines = (files(__package__) / "irregular_verbs.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(words[-1] for words in (line.split() for line in lines) if len(words) > 1)


@cache
def _infinitives() -> dict[str, str]:
    """Irregular form -> the stem of its infinitive."""
    lines = (files(__package__) / "irregular_verbs.txt").read_text(encoding="utf-8").splitlines()
    forms: dict[str, str] = {}
    for infinitive, *others in (line.split() for line in lines):
        for other in others:
            forms.setdefault(other, stem(infinitive))
    return forms
