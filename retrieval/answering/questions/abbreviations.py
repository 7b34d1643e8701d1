"""Abbreviations of a question and what they stand for in the articles found, and the other way round: "NPA", "National
Parks Authority"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from retrieval.search.words import content_words, stem, stems

_SMALL = r"(?:(?:of|the|and|for|in|on|to|&)\s+){0,2}"  # words that an abbreviation leaves out
_LONGEST = 6  # letters
_SURE = 3  # letters from which words in small letters may be meant, and a question's words without capitals
_TWICE = 2  # a pair of words in small letters is meant by two letters where it stands there so often
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_SHORT = re.compile(rf"\b[A-Z]{{2,{_LONGEST}}}\b")
_LEFT_OUT = frozenset(("of", "the", "and", "for", "in", "on", "to"))


def with_abbreviations(question: str, texts: Sequence[str]) -> Callable[[str], set[str]]:
    """A function for the stems of a piece of these texts, with those of the question's words that stand there only as
    an abbreviation, or as what they abbreviate."""
    text = "\n".join(texts)
    there = set(_SHORT.findall(text))
    told = [*_spelled_out(question, text), *_shortened(question, there)]
    if not told:
        return stems
    return lambda piece: stems(piece).union(*(meant for phrase, meant in told if phrase.search(piece)))


def _spelled_out(question: str, text: str) -> Iterator[tuple[re.Pattern[str], set[str]]]:
    """For each abbreviation of a question that the text lacks, what it stands for there."""
    for word in content_words(question):
        if not (word.isascii() and word.isalpha() and 2 <= len(word) <= _LONGEST):
            continue
        if not (word.isupper() or len(word) >= _SURE) or re.search(rf"\b{word}\b", text, re.IGNORECASE):
            continue
        initials = word.upper()
        found = set(_run(initials).findall(text))
        if word.isupper() and not found:
            counts = Counter(
                m.casefold().rstrip("s") for m in re.findall(_run(initials.lower()).pattern, text, re.IGNORECASE)
            )
            found = {m for m, n in counts.items() if len(word) >= _SURE or n >= _TWICE}
        if found:
            phrase = "|".join(re.escape(m).replace(r"\ ", r"\s+") for m in found)
            yield re.compile(rf"\b(?:{phrase})", re.IGNORECASE), {stem(word)}


def _run(initials: str) -> re.Pattern[str]:
    """Words that begin with these letters, small words counted or left out."""
    small = {letter.upper(): f"|{word}" for letter, word in (("o", "of"), ("t", "the"), ("a", "and"), ("f", "for"))}
    words = (rf"(?:{letter}[\w’'-]*{small.get(letter, '')})" for letter in initials)
    between = rf"(?:(?<=\b[A-Za-z])\.\s*|\s+{_SMALL})"  # "U.S. Department of Agriculture" is USDA
    return re.compile(r"\b" + between.join(words))


def abbreviates(short: str, name: str) -> bool:
    """Whether the letters of `short` are the initials of a name's words, small words counted or left out."""
    words = _WORD.findall(name)
    told = [words, [word for word in words if word.casefold() not in _LEFT_OUT]]
    return short.isupper() and len(short) > 1 and short in {"".join(w[0].upper() for w in run) for run in told}


def _shortened(question: str, there: set[str]) -> Iterator[tuple[re.Pattern[str], set[str]]]:
    """For each abbreviation of the text the words of a question that it stands for."""
    every = _WORD.findall(question)
    for words in (every, [word for word in every if word.casefold() not in _LEFT_OUT]):
        initials = "".join(word[0].upper() for word in words)
        for start in range(len(words)):
            for end in range(start + 2, min(start + _LONGEST, len(words)) + 1):
                short, run = initials[start:end], words[start:end]
                if short in there and (len(short) >= _SURE or all(word[0].isupper() for word in run)):
                    yield re.compile(rf"\b{short}\b"), {stem(word) for word in run}
