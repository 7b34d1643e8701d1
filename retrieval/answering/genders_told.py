"""Whether an article speaks of somebody as "he" or "she", where it names nobody else nearby."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from retrieval.annotation.quotations.marks import unquoted
from retrieval.annotation.quotations.names import Gender, gender_of, is_body, names_in
from retrieval.annotation.sentences import paragraphs
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
_BEGINS = re.compile(r"\W*(?P<pronoun>he|she|his|her)\b", re.IGNORECASE)
_ASIDE = re.compile(r",\s(?:he|she)\s\w+,")  # "Roe, she says, taught her": whoever tells it
_KIN = re.compile(
    r"\b(?P<owner>[Hh]is|[Hh]er|[Tt]heir|[A-Z][\w’'-]*['’]s)\s+(?:[a-z]+\s+)?(?P<kin>[a-z]+)(?:\s+and\s+[a-z]+)?,?\s+(?:[A-Z][\w.’'-]*\s+){0,3}$"
)
# "Roe called him" tells of somebody else (binding principle B; Chomsky, 1981), and so does what goes on from there.
_OBJECT = re.compile(
    r"him\b|her(?=\W*$|[,;]|\s+(?:for|of|to|in|on|at|as|a|an|the|and|or|that|with|by|from|when|because)\b)",
    re.IGNORECASE,
)
_POST = re.compile(r"(?P<post>[\w-]+\.?),?\s+(?:[A-Z][\w.’'-]*\s+){0,2}$")  # "the chairwoman, Ann Roe", "Mrs Roe"
_PRONOUNS = frozenset(("he", "his", "him", "himself", "she", "her", "hers", "herself"))
_SURE, _LIKELY = 2, 1  # of a subject; of a "his" or "him", which may be of somebody else in the sentence
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


def is_of_other_gender(name: str, pronoun: str, *texts: str) -> bool:
    """Whether more of `texts` speak of whoever bears `name` as of the other gender than as of this one."""
    told = Counter(gender_told(name, text) for text in texts)
    same, other = (Gender.FEMALE, Gender.MALE) if pronoun.casefold() in HERS else (Gender.MALE, Gender.FEMALE)
    return told[other] > told[same]


def gender_told(name: str, text: str) -> Gender | None:
    """What an article's own words show of whoever bears `name`; None where it shows nothing, or both."""
    points = _points(tuple(name.split()), text[:_READ])
    for gender, other in ((Gender.FEMALE, Gender.MALE), (Gender.MALE, Gender.FEMALE)):
        if points[gender] >= _SURE and points[gender] > 2 * points[other]:
            return gender
    return None


@dataclass(frozen=True, slots=True)
class _Read:
    """The sentences of an article without what stands in quotation marks; who is named in each: `whole` are the full
    names of the article."""

    sentences: tuple[str, ...]
    names: tuple[tuple[tuple[str, ...], ...], ...]
    whole: frozenset[tuple[str, ...]]


@lru_cache(maxsize=_ASKED)
def _read(text: str) -> _Read:
    own = unquoted(text, paragraphs(text))  # "He knew," said Ann Roe: of somebody else
    sentences = tuple(_SENTENCE.split(own))
    found = [[n for n in names_in(sentence) if not is_body(n.words)] for sentence in sentences]
    whole = frozenset(n.words for names in found for n in names if len(n.words) > 1)
    surnames = {words[-1] for words in whole}
    # A lone word is nobody, unless it has a title or ends somebody's full name.
    persons = ([n for n in names if len(n.words) > 1 or n.title or n.words[0] in surnames] for names in found)
    return _Read(sentences, tuple(tuple(n.words for n in names) for names in persons), whole)


@lru_cache(maxsize=_ASKED)
def _points(name: tuple[str, ...], text: str) -> Counter[Gender]:
    """How surely sentences with this name alone show each gender, and those that go on behind them."""
    read, points = _read(text), Counter[Gender]()
    same = {words[0] for words in read.whole if words[-1] == name[-1]}
    if len(name) == 1 and len(same) > 1:
        return points  # one of a family
    relatives = same - {name[0]} if len(name) > 1 else set()
    # Of several with one surname each is meant by the full name alone.
    form = " ".join(name) if relatives else name[-1]
    named = re.compile(rf"(?<![\w-]){re.escape(form)}(?![\w-])")  # "Amadi-Holt" is no Holt
    for i, sentence in enumerate(read.sentences):
        found = named.search(sentence)
        if found is None:
            continue
        before = sentence[: found.start()]
        kin = _KIN.search(before)
        if kin is not None and (kin["owner"].casefold() in _PRONOUNS or gender_of(kin["kin"]) is not None):
            if (gender := gender_of(kin["kin"])) is not None:
                points[gender] += _SURE
            continue  # "her son, David Holt": of her no more
        if (post := _POST.search(before)) is not None and (gender := gender_of(post["post"])) is not None:
            points[gender] += _SURE
        if _others(name[-1], relatives, read.names[i]):
            continue
        pronouns = list(_PRONOUN.finditer(own := _ASIDE.sub(" ", sentence)))
        if pronouns and _OBJECT.match(own, pronouns[0].start()):
            continue
        for match in pronouns:
            points[_gender(match.group())] += _SURE if match.group().casefold() in ("he", "she") else _LIKELY
        after = read.sentences[i + 1] if i + 1 < len(read.sentences) else ""
        if (begins := _BEGINS.match(after)) is not None and not _others(name[-1], relatives, read.names[i + 1]):
            points[_gender(begins["pronoun"])] += _SURE
    return points


def _gender(pronoun: str) -> Gender:
    return Gender.FEMALE if pronoun.casefold() in HERS else Gender.MALE


def _others(surname: str, relatives: set[str], names: Iterable[tuple[str, ...]]) -> bool:
    """Whether one of `names` is another's than this `surname`, or of one of his or her `relatives`."""
    return any(words[0] in relatives or surname not in words for words in names)
