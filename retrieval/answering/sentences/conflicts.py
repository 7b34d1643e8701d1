"""Two sentences that tell one thing with different figures."""

from __future__ import annotations

import re

from retrieval.search.words import content_words, stem

_ALIKE = 0.6  # of the content words but the figures (overlap coefficient)
_COMMON = 3  # content words at least: two short sentences are alike by chance
_FIGURE = re.compile(r"(?<![\w.-])(?P<money>[$£€])?(?P<value>\d[\d,]*(?:\.\d+)?)(?P<percent>\s?%|\s+per\s?cent\b)?")
_DAY = re.compile(
    r"\b(?P<month>Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?\s+(?P<day>\d{1,2})\b(?!,?\d)"
    r"|\b(?P<day2>\d{1,2})\s+(?P<month2>January|February|March|April|May|June|July|August|September|October"
    r"|November|December)\b"
)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_SMALL = """
    two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
    nineteen twenty
"""  # from two on: "one" is a pronoun as often as a number
NUMBER_WORDS = {word: str(n) for n, word in enumerate(_SMALL.split(), start=2)}
"""The figures of small number words."""

_SPELLED = re.compile(rf"\b(?:{'|'.join(NUMBER_WORDS)})\b", re.IGNORECASE)
_DEAD = frozenset(("dead", "deaths", "died", "killed", "fatalities"))
# "The number of people ill is now 112", "bringing the number of dead to six", "the death toll rose to six".
_NUMBER_OF = re.compile(
    rf"\b(?:(?:number|total|count)\s+of\s+(?:the\s+)?(?P<what>[^\W\d_]+)|death\s+toll)\b[^.;,]{{0,80}}?"
    rf"\b(?:to|at|is|was|reached|now)\s+(?:now\s+)?(?P<value>\d[\d,]*|{'|'.join(NUMBER_WORDS)})\b(?!\s+per|\s*%)",
    re.IGNORECASE,
)
_DIED = re.compile(r"\W*(?:[^\W\d_]+\s+){0,3}?(?:died|dead|killed)\b", re.IGNORECASE)
_KILLED = re.compile(r"\bkill(?:ed|ing|s)\s+(?:at\s+least\s+|about\s+|some\s+)?$", re.IGNORECASE)
_SCALES = ("million", "billion", "trillion", "thousand", "hundred", "m", "bn")


def conflicts(newer: str, older: str) -> bool:
    """Whether two sentences say nearly the same, with another figure for the same thing.

    The same thing: what is counted ("9 people", "12 people"), money and money, a share and a share, a day and a day. A
    pair of sentences that agree on such a figure does not conflict.
    """
    a, b = figures(newer), figures(older)
    shared = a.keys() & b.keys()
    if not shared or any(a[key] & b[key] for key in shared):
        return False
    words_a, words_b = _content(newer), _content(older)
    common = len(words_a & words_b)
    return common >= _COMMON and common >= _ALIKE * min(len(words_a), len(words_b))


def figures(text: str) -> dict[str, frozenset[str]]:
    """The figures of a sentence by what they count: "$", "%", "day", or the stem of the word behind them."""
    found: dict[str, set[str]] = {}
    days = [m.span() for m in _DAY.finditer(text)]
    for m in _DAY.finditer(text):
        month = (m["month"] or m["month2"])[:3]
        found.setdefault("day", set()).add(f"{month} {int(m['day'] or m['day2'])}")
    for m in _FIGURE.finditer(text):
        value = m["value"].replace(",", "")
        if any(start < m.end() and m.start() < end for start, end in days) or (
            not m["money"] and _YEAR.fullmatch(value)
        ):
            continue
        behind = re.findall(r"[^\W\d_]+", text[m.end() : m.end() + 60])[:2]
        scale = behind.pop(0) if behind and behind[0] in _SCALES else ""
        key = "$" if m["money"] else "%" if m["percent"] else _counted(behind[0]) if behind else ""
        found.setdefault(key, set()).add(f"{value} {scale}".strip())
        if not m["money"] and _is_of_dead(text, m):
            found.setdefault("dead", set()).add(value)
    for m in _NUMBER_OF.finditer(text):
        value = m["value"].replace(",", "").casefold()
        found.setdefault(_counted(m["what"] or "dead"), set()).add(NUMBER_WORDS.get(value, value))
    for m in _SPELLED.finditer(text):
        behind = re.findall(r"[^\W\d_]+", text[m.end() : m.end() + 40])[:1]
        if behind:
            found.setdefault(_counted(behind[0]), set()).add(NUMBER_WORDS[m.group().casefold()])
            if _is_of_dead(text, m) and behind[0] != "more":
                found.setdefault("dead", set()).add(NUMBER_WORDS[m.group().casefold()])
    return {key: frozenset(values) for key, values in found.items() if key}


def _is_of_dead(text: str, number: re.Match[str]) -> bool:
    """Whether a number counts those who died: "killed nine people", "nine people died"."""
    return _DIED.match(text, number.end()) is not None or _KILLED.search(text, 0, number.start()) is not None


def _counted(word: str) -> str:
    """The key of what is counted; the dead and those who died are one."""
    return "dead" if word.casefold() in _DEAD else stem(word)


def _content(text: str) -> set[str]:
    bare = _SPELLED.sub(" ", _FIGURE.sub(" ", _DAY.sub(" ", text)))
    return {stem(word) for word in content_words(bare)}
