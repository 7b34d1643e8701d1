"""Names in a text: people by full name, surname and title, bodies by name and acronym."""

from __future__ import annotations

import functools
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib import resources


class Gender(StrEnum):
    """What the article's own words show of a person; there is no list of first names."""

    MALE = "male"
    FEMALE = "female"


@dataclass(frozen=True, slots=True)
class TitleWords:
    """The closed classes of `titles.toml`, in lower case."""

    titles: frozenset[str]
    male: frozenset[str]
    female: frozenset[str]
    persons: frozenset[str]
    bodies: frozenset[str]
    openers: frozenset[str]
    ranks: frozenset[str]
    modifiers: frozenset[str]
    departments: frozenset[str]
    nationalities: frozenset[str]
    particles: frozenset[str]
    postnominals: frozenset[str]
    kin: frozenset[str]
    enterprises: frozenset[str]
    public: frozenset[str]
    papers: frozenset[str]
    countries: frozenset[str]
    labels: frozenset[str]
    askers: frozenset[str]
    function_words: frozenset[str]
    pronouns: frozenset[str]


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it stands in the text: `[start, end)` without titles, `title` the words before it."""

    start: int
    end: int
    words: tuple[str, ...]
    title: str = ""
    quoted: bool = False

    @property
    def text(self) -> str:
        return " ".join(self.words)


_PARTICLE = r"(?:de|da|di|del|della|der|den|van|von|la|le|el|al|bin|ibn|ben|abu|dos|du|ter|ten|y)(?= [A-Z])"
_LETTER = r"[\w\u0300-\u036f’'-]"  # with the accents of decomposed Unicode
_CAPITALISED = rf"(?:(?:[A-Z]\.){{2,}}|[A-ZÀ-ÞĀ-Ž]{_LETTER}*(?:&[A-Z]\w*)?\.?)"
# A run of capitalised words; particles and "&" between them belong to it, and initials keep their full stop.
_MARKS = "“\"‘'"
_NICKNAME = r"(?<=[a-z])\s[“\"‘'][A-Z][\w-]*[”\"’'](?=\s[A-Z])"  # in "Jane “Poppy” Roe"
_RUN = re.compile(
    rf"(?<![\w’'])(?:{_CAPITALISED}|(?<=[\w.] ){_PARTICLE})(?: (?:(?:& )?{_CAPITALISED}|{_PARTICLE})|{_NICKNAME})*"
)
_POSSESSIVE = re.compile(r"(?:['’]s|['’])$")
_CONTRACTED = re.compile(r"(?:I|You|He|She|It|We|They|Who|That|There|What)['’](?:m|ve|ll|re|d)$|[A-Z][a-z]+n['’]t\.?$")
_INITIALS = re.compile(r"^(?:[A-Z]\.)+$|^[A-Z]$")
_COMPOUND = re.compile(r"[^\W\d_]+-[a-z]+$")
_ENDS_A_SENTENCE = re.compile(r"(?:[a-z]{2,}|[a-z]['’]s?|\d|\b[A-Z]{2,})\.$")
_PLURAL_POSSESSIVE = re.compile(r"s['’]$")
_LONGEST_NAME = 5  # words of a person's name, with initials and "Jr."
_CORPORATE = frozenset(
    "inc corp co ltd llc plc nv bv ag gmbh spa asa oyj group company corporation holdings".split()  # noqa: SIM905
)
_SHORT_FORMS = frozenset(("bros", "mt", "ft", "st", "ste", "dept", "univ", "assn", "messrs", "mmes"))
SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))


@functools.lru_cache(maxsize=1)
def title_words() -> TitleWords:
    """The word lists of `titles.toml`, read once."""
    data = tomllib.loads(resources.files(__package__).joinpath("titles.toml").read_text("utf-8"))
    return TitleWords(**{key: frozenset(value.split()) for key, value in data.items()})


def names_in(text: str, start: int = 0, end: int | None = None) -> Iterator[Name]:
    """The capitalised names of `text[start:end]`, titles and sentence openers taken off the front."""
    for match in _RUN.finditer(text, start, len(text) if end is None else end):
        position = match.start()
        words: list[tuple[int, str]] = []
        for word in match.group().split(" "):
            words.append((position, word))
            position += len(word) + 1
        yield from _split(words)


def _split(words: list[tuple[int, str]]) -> Iterator[Name]:
    """One run may be two names ("Smith. Jones …") or a possessor and what it has ("Obama's Treasury")."""
    run: list[tuple[int, str]] = []
    for i, (at, word) in enumerate(words):
        run.append((at, word))
        if _PLURAL_POSSESSIVE.search(word) and _ends_as_body(words[i + 1 : i + 4]):
            continue  # "Tanker Owners' Federation"
        if word[0] in _MARKS:
            continue  # a nickname ends with no possessive
        ends = _POSSESSIVE.search(word) or (_ENDS_A_SENTENCE.search(word) and not _is_shortened(word))
        if ends:
            if (name := _named(run)) is not None:
                yield name
            run = []
    if run and (name := _named(run)) is not None:
        yield name


def _is_shortened(word: str) -> bool:
    """Whether the full stop of a word shows it shortened: "Sen.", "Bros.", "Jr."."""
    return key(word) in title_words().titles | _CORPORATE | SUFFIXES | _SHORT_FORMS


def _named(run: list[tuple[int, str]]) -> Name | None:
    lists = title_words()
    whole, title = run, []
    for i in range(len(run) - 2, -1, -1):
        rank = (i > 0 and _is_rank(run[i][1])) or (i < len(run) - 2 and _is_occupation(run[i][1], i))
        if rank and not is_body(tuple(w for _, w in run[i + 1 :])):
            title, run = [w for _, w in run[: i + 1]], run[i + 1 :]
            break
    while run:
        word = key(run[0][1])
        opens = word in lists.openers or _CONTRACTED.match(run[0][1]) is not None
        if opens and not title and (len(run[0][1]) > 1 or word in ("a", "i")):
            run = whole = run[1:]
        elif word in lists.titles or word in lists.nationalities or (title and (word in lists.openers or word == "&")):
            title.append(run[0][1])
            run = run[1:]
        else:
            break
    if title and len(run) < 2 and all(key(w) in lists.departments for w in title):
        run, title = whole, []  # "Federal Reserve", "National Grid"
    ranked = any(key(w) in lists.ranks for w in title[-1:]) and not all(key(w) in lists.bodies for _, w in run)
    if title and whole is not run and _ends_as_body(whole) and not ranked:
        run, title = whole, []  # "State Department", "Foreign Ministry": no title but part of the name
    while len(run) > 2 and _COMPOUND.match(run[0][1]):
        run = run[1:]  # "Ohio-born Jane Roe"
    while run and (
        key(run[-1][1]) in lists.particles | lists.openers or (len(run) > 2 and _is_postnominal(run[-1][1]))
    ):
        run = run[:-1]
    if not run and len(whole) == 1 and key(whole[0][1]) in lists.nationalities:
        run, title = whole, []  # some people are called French or England
    if not run or _is_rank(run[-1][1]) or (len(run) > _LONGEST_NAME and not _ends_as_body(run)):
        return None
    cleaned = [
        (at, w if w[0] in _MARKS or (_PLURAL_POSSESSIVE.search(w) and at != run[-1][0]) else _POSSESSIVE.sub("", w))
        for at, w in run
    ]
    last_at, last = cleaned[-1]
    if last.endswith(".") and not _INITIALS.match(last) and key(last) not in SUFFIXES:
        last = _POSSESSIVE.sub("", last[:-1])
        cleaned[-1] = (last_at, last)
    if not last or not any(c.isalpha() for c in last):
        return None
    return Name(cleaned[0][0], last_at + len(last), tuple(w for _, w in cleaned), " ".join(title))


def _is_rank(word: str) -> bool:
    return key(word) in title_words().ranks or key(word).rpartition("-")[2] in title_words().ranks


def _is_occupation(word: str, at: int) -> bool:
    """Whether the word at a place in a run tells what the person behind it does, or for whom: "Project Scientist Jane
    Roe", "Democratic Party Jane Roe"; not a word that is a given name as well."""
    lists = title_words()
    word = key(word)
    office = word in lists.persons | lists.titles - lists.modifiers - lists.male - lists.female and len(word) > 5
    return office or word.endswith(("ist", "eer")) or (at > 0 and word in lists.bodies)


def _is_postnominal(word: str) -> bool:
    """ "Jane Roe KC": letters after a name."""
    return word.strip(".,").replace(".", "").isupper() and key(word).replace(".", "") in title_words().postnominals


def _ends_as_body(run: list[tuple[int, str]]) -> bool:
    return any(key(word) in title_words().bodies for _, word in run[-2:])


def in_title_case(words: str) -> bool:
    """Whether `words` are a headline in which nearly every word is capitalised, so that capitals show no name."""
    listed = [w for w in words.split() if w[:1].isalpha() and len(w) > 3]
    share = sum(w[0].isupper() for w in listed) / len(listed) if listed else 0.0
    closed = words.rstrip()[-1:] in (".", "”", '"')  # some put a full stop to a headline
    return (len(listed) >= 4 and share >= 0.7 and not closed) or (len(listed) >= 5 and share >= 0.85)


@functools.lru_cache(maxsize=8192)
def key(word: str) -> str:
    """A word for comparison: lower case, without possessive ending and outer full stops."""
    return unicodedata.normalize("NFC", _POSSESSIVE.sub("", word)).lower().strip(".,;:()")


def surname(words: tuple[str, ...]) -> str:
    """The last word that is no "Jr." or "III", for comparison."""
    for word in reversed(words):
        if key(word) not in SUFFIXES:
            return key(word)
    return key(words[-1])


def given(words: tuple[str, ...]) -> str:
    """The first word, for comparison."""
    return key(words[0])


def gender_of(title_or_noun: str) -> Gender | None:
    """What a title or noun shows: "Mrs.", "spokesman", "the businesswoman"."""
    lists = title_words()
    for word in title_or_noun.split():
        if key(word) in lists.male:
            return Gender.MALE
        if key(word) in lists.female:
            return Gender.FEMALE
    return None


def is_body(words: tuple[str, ...]) -> bool:
    """Whether a name is of a body by its form: an acronym, an "&", or a word like "Ministry" in it."""
    lists = title_words()
    if "&" in words:
        return True
    if len(words) == 1 and words[0].replace(".", "").isupper() and 2 <= len(words[0].replace(".", "")) <= 6:
        return True
    return any(key(word) in lists.bodies for word in words[-2:])


_PERSON_ENDINGS = ("er", "or", "ist", "ian", "man", "woman", "person", "ee", "ant")


def is_person_noun(word: str) -> bool:
    """Whether a common noun names a person: listed, or by its ending ("strategist", "banker")."""
    word = key(word)
    lists = title_words()
    if word in lists.bodies:
        return False
    return word in lists.persons | lists.kin or (len(word) > 4 and word.endswith(_PERSON_ENDINGS))


def body_key(words: tuple[str, ...]) -> str:
    """The name of a body for comparison, without "Inc" and a nationality before it."""
    kept = [key(w) for w in words if key(w) not in _CORPORATE] or [key(w) for w in words]
    while len(kept) > 2 and kept[0] in title_words().nationalities:
        kept = kept[1:]
    return " ".join(kept)


_SHORT = {"sen": "senator", "gov": "governor", "rep": "representative", "gen": "general", "col": "colonel",
          "lt": "lieutenant", "prof": "professor", "rev": "reverend", "sgt": "sergeant", "capt": "captain",
          "adm": "admiral", "amb": "ambassador", "dr": "doctor"}  # fmt: skip


def content_words(text: str) -> set[str]:
    """The words of a title or a description for comparison, with short titles spelled out."""
    words = {key(w) for w in re.findall(r"[\w.’'-]+", text)} - title_words().function_words
    return words | {_SHORT[w] for w in words if w in _SHORT}
