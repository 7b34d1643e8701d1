"""Whether an article speaks of somebody as "he" or "she", where it names nobody else nearby."""

from __future__ import annotations

import re
from functools import lru_cache

from retrieval.annotation.quotations.names import is_body, names_in
from retrieval.answering.conversation.turn_mentions import HERS

_OFFICE = r"(?:chair|spokes|police|fire|sports|business|congress|states|council)?"  # "chairman", "chairwoman"
MALE = re.compile(
    rf"\b(?:mr|sir|lord|he|his|him|himself|{_OFFICE}man|king|prince|son|father|brother|husband|grandfather|grandson|uncle"
    r"|nephew|widower)\b",
    re.IGNORECASE,
)
"""Words that show a man is spoken of, and below, a woman."""

FEMALE = re.compile(
    rf"\b(?:mrs|ms|miss|lady|dame|she|her|hers|herself|{_OFFICE}woman|queen|princess|daughter|mother|sister|wife"
    r"|grandmother|granddaughter|aunt|niece|widow)\b",
    re.IGNORECASE,
)

_SENTENCE = re.compile(r"(?<=[a-z\d”\"’')][.!?])\s+|\n+")
_PRONOUN = re.compile(r"\b(?:he|she|his|her|him|hers)\b", re.IGNORECASE)
_BEGINS = re.compile(r"\W*(?:he|she|his|her)\b", re.IGNORECASE)
_KIN = re.compile(
    r"\b(?:[Hh]is|[Hh]er|[Tt]heir|[A-Z][\w’'-]*['’]s)\s+(?:[a-z]+\s+)?(?P<kin>[a-z]+)(?:\s+and\s+[a-z]+)?,?\s+(?:[A-Z][\w.’'-]*\s+){0,3}$"
)
_PRONOUNS = frozenset(("he", "his", "him", "himself", "she", "her", "hers", "herself"))
_ASKED = 16  # names in articles that are remembered: each of an answer's sentences may ask
_READ = 50_000  # characters of an article that are looked at


def shows_another(pronoun: str, name: str, before: str) -> bool:
    """Whether the sentence before "he" or "she" shows that the one it names is not meant.

    It speaks of the other gender, or begins with a pronoun of this one, whose bearer is named further up: "Her mother,
    Ann, taught her".
    """
    same, other = (FEMALE, MALE) if pronoun.casefold() in HERS else (MALE, FEMALE)
    behind = before.find(name)
    own = any(m.group().casefold() in _PRONOUNS for m in same.finditer(before, 0, max(behind, 0)))
    return own or other.search(before) is not None


def is_of_other_gender(name: str, pronoun: str, text: str) -> bool:
    """Whether `text` speaks of whoever bears `name` by pronouns of the other gender alone."""
    told = _told(name.split()[-1], text[:_READ])
    return bool(told) and told == {pronoun.casefold() not in HERS}


@lru_cache(maxsize=_ASKED)
def _told(surname: str, text: str) -> frozenset[bool]:
    """For each gender that sentences with this name alone show, and those that go on behind them, whether female."""
    sentences = _SENTENCE.split(text)
    told: set[bool] = set()
    named = re.compile(rf"(?<![\w-]){re.escape(surname)}(?![\w-])")  # "Amadi-Holt" is no Holt
    for sentence, after in zip(sentences, [*sentences[1:], ""], strict=True):
        name = named.search(sentence)
        if name is None or _names_others(surname, sentence):
            continue
        if (kin := _KIN.search(sentence[: name.start()])) is not None:  # "her son, David Holt": of her no more
            told |= {female for female, of in ((True, FEMALE), (False, MALE)) if of.fullmatch(kin["kin"])}
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
