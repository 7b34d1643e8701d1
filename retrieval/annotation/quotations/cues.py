"""The lexicon of cues: which words attribute, and where their content stands."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from importlib import resources

from retrieval.schema import Stance


class Frame(StrEnum):
    """What a cue verb takes as its content; `cues.toml` shows each."""

    CLAUSE = "clause"
    QUOTE = "quote"
    TO = "to"
    GERUND = "gerund"
    OBJECT = "object"
    ADDRESSEE = "addressee"
    PREDICATE = "predicate"


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb of the lexicon; a noun or a preposition that attributes has no frames."""

    lemma: str
    frames: frozenset[Frame] = frozenset()
    prepositions: frozenset[str] = frozenset()
    stance: Stance = Stance.SAID


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Verbs by every inflected form, nouns by singular and plural, all in lower case; see `cues.toml`."""

    verbs: Mapping[str, Cue]
    silent: frozenset[str]
    silent_infinitives: frozenset[str]
    mute: frozenset[str]
    requests: frozenset[str]
    unanswered: frozenset[str]
    clause_nouns: frozenset[str]
    to_nouns: frozenset[str]
    carriers: frozenset[str]
    support: frozenset[str]
    rejecting: frozenset[str]
    granted: frozenset[str]
    offered: frozenset[str]
    times: frozenset[str]
    channels: frozenset[str]
    channel_prepositions: frozenset[str]
    wishing: frozenset[str]
    causing: frozenset[str]
    reactions: frozenset[str]
    gestured: frozenset[str]
    attitudes: frozenset[str]
    opinions: frozenset[str]
    words: frozenset[str] = field(repr=False)

    def has_cue(self, text: str) -> bool:
        """Whether any word of `text` could attribute: a sentence without one needs no parsing."""
        return not self.words.isdisjoint(_WORD.findall(text.lower()))


_WORD = re.compile(r"[a-z]+(?:-[a-z]+)?")
_CONSONANT_Y = re.compile(r"[^aeiou]y$")


@functools.lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon of `cues.toml`, read once."""
    data = tomllib.loads(resources.files(__package__).joinpath("cues.toml").read_text("utf-8"))
    prepositions, forms, stances, nouns = data["prepositions"], data["forms"], data["stances"], data["nouns"]
    circumstances, silence, reactions = data["circumstances"], data["silence"], data["reactions"]
    frames: dict[str, set[Frame]] = {lemma: set() for lemma in prepositions}
    for group in data["verbs"]:
        for lemma in group["words"].split():
            frames.setdefault(lemma, set()).update(Frame(frame) for frame in group["frames"])
    denials = frozenset(stances["denied"].split())
    verbs: dict[str, Cue] = {}
    for lemma, held in frames.items():
        stance = Stance.DENIED if lemma in denials else Stance.SAID
        cue = Cue(lemma, frozenset(held), frozenset(prepositions.get(lemma, ())), stance)
        for form in forms.get(lemma) or inflected(lemma):
            verbs.setdefault(form, cue)

    def all_forms(words: str) -> frozenset[str]:
        return frozenset(form for word in words.split() for form in forms.get(word) or inflected(word))

    silent, mute = all_forms(stances["declined"]), frozenset(silence["mute"].split())
    clause_nouns, to_nouns = _with_plurals(nouns["clause"].split()), _with_plurals(nouns["to"].split())
    return Lexicon(
        verbs=verbs,
        silent=silent,
        silent_infinitives=frozenset(silence["infinitives"].split()),
        mute=mute,
        requests=frozenset(silence["requests"].split()),
        unanswered=frozenset(stances["unanswered"].split()),
        clause_nouns=clause_nouns,
        to_nouns=to_nouns,
        carriers=_with_plurals(nouns["carrier"].split()),
        support=all_forms(nouns["support"]),
        rejecting=all_forms(nouns["rejecting"]),
        granted=_with_plurals(nouns["granted"].split()),
        offered=_with_plurals(nouns["offered"].split()),
        times=frozenset(circumstances["times"].split()),
        channels=frozenset(circumstances["channels"].split()),
        channel_prepositions=frozenset(circumstances["prepositions"].split()),
        wishing=all_forms(data["unsaid"]["wishing"]),
        causing=all_forms(data["unsaid"]["causing"]),
        reactions=all_forms(reactions["verbs"]),
        gestured=frozenset(reactions["gestured"].split()),
        attitudes=frozenset(reactions["attitudes"].split()),
        opinions=frozenset(reactions["opinions"].split()),
        words=frozenset(verbs) | silent | mute | clause_nouns | to_nouns | {"according"},
    )


def inflected(lemma: str) -> tuple[str, ...]:
    """The regular forms of a verb: base, third person, past, present participle."""
    if lemma.endswith("e"):
        return lemma, lemma + "s", lemma + "d", lemma[:-1] + "ing"
    if _CONSONANT_Y.search(lemma):
        return lemma, lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"
    third = lemma + ("es" if lemma.endswith(("s", "x", "z", "ch", "sh")) else "s")
    return lemma, third, lemma + "ed", lemma + "ing"


def _with_plurals(nouns: Iterable[str]) -> frozenset[str]:
    return frozenset(form for noun in nouns for form in (noun, inflected(noun)[1]))
