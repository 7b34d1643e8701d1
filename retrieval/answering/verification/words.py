"""Words compared across inflections: lemmas, contraries, and the closed classes of `words.toml`."""

from __future__ import annotations

import functools
import itertools
import re
import tomllib
import unicodedata
from dataclasses import dataclass
from importlib import resources

from retrieval.search.words import content_words, stem

_CONTENT = re.compile(r"[^\W_]+(?:[.'’\-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Classes:
    """The lists of `words.toml`, each word as `lemma` gives it; `contraries` and `synonyms` hold pairs both ways."""

    denying: frozenset[str]
    denying_words: frozenset[str]
    supposing: frozenset[str]
    planning: frozenset[str]
    alleging: frozenset[str]
    believing: frozenset[str]
    implying: frozenset[str]
    other: frozenset[str]
    changing: frozenset[str]
    levels: frozenset[str]
    ruling: frozenset[str]
    approving: frozenset[str]
    disapproving: frozenset[str]
    light: frozenset[str]
    reckoning: frozenset[str]
    units: frozenset[str]
    currencies: frozenset[str]
    calendar: frozenset[str]
    contraries: frozenset[tuple[str, str]]
    synonyms: frozenset[tuple[str, str]]
    ergative: frozenset[str]
    nations: dict[str, str]
    states: dict[str, str]


@functools.lru_cache(maxsize=1)
def _data() -> dict[str, str]:
    return tomllib.loads(resources.files(__package__).joinpath("words.toml").read_text("utf-8"))


@functools.lru_cache(maxsize=1)
def _irregular() -> dict[str, str]:
    lines = [line.split() for line in _data()["irregular"].strip().splitlines()]
    return {form: _base(words[0]) for words in lines for form in words}


@functools.lru_cache(maxsize=1)
def classes() -> Classes:
    """The word lists, read once."""
    data = _data()
    pairs = [tuple(lemma(w) for w in pair.split("/")) for pair in data["contraries"].split()]
    groups = [sorted({_phrasal(w) for w in line.split()}) for line in data["synonyms"].strip().splitlines()]
    nations = [pair.split("/") for pair in data["nations"].split()]
    lists = {
        name: frozenset(lemma(w) for w in data[name].split())
        for name in (
            "denying",
            "supposing",
            "planning",
            "alleging",
            "believing",
            "implying",
            "other",
            "changing",
            "levels",
            "ruling",
            "approving",
            "disapproving",
            "light",
            "reckoning",
            "units",
            "currencies",
            "calendar",
            "ergative",
        )
    }
    return Classes(
        denying_words=frozenset(data["denying_words"].split()),
        synonyms=frozenset(pair for group in groups for pair in itertools.permutations(group, 2)),
        contraries=frozenset((p[i], p[1 - i]) for p in pairs for i in (0, 1)),
        nations={p[i]: p[1 - i] for p in nations for i in (0, 1)},
        states=dict(pair.split("/") for pair in data["states"].split()),
        **lists,
    )


def _phrasal(word: str) -> str:
    verb, _, particle = word.partition("_")
    return f"{lemma(verb)}_{particle}" if particle else lemma(verb)


@functools.lru_cache(maxsize=16384)
def lemma(word: str) -> str:
    """One form for all inflections of a word: the base form's stem."""
    folded = fold(word).casefold()
    return _irregular().get(folded) or _base(folded)


def _base(word: str) -> str:
    key = stem(word)
    return f"{key[:-1]}i" if key.endswith("y") else key  # "try", "tried": the stemmer keeps a short word's y


def lemmas(text: str) -> list[str]:
    """The lemmas of the words that carry the meaning of `text`, in order, each once."""
    return list(dict.fromkeys(part for word in content_words(text) for part in parts(word)))


def all_lemmas(text: str) -> set[str]:
    """The lemmas of all words of `text`, function words too."""
    return {part for match in _CONTENT.finditer(text) for part in parts(match.group())}


def parts(word: str) -> list[str]:
    """The lemmas of a word, those of its parts where it is hyphenated ("three-year-old")."""
    pieces = [piece for piece in re.split(r"[-‐‑–]", word) if piece]
    return [lemma(re.sub(r"['’]s?$", "", piece)) for piece in pieces]


def contrary(a: str, b: str) -> bool:
    """Whether two lemmas are contraries, by the table or by the prefix un-, in-, im-, il-, dis- or non-."""
    if (a, b) in classes().contraries:
        return True
    sides = classes().approving, classes().disapproving
    if (a in sides[0] and b in sides[1]) or (b in sides[0] and a in sides[1]):
        return True
    short, long = sorted((a, b), key=len)
    return len(short) >= 4 and long in {prefix + short for prefix in ("un", "in", "im", "il", "ir", "dis", "non")}


def fold(text: str) -> str:
    """Without accents, with straight apostrophes: "Peña’s" is "Pena's"."""
    plain = unicodedata.normalize("NFKD", text).replace("’", "'").replace("ʼ", "'")
    return "".join(c for c in plain if not unicodedata.combining(c))


def same_root(a: str, b: str) -> bool:
    """Whether two lemmas are of one word family by their beginning: "resign", "resignat"."""
    size = min(len(a), len(b))
    common = next((i for i in range(size) if a[i] != b[i]), size)
    return a == b or (common >= 4 and common >= size - 1 and abs(len(a) - len(b)) <= 5)
