"""The words that tell what a question is about, weighed by how rare they are."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from retrieval.answering.questions.asked_for import Wanted
from retrieval.answering.questions.nationalities import known
from retrieval.answering.questions.question_syntax import asking_sentence
from retrieval.answering.verification.words import lemma, same_root
from retrieval.schema import FoundPassage
from retrieval.search.words import content_words, stem, stems

_INSIDE = re.compile(r"(?<=[\w,;] )[^\W\d_][\w'’.-]*(?<=\w)")
_LETTERS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_MANY_WORDS = 4
_NUMBERED = re.compile(r"\b([A-Z][\w’'-]+)\s+(\d+)\b")
_ORDINAL = re.compile(
    r"\b(?:(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\b|(?:quarter|semi)(?=-?finals?\b))",
    re.IGNORECASE,
)
# The two ends of what is measured; a word may be the end of several.
_EXTREMES = tuple(
    (frozenset(one.split(",")), frozenset(other.split(",")))
    for one, other in (
        ("highest,greatest,the most", "lowest,fewest,the least"),
        ("biggest,largest,greatest", "smallest,tiniest"),
        ("highest,costliest,dearest,most expensive", "lowest,cheapest,least expensive"),
        ("longest,tallest,highest", "shortest"),
        ("fastest,quickest", "slowest"),
        ("hottest,warmest", "coldest,coolest"),
        ("oldest", "youngest,newest"),
        ("earliest", "latest"),
        ("richest,wealthiest", "poorest"),
        ("best", "worst"),
        ("heaviest", "lightest"),
        ("strongest", "weakest"),
        ("wettest,rainiest", "driest"),
        ("deepest", "shallowest"),
        ("nearest,closest", "farthest,furthest"),
        ("busiest", "quietest"),
        ("safest", "deadliest,most dangerous"),
        ("easiest,softest", "hardest"),
    )
)
_EXTREME = re.compile(
    r"\b(?:" + "|".join(sorted({word for ends in _EXTREMES for end in ends for word in end})) + r")\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class QuestionWords:
    """The words that tell what a question is about: `weights` of their stems (inverse document frequency), and which
    of them are names or numbers. `stems_of` tells the stems of a text that is looked into for them."""

    words: tuple[str, ...]
    weights: Mapping[str, float]
    names: frozenset[str]
    stems_of: Callable[[str], set[str]] = stems

    def covered(self, found: set[str], only: frozenset[str] | None = None) -> float:
        """The share of the weight that `found` covers; 1 where there is none."""
        wanted = {s: w for s, w in self.weights.items() if only is None or s in only}
        total = sum(wanted.values())
        return sum(w for s, w in wanted.items() if known(s, found)) / total if total else 1.0


def question_words(
    wanted: Wanted, question: str, frequencies: Mapping[str, int], total: int, names: frozenset[str] = frozenset()
) -> QuestionWords:
    """The words of a question, weighed by how rare they are among `total` passages; `names`: stems known as names."""
    words = tuple(content_words(wanted.about) or content_words(question))
    asking = question[slice(*asking_sentence(question))]
    keys = {word: stem(word) for word in words}
    weights = {key: math.log(1.0 + (total + 1.0) / (frequencies.get(key, 0) + 0.5)) for key in keys.values()}
    first = re.match(r"\W*(\w+)", question)
    shouted = _is_shouted(question)
    marked = {
        key
        for word, key in keys.items()
        if (re.fullmatch(r"\d[\d,.]+", word) and word in asking)
        or (word[0].isupper() and not shouted and not (first and first.group(1) == word))
        or key in names
    }
    return QuestionWords(words, weights, frozenset(marked))


def _is_shouted(question: str) -> bool:
    """Whether every Word Has A Capital, so that none tells a name: also those that hold a sentence together, or all of
    many. "Is Tom Rell in Ulm?" is a question about two names."""
    inside = _LETTERS.findall(question)[1:]
    small = [word for word in inside if word.islower()]
    joining = [word for word in inside if len(word) > 1 and not content_words(word)]
    whole = not small and len(inside) >= _MANY_WORDS
    return whole or (any(word[0].isupper() for word in joining) and all(word in joining for word in small))


def names_in(passages: Sequence[FoundPassage], words: Sequence[str]) -> frozenset[str]:
    """Stems of those of `words` that the passages always write with a capital inside a sentence."""
    wanted = {word.casefold(): word for word in words if word[0].isalpha()}
    capital: dict[str, bool] = {}
    for passage in passages:
        for form in _INSIDE.findall(passage.text):
            key = form.casefold()
            if key in wanted:
                capital[key] = form[0].isupper() and capital.get(key, True)
    return frozenset(stem(wanted[key]) for key, always in capital.items() if always)


def another_ordinal(question: str, sentence: str) -> bool:
    """Whether a question says "fifth" and a sentence only "first"; "semifinal" and only "quarterfinal"."""
    asked = {word.casefold() for word in _ORDINAL.findall(question)}
    there = {word.casefold() for word in _ORDINAL.findall(sentence)}
    return bool(asked and there and not asked & there)


def opposite_extreme(question: str, sentence: str) -> bool:
    """Whether a question says "highest" and a sentence only "lowest" or "cheapest"."""
    asked = {word.casefold() for word in _EXTREME.findall(question)}
    there = {word.casefold() for word in _EXTREME.findall(sentence)} if asked else set()
    return any(
        asked & end and there & other and not (there & end or asked & other)
        for ends in _EXTREMES
        for end, other in (ends, ends[::-1])
    )


def another_number(question: str, sentence: str) -> bool:
    """Whether a question says "Super Bowl 59" and a sentence only "Super Bowl 52"."""
    for name, number in _NUMBERED.findall(question):
        there = re.findall(rf"\b{re.escape(name)}\s+(\d+)\b", sentence)
        if there and number not in there:
            return True
    return False


def is_asked_about(word: str, question: str) -> bool:
    """Whether a word for a reason is what is to be explained: "complaint", asked why they complained."""
    return any(same_root(lemma(word), lemma(asked)) for asked in content_words(question))
