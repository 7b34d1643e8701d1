"""Whether an article speaks of somebody as "he" or "she", where it names nobody else nearby."""

from __future__ import annotations

import re
from functools import lru_cache

from retrieval.annotation.quotations.names import is_body, names_in
from retrieval.answering.turn_mentions import HERS

_SENTENCE = re.compile(r"(?<=[a-z\d”\"’')][.!?])\s+|\n+")
_PRONOUN = re.compile(r"\b(?:he|she|his|her|him|hers)\b", re.IGNORECASE)
_BEGINS = re.compile(r"\W*(?:he|she|his|her)\b", re.IGNORECASE)
_ASKED = 16  # names in articles that are remembered: each of an answer's sentences may ask
_READ = 50_000  # characters of an article that are looked at


def is_of_other_gender(name: str, pronoun: str, text: str) -> bool:
    """Whether `text` speaks of whoever bears `name` by pronouns of the other gender alone."""
    told = _told(name.split()[-1], text[:_READ])
    return bool(told) and told == {pronoun.casefold() not in HERS}


@lru_cache(maxsize=_ASKED)
def _told(surname: str, text: str) -> frozenset[bool]:
    """For each gender that sentences with this name alone show, and those that go on behind them, whether female."""
    sentences = _SENTENCE.split(text)
    told: set[bool] = set()
    for sentence, after in zip(sentences, [*sentences[1:], ""], strict=True):
        if not re.search(rf"\b{re.escape(surname)}\b", sentence) or _names_others(surname, sentence):
            continue
        told |= {m.group().casefold() in HERS for m in _PRONOUN.finditer(sentence)}
        if (begins := _BEGINS.match(after)) is not None and not _names_others(surname, after):
            told.add(begins.group().strip(' “"').casefold() in HERS)
    return frozenset(told)


def _names_others(surname: str, sentence: str) -> bool:
    """Whether a sentence names another person: by two words, or with a title."""
    return any(
        surname not in n.words and not is_body(n.words) and (len(n.words) > 1 or n.title) for n in names_in(sentence)
    )
