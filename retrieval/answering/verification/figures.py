"""Numbers and amounts: each in a sentence stands in the cited passages, or is a right sum or difference of theirs."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from retrieval.answering.verification.words import classes, lemma, lemmas
from retrieval.schema import Stretch
from retrieval.search.words import content_words

_ONES_LISTED = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen
"""
_TENS_LISTED = "twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINALS_LISTED = """
    first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth
    sixteenth seventeenth eighteenth nineteenth twentieth
"""
_ONES = {word: n for n, word in enumerate(_ONES_LISTED.split())}
_TENS = {word: n * 10 for n, word in enumerate(_TENS_LISTED.split(), start=2)}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_SHORT_SCALES = {"k": 1000, "m": 10**6, "mn": 10**6, "bn": 10**9, "b": 10**9, "tn": 10**12}
_ORDINALS = {word: n for n, word in enumerate(_ORDINALS_LISTED.split(), start=1)}
_OTHERS = {"dozen": 12, "both": 2, "twice": 2, "thrice": 3, "once": 1, "pair": 2, "couple": 2, "double": 2, "triple": 3}
_FRACTIONS = {"half": Fraction(1, 2), "quarter": Fraction(1, 4), "thirds": Fraction(1, 3), "quarters": Fraction(1, 4)}
_SPELLED = "|".join(sorted((*_ONES, *_TENS, *_SCALES), key=len, reverse=True))
_MARKS = {"$": "dollar", "£": "pound", "€": "euro", "¥": "yen", "₩": "won", "₹": "rupee"}
_CODES = {"usd": "dollar", "gbp": "pound", "eur": "euro", "jpy": "yen"}

_NUMBER = re.compile(
    rf"""(?P<mark>[$£€¥₩₹])?\s?(?<![\w.,])(?P<digits>\d[\d,]*(?:\.\d+)?)(?P<ordinal>st|nd|rd|th)?\b
         (?:[\s-]?(?P<scale>hundred|thousand|million|billion|trillion|mn|bn|tn|k|m)\b)?
       | \b(?P<words>(?:{_SPELLED})(?:(?:[\s-]+(?:and\s+)?|-)(?:{_SPELLED}))*)\b
       | \b(?P<other>dozen|both|twice|thrice|once|pair|couple|half|quarter|{"|".join(_ORDINALS)})s?\b""",
    re.IGNORECASE | re.VERBOSE,
)
_AFTER = re.compile(
    r"[\s-]*(?:of\s+(?:a|an|the)\s+|(?:more|further|extra|additional)\s+)?(?:(?P<percent>%|percent\b|per\s+cent\b|percentage)|(?P<word>[^\W\d_]+))"
)
_HALF = re.compile(  # of a day, behind "6" of "6 a.m." and of "6 to 10 a.m."
    r"(?:\s*(?:to|and|until|–|-)\s*\d{1,2}(?:[.:]\d\d)?)?\s?(?P<half>[ap])\.?m\b", re.IGNORECASE
)
_TO = re.compile(r"(?:\s+[a-z]+)?(?:\s+(?:to|against|versus|v)\s+|\s?[-–—:]\s?)")
_BEHIND = re.compile(r"[\s-][a-z]+(?:[\s-][a-z]+){0,2}")
# Bounds, by the words right before a number or behind it; "no more than" is looked for before "more than".
_AT_MOST = re.compile(
    r"\b(?:(?:no|not|n['’]t|never|cannot|without)\s+(?!only\b)(?:[a-z]+\s+){0,2}?(?:more|higher|longer|later)\s+than"
    r"|(?:not|n['’]t|never|without)\s+(?:[a-z]+\s+)?(?:exceed\w*|over|above)|at\s+(?:the\s+)?(?:very\s+)?most|up\s+to"
    r"|as\s+(?:many|much|high|large|long)\s+as|(?:a\s+)?maximum(?:\s+of)?)\s+$",
    re.I,
)
_AT_LEAST = re.compile(
    r"\b(?:(?:no|not|n['’]t|never)\s+(?!only\b)(?:[a-z]+\s+){0,2}?(?:less|fewer|lower|shorter|earlier)\s+than"
    r"|(?:not|n['’]t|never)\s+(?:[a-z]+\s+)?(?:under|below)|at\s+(?:the\s+)?(?:very\s+)?least|as\s+(?:few|little|low)\s+as"
    r"|(?:a\s+)?minimum(?:\s+of)?)\s+$",
    re.I,
)
_MORE = re.compile(r"\b(?:more\s+than|over|above|upwards?\s+of|exceed\w*|in\s+excess\s+of)\s+$", re.I)
_LESS = re.compile(r"\b(?:less\s+than|fewer\s+than|under|below|nearly|almost|close\s+to|short\s+of)\s+$", re.I)
_PLACED = re.compile(r"(?<!just )\b(?:over|under|above|below)\s+$", re.I)
_OR_MORE = re.compile(r"(?:\s+[a-z]+){0,2}\s+(?:or\s+(?:more|over|above)|at\s+(?:the\s+)?least)\b", re.I)
_OR_LESS = re.compile(r"(?:\s+[a-z]+){0,2}\s+(?:or\s+(?:less|fewer|under|below)|at\s+(?:the\s+)?most)\b", re.I)
_NEAR = re.compile(
    r"\b(?:about|around|some|roughly|approximately|nearly|almost|close\s+to|an?\s+estimated|just\s+(?:over|under))\s+$",
    re.I,
)
_LEAD = 40  # characters before a number that are read for its bound
_ROUNDING = Fraction(6, 100)
_VAGUE = {
    "one",
    "second",
    "once",
    "first",
    "half",
    "couple",
    "pair",
    "both",
    "quarter",
}  # seldom a figure by themselves


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a text: `unit` "%" or the lemma of a currency or unit, empty where it counts something else.

    `counts` is whether a noun that is no unit stands right behind it; `bound` is 1 where the text says more than or at
    least, -1 where less than or at most, `strict` where the figure itself is left out; `near` where it says about;
    `placed` where "over" may tell of what, not of how many: "a dispute over 17 boats".
    """

    stretch: Stretch
    value: Fraction
    unit: str = ""
    ordinal: bool = False
    bound: int = 0
    near: bool = False
    vague: bool = False
    counts: bool = False
    strict: bool = False
    placed: bool = False


def figures(text: str, apart_from: Sequence[Stretch] = ()) -> list[Figure]:
    """The numbers of `text`, in order, those that begin within `apart_from` (dates) left out."""
    found = []
    for match in _NUMBER.finditer(text):
        start = match.start() + (match.group()[0].isspace())  # before its mark, a number takes a blank along
        if any(s.start <= start < s.end for s in apart_from):
            continue
        value = _value(match)
        if value is None:
            continue
        lead = text[max(0, start - _LEAD) : start]
        unit, end = _unit(text, match)
        bound, strict = _bound(lead, text[end : end + _LEAD])
        word = (match["other"] or match["words"] or "").lower()
        ordinal = bool(match["ordinal"]) or word in _ORDINALS
        vague = word in _VAGUE and not unit
        counts = not unit and _counts_something(text, match.end())
        near, placed = bool(_NEAR.search(lead)), bool(_PLACED.search(lead))
        found.append(Figure(Stretch(start, end), value, unit, ordinal, bound, near, vague, counts, strict, placed))
    return found


def _bound(lead: str, behind: str) -> tuple[int, bool]:
    """The bound that words before or behind a number make of it, and whether the number itself is left out."""
    if _AT_MOST.search(lead) or _OR_LESS.match(behind):
        return -1, False
    if _AT_LEAST.search(lead) or _OR_MORE.match(behind):
        return 1, False
    if _MORE.search(lead):
        return 1, True
    if _LESS.search(lead):
        return -1, True
    return 0, False


def _value(match: re.Match[str]) -> Fraction | None:
    if match["digits"]:
        digits = match["digits"].rstrip(",").replace(",", "")
        scale = (match["scale"] or "").lower()
        return Fraction(digits) * (_SCALES.get(scale) or _SHORT_SCALES.get(scale) or 1) if len(digits) < 40 else None
    if match["words"]:
        return _spelled(re.findall(r"[a-z]+", match["words"].lower()))
    word = match["other"].lower()
    for table in (_ORDINALS, _OTHERS):
        if word in table:
            return Fraction(table[word])
    return _FRACTIONS.get(word)


def _spelled(words: Sequence[str]) -> Fraction:
    total = current = 0
    for word in words:
        if word in _SCALES:
            current = (current or 1) * _SCALES[word]
            if current >= 1000:
                total, current = total + current, 0
        else:
            current += _ONES.get(word, 0) or _TENS.get(word, 0)
    return Fraction(total + current)


def _unit(text: str, match: re.Match[str]) -> tuple[str, int]:
    if match["mark"]:
        return lemma(_MARKS[match["mark"]]), match.end()
    if match["digits"] and (hour := _HALF.match(text, match.end())):
        return f"{hour['half'].lower()}.m.", match.end()
    after = _AFTER.match(text, match.end())
    if after is None:
        return "", match.end()
    if after["percent"]:
        return "%", after.end()
    word = lemma(after["word"])
    if word in classes().currencies or word in classes().units:
        return word, after.end()
    if after["word"].lower() in _CODES:
        return lemma(_CODES[after["word"].lower()]), after.end()
    second = re.match(r"[\s-]*(?P<word>[^\W\d_]+)", text[after.end() : after.end() + 30])  # "5 Danish crowns"
    if second and (unit := lemma(second["word"])) in classes().currencies:
        return unit, after.end() + second.end()
    return "", match.end()


def _counts_something(text: str, at: int) -> bool:
    """Whether a word behind a number says what it counts, and no unit is near it: "17 long days" are days."""
    behind = _BEHIND.match(text, at)
    if behind is None:
        return False
    words = re.findall(r"[a-z]+", behind[0])
    units = classes().units | classes().currencies
    return bool(content_words(words[0])) and not any(lemma(word) in units for word in words)


def supports(written: Figure, stated: Figure) -> bool:
    """Whether a stated figure bears out a written one."""
    if written.unit and stated.unit and written.unit != stated.unit:
        return False
    if (written.unit and stated.counts) or (stated.unit and written.counts):
        return False  # 17 people are not 17 days
    if written.ordinal != stated.ordinal and not (written.vague or stated.vague):
        return False
    if written.value == stated.value:
        if written.bound and stated.bound:
            return written.bound == stated.bound and (stated.strict or not written.strict)
        beyond = written.strict and not written.near and not written.placed  # "more than 17" of 17
        return not beyond and not (stated.bound and not stated.near and not written.near)
    if written.ordinal or not (written.near or written.bound):
        return False
    low, high = stated.value * (1 - _ROUNDING), stated.value * (1 + _ROUNDING)
    if not low <= written.value <= high:
        return False
    return not written.bound or (written.value < stated.value if written.bound > 0 else written.value > stated.value)


def exchanged(sentence: str, written: Sequence[Figure], texts: Iterable[str]) -> Stretch | None:
    """Where in a sentence two figures stand as "412 to 88" that all texts have the other way round; None where none."""
    stated = {pair for text in texts for pair, _ in _pairs(text, figures(text))}
    for (first, second), stretch in _pairs(sentence, written):
        if first != second and (second, first) in stated and (first, second) not in stated:
            return stretch
    return None


def _pairs(text: str, found: Sequence[Figure]) -> Iterator[tuple[tuple[Fraction, Fraction], Stretch]]:
    for one, other in itertools.pairwise(found):
        if _TO.fullmatch(text, one.stretch.end, other.stretch.start):
            yield (one.value, other.value), Stretch(one.stretch.start, other.stretch.end)


def reckoned(written: Figure, sentence: str, stated: Sequence[Figure]) -> bool:
    """Whether a figure is a right sum, or difference of two, of stated ones, and the sentence says it reckons."""
    if not classes().reckoning & set(lemmas(sentence)) | _reckoning_words(sentence) or written.ordinal:
        return False
    same = [f for f in dict.fromkeys(stated) if f.unit == written.unit and not f.ordinal and not f.vague][:12]
    for a, b in itertools.combinations(same, 2):
        if written.value in (a.value + b.value, abs(a.value - b.value)):
            return True
    return any(written.value == a.value + b.value + c.value for a, b, c in itertools.combinations(same, 3))


def summed_up(total: Figure, written: Sequence[Figure]) -> bool:
    """Whether a figure is the sum of the next two of its sentence: "thirteen people, eleven guests and two cooks"."""
    parts = [f for f in written if f.stretch.start > total.stretch.start and f.unit == total.unit][:2]
    plain = not total.ordinal and not total.bound and not any(f.ordinal or f.bound for f in parts)
    return len(parts) == 2 and plain and total.value == parts[0].value + parts[1].value


def _reckoning_words(sentence: str) -> frozenset[str]:
    return frozenset(lemma(w) for w in re.findall(r"[a-z]+", sentence.lower())) & classes().reckoning


def listed(written: Figure, text: str) -> bool:
    """Whether a small number counts what a list in `text` names: "three towns" for "A, B and C"."""
    if written.unit or written.ordinal or not 2 <= written.value <= 8:
        return False
    return any(count == written.value for count in _lists(text))


def _lists(text: str) -> Iterator[int]:
    for match in re.finditer(r"[^.;:!?\n]{1,200}?\b(?:and|as well as)\s", text):
        yield min(8, match.group().count(",") + 2)
        if match.group().rstrip().removesuffix("and").rstrip().endswith(","):
            yield match.group().count(",") + 1
