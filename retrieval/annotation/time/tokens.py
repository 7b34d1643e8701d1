"""Text as a string of word classes, one letter a token, over which the grammar's rules are written.

| letter | class | letter | class |
|---|---|---|---|
| M, m | month; abbreviated without a figure beside it | W, v, V | weekday; abbreviated; plural |
| d, n, y, Y | 1–31; other number; year 1000–2199; '98 | w, q | number word; vague quantity |
| o, s | ordinal; "second" | e | decade ("1990s", "nineties") |
| U, Q, P | unit; "quarter"; units (plural) | K, J, C | weekend; half; fiscal |
| S, Z | season; seasons | p, N | part of the day; noon, midnight |
| c, ;, z | clock time; one that may be none ("10:35"); zone | # | date in figures |
| D, j, x | today, tomorrow; tonight; now, recently | h, l, g | holiday; year-end; "Q3", "H1" |
| L, X, T, H | last; next; this; that | E, R, G, B | early, late; earlier, later; ago; before, after |
| @ | then |  |  |
| t, a, F, i, & , > | the; a; of; in, on, at, …; and; to | b, A, f, r | end, start; every; twice; daily |
| ~, O, k, $ | about; old, long; period; trading, full | -, _, , ' | hyphen; dash; comma; 's |
| u, !, \\| | any other word; other sign; a blank line |  |  |
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from retrieval.annotation.time.holidays import HOLIDAY_NAMES
from retrieval.annotation.time.lexicon import (
    COUNTED_NOUNS,
    FUNCTION_WORDS,
    NAME_AFTER_WEEKDAY,
    PHRASES,
    WORDS,
    word_set,
)
from retrieval.annotation.time.numbers import year_in_words

_TOKEN = re.compile(
    r"""
    (?P<part>[QH][1-4](?!\w))
  | (?P<fiscal>FY(?=['’]?\d\d(?:\d\d)?(?!\w)))
  | (?P<word>[^\W\d_]+)
  | (?P<iso>\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?(?![\w-]))
  | (?P<slashed>\d{1,2}(?P<sep>[/.-])\d{1,2}(?P=sep)(?:\d{4}|\d\d)(?![\w/-]))
  | (?P<clock>\d{1,2}(?:[:.]\d\d)?(?::\d\d)?\s?(?:[ap]\.\s?m\.?|[ap]m\b)|\d{4}(?=\s?(?:GMT|UTC|hours|hrs)\b))
  | (?P<weak>\d{1,2}:\d\d(?::\d\d)?(?![\w:.]|\.\d))
  | (?P<money>[$£€¥]\s?\d[\d,.]*)
  | (?P<decade>['’]?\d{0,3}0['’]?s\b)
  | (?P<ordinal>\d{1,3}(?:st|nd|rd|th)\b)
  | (?P<mixed>\d{1,3}\s\d/\d\b)
  | (?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+|\d+)(?P<glued>%|\w+)?
  | (?P<short>['’]\d\d\b)
  | (?P<possessive>['’]s\b)
  | (?P<hyphen>(?<=\w)-(?=\w))
  | (?P<dash>[–—-])
  | (?P<comma>,)
  | (?P<blank>\n[^\S\n]*\n)
  | (?P<other>\S)
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_WORD = re.compile(r"[^\W\d_]+")
_FOLLOWING = {phrase: value for phrase, value in (PHRASES | {n: ("h", k) for n, k in HOLIDAY_NAMES.items()}).items()}
_HEADS: dict[str, re.Pattern[str]] = {}
for _head in {re.split(r"[ -]|'", phrase)[0] for phrase in _FOLLOWING}:
    _tails = sorted((p for p in _FOLLOWING if re.split(r"[ -]|'", p)[0] == _head), key=len, reverse=True)
    _HEADS[_head] = re.compile(
        "|".join(re.escape(p).replace(r"\ ", r"\s+").replace("'", "['’]") + r"(?!\w)" for p in _tails), re.IGNORECASE
    )

# A month that is also a word or a given name needs a neighbour that says it is a month.
_AMBIGUOUS_MONTHS = frozenset(("may", "march", "april", "june", "august"))
_BEFORE_MONTH = word_set(
    "in since until till by of last next this past early late mid every each from to and or through during before "
    "after between around about the a late-"
)
_TITLES = word_set("mr mrs ms miss dr sgt sergeant detective inspector")
# What leads to the day or month of an act though a name follows: "on Friday Ann Poe left", "said Friday Ann Poe left".
_BEFORE_DAY_OF_ACT = word_set(
    "on by since from until till through to late early every each a an said says told added announced reported"
)
_BEFORE_MONTH_OF_ACT = word_set("in by since from until till through to late early every each a an during of")
_CARDINAL_LIMIT = 31
_YEAR_WORDS = re.compile(r"w(?:-?w){1,2}")


@dataclass(slots=True)
class Tokens:
    """Parallel lists: token `i` is ``text[starts[i]:ends[i]]``, of class ``kinds[i]``, worth ``values[i]``."""

    text: str
    kinds: str
    starts: list[int]
    ends: list[int]
    values: list[Any]

    def word(self, i: int) -> str:
        """Token `i` in lower case, empty beyond either end."""
        return self.text[self.starts[i] : self.ends[i]].lower() if 0 <= i < len(self.starts) else ""

    def kind(self, i: int) -> str:
        """The class of token `i`, ``|`` beyond either end."""
        return self.kinds[i] if 0 <= i < len(self.kinds) else "|"

    def names_noun(self, i: int) -> bool:
        """Whether token `i` looks like a noun that the token before it names: "Christmas — tree"."""
        return self.kind(i) == "u" and self.is_noun_like(i)

    def is_noun_like(self, i: int) -> bool:
        """Whether the form of token `i` lets it be a noun."""
        word = self.word(i)
        return word not in FUNCTION_WORDS and not word.endswith(("ed", "ly"))

    def capitalised(self, i: int) -> bool:
        return 0 <= i < len(self.starts) and self.text[self.starts[i]].isupper()


def tokenise(text: str) -> Tokens:
    """The tokens of `text`, in order; never fails."""
    kinds: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    values: list[Any] = []
    position, length = 0, len(text)
    match = _TOKEN.search(text, position)
    while match:
        start, end = match.span()
        group = match.lastgroup or "other"
        kind, value = "!", None
        if group == "word":
            word = match[0].lower()
            if (head := _HEADS.get(word)) is not None and (phrase := head.match(text, start)):
                end = phrase.end()
                kind, value = _FOLLOWING[" ".join(phrase[0].lower().replace("’", "'").split())]
            else:
                kind, value = WORDS.get(word, ("u", None))
                if kind == "v" and match[0].islower():
                    kind = "u"
                if kind in "mv" and end < length and text[end] == ".":
                    end += 1
        else:
            kind, value, end = _figures(group, match, text)
        kinds.append(kind)
        starts.append(start)
        ends.append(end)
        values.append(value)
        match = _TOKEN.search(text, end)
    tokens = Tokens(text, "", starts, ends, values)
    _disambiguate(tokens, kinds)
    kinds = _merge_years(tokens, kinds)
    tokens.kinds = "".join(kinds)
    return tokens


def _figures(group: str, match: re.Match[str], text: str) -> tuple[str, Any, int]:
    """Class, value and end of a token that is no word."""
    raw, end = match[0], match.end()
    if group in ("number", "glued"):
        return _number(match, text)
    if group == "ordinal":
        n = int(raw[:-2])
        return ("o", n, end)
    if group == "clock":
        value = _clock(raw)
        return ("c", value, end) if value else ("!", None, end)
    if group == "weak":
        hour, minute = raw.split(":")[:2]
        good = int(hour) < 24 and int(minute) < 60
        return (";", f"{int(hour):02d}:{minute}", end) if good else ("!", None, end)
    if group == "decade":
        digits = re.sub(r"\D", "", raw)
        return ("e", int(digits), end) if len(digits) in (2, 4) else ("!", None, end)
    if group == "mixed":
        whole, fraction = raw.split()
        over, under = fraction.split("/")
        return ("n", int(whole) + int(over) / (int(under) or 1), end)
    if group == "iso":
        return ("#", raw, end)
    if group in ("slashed", "sep"):
        return ("#", raw, end)
    simple = {
        "short": "Y",
        "possessive": "'",
        "hyphen": "-",
        "dash": "_",
        "comma": ",",
        "blank": "|",
        "part": "g",
        "fiscal": "C",
    }
    return (simple.get(group, "!"), int(raw[1:]) if group == "short" else None, end)


def _number(match: re.Match[str], text: str) -> tuple[str, Any, int]:
    digits, glued = match["number"], match["glued"]
    before = text[max(0, match.start() - 2) : match.start()]
    if before.upper() == "FY":
        return "y" if len(digits) == 4 else "Y", int(digits), match.end()
    if glued or (match.start() and (text[match.start() - 1].isalnum() or text[match.start() - 1] in "#.")):
        return "!", None, match.end()
    if "." in digits or "," in digits:
        return "n", float(digits.replace(",", "")), match.end()
    if len(digits) > 9:
        return "!", None, match.end()
    n = int(digits)
    if len(digits) == 4 and 1000 <= n < 2200:
        return "y", n, match.end()
    return ("d" if 1 <= n <= _CARDINAL_LIMIT and len(digits) <= 2 else "n"), n, match.end()


def _clock(raw: str) -> str | None:
    digits = re.findall(r"\d+", raw)
    if len(digits[0]) == 4:
        hour, minute = int(digits[0][:2]), int(digits[0][2:])
    else:
        hour, minute = int(digits[0]), int(digits[1]) if len(digits) > 1 else 0
        if not 1 <= hour <= 12:
            return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else None
        hour = hour % 12 + (12 if "p" in raw.lower() else 0)
    return f"{hour:02d}:{minute:02d}" if hour < 25 and minute < 60 else None


def _disambiguate(tokens: Tokens, kinds: list[str]) -> None:
    """Takes their class from words that are something else here ("may", "The Sunday Times", "2016 votes")."""
    last = len(kinds) - 1
    for i, kind in enumerate(kinds):
        if kind in "ui!":
            continue
        after = kinds[i + 1] if i < last else "|"
        if (
            (kind == "M" and tokens.word(i) in _AMBIGUOUS_MONTHS and not _is_month(tokens, kinds, i, after))
            or (kind in "Wv" and tokens.word(i + 1) in NAME_AFTER_WEEKDAY and tokens.capitalised(i + 1))
            or (kind in "WM" and _is_of_name(tokens, kinds, i))
        ):
            kinds[i] = "u"
        elif kind == "m" and not tokens.capitalised(i) and after not in "doyY" and not _is_numbered(kinds, i):
            kinds[i] = "u"  # "the mar of it": as chat writes it, a month has a figure beside it
        elif kind == "y" and (
            (after == "u" and tokens.word(i + 1) in COUNTED_NOUNS) or tokens.word(i - 1) in ("no", "flight", "route")
        ):
            kinds[i] = "n"
        elif kind == "D" and tokens.text[tokens.starts[i] : tokens.ends[i]].isupper() and tokens.capitalised(i - 1):
            kinds[i] = "u"  # a newspaper's name
        elif kind == "p" and tokens.capitalised(i) and kinds[i - 1 : i] == ["W"] and tokens.capitalised(i - 1):
            kinds[i] = kinds[i - 1] = "u"  # a programme's: Sunday Morning
        elif kind == "x" and tokens.word(i) == "soon" and tokens.word(i + 1) in ("after", "as", "before", "thereafter"):
            kinds[i] = "u"
        elif kind in "nd" and after == "u" and tokens.word(i + 1) == "percent":
            kinds[i] = "!"


def _is_of_name(tokens: Tokens, kinds: list[str], i: int) -> bool:
    """Whether a weekday or month is a word of a name: "brands like Sunday Table", "the Friday Club", "Mr Friday"."""
    before = tokens.word(i - 1)
    if before in _TITLES:
        return True
    raw = tokens.text[tokens.starts[i] : tokens.ends[i]]
    if raw.isupper() or kinds[i + 1 : i + 2] != ["u"] or not tokens.capitalised(i + 1) or tokens.word(i + 1) == "i":
        return False
    if tokens.text[tokens.ends[i] : tokens.starts[i + 1]] != " " or (i and kinds[i - 1] in "doyLXTHRDcNzMW"):
        return False
    if before in ("and", "or", "&"):
        return i < 2 or kinds[i - 2] not in "WDMdy"
    if before in (_BEFORE_DAY_OF_ACT if kinds[i] == "W" else _BEFORE_MONTH_OF_ACT):
        return False
    if before in ("his", "her", "their") and tokens.word(i - 2) in ("in", "at", "during"):
        return False  # "in her Friday Harbour Office speech"
    if kinds[i - 1 : i] == ["u"] and tokens.capitalised(i - 1) and before not in FUNCTION_WORDS:
        return False  # "the Commons Tuesday Ann Poe said"
    end = i + 1
    while kinds[end : end + 1] == ["u"] and tokens.capitalised(end):
        end += 1
    # "the October UN meeting" is of October; a club may meet, so a day of the week before a name is none.
    return kinds[i] == "W" or not (kinds[end : end + 1] == ["u"] and tokens.is_noun_like(end))


def _is_numbered(kinds: list[str], i: int) -> bool:
    """Whether the day of a month stands before it: "6 jan", "the 6th of jan"."""
    return "".join(kinds[max(0, i - 2) : i]).removesuffix("F")[-1:] in ("d", "o")


def _merge_years(tokens: Tokens, kinds: list[str]) -> list[str]:
    """Makes one year of the words that say one ("nineteen ninety-seven")."""
    line = "".join(kinds)
    for match in reversed(list(_YEAR_WORDS.finditer(line))):
        start, end = match.span()
        year = year_in_words([tokens.values[i] for i in range(start, end) if kinds[i] == "w"])
        if year is not None and line[end : end + 1] not in ("U", "P", "Q", "w"):
            kinds[start:end] = ["y"]
            tokens.values[start:end] = [year]
            tokens.starts[start + 1 : end] = []
            tokens.ends[start : end - 1] = []
    return kinds


def _is_month(tokens: Tokens, kinds: list[str], i: int, after: str) -> bool:
    before = kinds[i - 1] if i else "|"
    if after in "doyY" or before in "do":
        return True
    if tokens.word(i) == "march" and tokens.word(i + 1) in ("on", "for") and tokens.capitalised(i + 2):
        return False  # the March on Washington
    word = tokens.text[tokens.starts[i] : tokens.ends[i]]
    if tokens.word(i - 1) in _BEFORE_MONTH and not (
        tokens.word(i - 1) in ("the", "a", "and", "or", "to", "this", "mid", "during", "each", "every")
        and word[0].islower()
    ):
        return True
    if word[0].islower() or before in "|!" or i == 0:
        return False
    if tokens.capitalised(i - 1) and before == "u":
        return False
    return not (word.lower() != "march" and tokens.capitalised(i + 1) and after == "u")
