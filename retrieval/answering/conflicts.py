"""Two sentences that tell one thing with different figures."""

from __future__ import annotations

import re

from retrieval.search.words import stems

_ALIKE = 0.5  # of the words but the figures (overlap coefficient)
_FIGURE = re.compile(r"(?<![\w.])[$£€]?\d[\d,]*(?:\.\d+)?%?")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_SMALL = """
    two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
    nineteen twenty
"""  # from two on: "one" is a pronoun as often as a number
_NUMBER_WORDS = {word: str(n) for n, word in enumerate(_SMALL.split(), start=2)}
_SPELLED = frozenset(_NUMBER_WORDS)


def conflicts(newer: str, older: str) -> bool:
    """Whether two sentences say nearly the same, with other figures."""
    a, b = _figures(newer), _figures(older)
    if not a or not b or a & b or a == b:
        return False
    words_a, words_b = stems(_FIGURE.sub(" ", newer)) - _SPELLED, stems(_FIGURE.sub(" ", older)) - _SPELLED
    return len(words_a & words_b) >= _ALIKE * max(1, min(len(words_a), len(words_b)))


def _figures(text: str) -> set[str]:
    figures = {m.group().replace(",", "").rstrip("%").lstrip("$£€") for m in _FIGURE.finditer(text)}
    spelled = {_NUMBER_WORDS[w] for w in re.findall(r"[a-z]+", text.casefold()) if w in _NUMBER_WORDS}
    return {f for f in figures if not _YEAR.fullmatch(f)} | spelled
