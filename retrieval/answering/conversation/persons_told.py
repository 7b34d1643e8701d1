"""Whether an article shows that a name is a person's: a capital alone does not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from retrieval.annotation.quotations.cast import Cast
from retrieval.annotation.quotations.entities import Entity
from retrieval.annotation.quotations.names import key, title_words
from retrieval.annotation.sentences import paragraphs
from retrieval.answering.conversation.person_nouns import is_somebody
from retrieval.answering.genders_told import gender_told
from retrieval.answering.questions.speech import SAY

_READ = 50_000  # characters of an article that are looked at
_ARTICLES = 16  # whose persons are remembered
# Behind a name: ", 47,", ", who", ", managing director of the ferry", "KC".
_OF_A_PERSON = re.compile(r",\s(?:\d{1,3}\b|who(?:se|m)?\b)")
_POST_BEHIND = re.compile(r",\s(?P<post>(?:(?!and\b|who\b|which\b|said\b)[\w’'-]+\s?){1,5})")
_COMPLEMENT = re.compile(r"\s(?:of|for|at|from|in|with|on|to|near)\s.*$", re.DOTALL)
_BEFORE = 60  # characters looked at before a name
_QUOTED = 400
_SIGNS = 2  # of those that the names of firms and things show, too, now and then
_THE = re.compile(r"\b[Tt]he\s$")
_POST_BEFORE = re.compile(
    r"(?:\b(?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir)|['’]s?)\s(?:[\w-]+\s){0,3}(?P<post>[a-z-]+),?\s$"
)
_NOUN_BEFORE = re.compile(r"\b(?P<noun>(?!(?:former|rather|never|other|either|neither)\b)[a-z]{4,})\s$")
_TITLE = re.compile(r"\b(?P<post>[A-Z]\w+)\.?\s$")
_SAYS = re.compile(rf"(?:,[^,.;:]{{1,60}},)?\s+(?:{SAY})\b")
_SAID = re.compile(rf"\b(?:{SAY})\s+$")
_OWN_WORDS = re.compile(rf"[“\"][^“”\"]*\b(?:I|[Mm]y)\b[^“”\"]*[”\"],?\s+(?:{SAY})\s+$")  # no firm says "I"
# Agents that firms are as often as people: of these "the line's owner, Marsh Rail," shows nothing.
_ALSO_FIRMS = frozenset(
    """owner builder contractor subcontractor employer landlord publisher broadcaster provider buyer seller bidder
    sponsor creditor debtor donor holder shareholder investor organiser organizer distributor exporter importer dealer
    trader vendor partner member rival competitor opponent winner loser operator lessor lessee tenant customer
    sister parent successor predecessor founder newcomer""".split()  # noqa: SIM905
)


def may_be_a_person(name: str, texts: Sequence[str], *, opens: bool) -> bool:
    """Whether `name` may be a person's by the articles talked of; one that none of them has is a person's, unless it
    is a lone word that `opens` a sentence."""
    shown = [signs for text in texts if (signs := _signs_of(tuple(name.split()), text[:_READ])) is not None]
    return max(shown) >= _SIGNS if shown else not texts or not opens or " " in name


def is_unclear(name: str, texts: Sequence[str]) -> bool:
    """Whether the articles show a little that `name` is a person's, and not enough: "Jesse Orr said" alone."""
    signs = [_signs_of(tuple(name.split()), text[:_READ]) or 0 for text in texts]
    return 0 < max(signs, default=0) < _SIGNS


def other_person(name: str, texts: Sequence[str]) -> str | None:
    """The second of the two persons of the articles that have `name`; None where there are more, or fewer."""
    words = tuple(name.split())
    there = [text[:_READ] for text in texts if _is_shown(words, text[:_READ])]
    persons = {e.name: e for text in there for e in _cast(text).persons() if not (e.body or e.thing)}
    others = [n for n, e in persons.items() if not _is_called(e, words) and any(_is_shown(e.words, t) for t in there)]
    return others[0] if len(others) == 1 else None


@lru_cache(maxsize=_ARTICLES)
def _cast(text: str) -> Cast:
    return Cast(text, paragraphs(text))


def _is_shown(words: tuple[str, ...], text: str) -> bool:
    return (_signs_of(words, text) or 0) >= _SIGNS


def _signs_of(words: tuple[str, ...], text: str) -> int | None:
    """How many signs an article shows that a name is a person's; None where it does not have it."""
    if re.search(rf"(?<!\w){re.escape(words[-1])}(?!\w)", text) is None:
        return None
    named = (e for e in _cast(text).persons() if _is_called(e, words) and not (e.body or e.thing))
    return max((_signs(e, text) for e in named), default=0)


def _is_called(entity: Entity, words: tuple[str, ...]) -> bool:
    own = tuple(map(key, entity.words))
    meant = tuple(map(key, words))
    whole = len(meant) > 1 and len(own) > 1
    return (meant[-1] == own[-1] and (meant[0] == own[0] or not whole)) or meant == own[:1]


def _signs(entity: Entity, text: str) -> int:
    """How many signs of a person an article shows; `_SIGNS` at once where it leaves no doubt."""
    if entity.kin or any(map(_tells_a_person, (*entity.described, *entity.roles))):
        return _SIGNS
    signs = {"gender"} if gender_told(entity.name, text) is not None else set()
    for sighting in (s for s in _cast(text).sightings if s.entity is entity):
        before = text[max(0, sighting.start - _BEFORE) : sighting.start]
        title, post, behind = _TITLE.search(before), _POST_BEFORE.search(before), _POST_BEHIND.match(text, sighting.end)
        if any(match is not None and _tells_a_person(match["post"]) for match in (title, post, behind)):
            return _SIGNS
        own_words = _OWN_WORDS.search(text, max(0, sighting.start - _QUOTED), sighting.start)
        if own_words is not None or _OF_A_PERSON.match(text, sighting.end):
            return _SIGNS
        if _SAID.search(before) or _SAYS.match(text, sighting.end):
            signs.add("speech")
        if (noun := _NOUN_BEFORE.search(before)) is not None and _tells_a_person(noun["noun"]):
            signs.add("noun before")
        if text[sighting.start : sighting.end] == entity.words[-1] != entity.name and not _THE.search(before):
            signs.add("surname alone")
    return len(signs)


def _tells_a_person(told: str) -> bool:
    """Whether a title or what stands beside a name says what only a person is."""
    nouns = _COMPLEMENT.sub("", told.strip(" ,")).split()
    if not nouns:
        return False
    noun = key(nouns[-1])
    if noun in title_words().enterprises | title_words().openers | _ALSO_FIRMS:
        return False
    offices = title_words().titles - title_words().modifiers
    return is_somebody(noun) or noun in offices
