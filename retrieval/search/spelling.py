"""Words of a question that no article has, as the articles spell them: "bejing", "46000", "whitehouse", "brandls wife".

Only what is found for the question is looked into, and a word must be very like: most that nobody wrote is no slip but
something that the articles do not tell of. Nor is an ordinary word one, "contract" where they have "contact": the
bundled model's vocabulary, some 30,000 pieces of English, has such a word whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from difflib import SequenceMatcher
from functools import cache

from retrieval.search.words import content_words, searched_words, stem
from retrieval.storage.encoding.bundled_model import folder
from retrieval.storage.encoding.tokens import load_tokenizer
from retrieval.storage.store import Store

_SHORTEST = 5  # letters: of shorter words too many are alike
_LONG_NUMBER = 5  # figures; fewer may be a year
_LIKE = 0.85  # share of common letters (Ratcliff and Obershelp, 1988)
_LIKE_NAME = 0.88  # the same of names, of which "Peterson" and "Petersen" are two
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_APOSTROPHE = re.compile("['’]")
_TWO = re.compile(r"(?=\b([^\W\d_]+)[ -]([^\W\d_]+)\b)")
_GROUPED = re.compile(r"\b\d{1,3}(?:,\d{3})+\b")
_QUOTED = re.compile(r"[\"“„«][^\"“”„«»]*[\"”“»]")
_MOST = 8  # words of a question: one with more of them is no question with a slip


def unknown_words(store: Store, question: str) -> list[str]:
    """The words and numbers of `question` that stand in no passage and may be slips: long ones, outside quotations, the
    first few."""
    words = _long_words(question)
    frequencies, total = store.frequencies.of(sorted({stem(word) for word in words}))
    return [word for word in words if total and not frequencies[stem(word)] and not _is_ordinary(word)][:_MOST]


def possible_owners(question: str) -> list[str]:
    """The words of `question` that may be names with an "s" for "'s": "brandls"."""
    return [word for word in _long_words(question) if word.endswith("s") and not _is_ordinary(word)][:_MOST]


def respelled(question: str, unknown: Iterable[str], texts: Sequence[str]) -> str:
    """`question` with each of its `unknown` words as `texts` have it: two words of theirs that are written as one, or
    one that is like it, where just one is; and with the apostrophe of those of their names that own something."""
    told = sorted({word for text in texts for word in _WORD.findall(text) if len(word) >= _SHORTEST - 1})
    grouped = {number.replace(",", ""): number for text in texts for number in _GROUPED.findall(text)}
    apart = {(two[1] + two[2]).casefold(): f"{two[1]} {two[2]}" for text in texts for two in _TWO.finditer(text)}
    spelled = {_APOSTROPHE.split(word)[0] for word in told}
    names = {word.casefold(): word for word in spelled if word.lower() not in spelled}
    for word in possible_owners(question):
        owner = names.get(word[:-1].casefold())
        if owner is not None and not {word.lower(), word.capitalize()} & spelled:
            question = _owned(question, word, owner)
    for word in unknown:
        meant = grouped.get(word) if word.isdigit() else apart.get(word.casefold()) or _most_alike(word, told)
        if meant is not None:
            question = re.sub(rf"\b{re.escape(word)}\b", meant, question)
    return question


def _owned(question: str, word: str, owner: str) -> str:
    """`question` with `word` as the name `owner` with an apostrophe, where it stands before what is owned."""

    def told(match: re.Match[str]) -> str:
        return f"{owner}'s" if content_words(match["what"]) else match[0]

    return re.sub(rf"(?<!many )\b{re.escape(word)}\b(?=\s+(?P<what>[^\W\d_]+))", told, question)


def _long_words(question: str) -> list[str]:
    return [word for word in searched_words(_QUOTED.sub(" ", question)) if _is_long(word)]


def _is_long(word: str) -> bool:
    return len(word) >= _LONG_NUMBER if word.isdigit() else len(word) >= _SHORTEST and word.isalpha()


def _is_ordinary(word: str) -> bool:
    return word.isalpha() and _vocabulary()(word.casefold()) is not None


@cache
def _vocabulary() -> Callable[[str], int | None]:
    return load_tokenizer(str(folder())).token_to_id


def _most_alike(word: str, told: Iterable[str]) -> str | None:
    """The one word that is like another which begins with the same letter; None where there is none, or several."""
    likest = 0.0
    found: dict[str, str] = {}
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(word.casefold())
    for other in told:
        least = max(likest, _LIKE if other.islower() else _LIKE_NAME)
        if other[0].casefold() != word[0].casefold():
            continue
        matcher.set_seq1(other.casefold())
        if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least or (alike := matcher.ratio()) < least:
            continue
        if alike > likest:
            likest, found = alike, {}
        if found.get(stem(other), "").isupper():  # a dateline's capitals count while no other form is found
            found.pop(stem(other))
        found.setdefault(stem(other), other)
    return next(iter(found.values())) if len(found) == 1 else None
