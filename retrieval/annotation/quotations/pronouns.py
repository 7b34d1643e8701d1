"""Whom "he", "she" and "it" stand for where somebody speaks."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from retrieval.annotation.quotations.appositions import DETERMINER, head_of
from retrieval.annotation.quotations.attribution import Attribution
from retrieval.annotation.quotations.cast import Cast
from retrieval.annotation.quotations.cues import lexicon
from retrieval.annotation.quotations.doubt import opens_with_person
from retrieval.annotation.quotations.entities import Entity, Sighting
from retrieval.annotation.quotations.layout import Layout
from retrieval.annotation.quotations.names import Gender, gender_of, is_person_noun, names_in, title_words
from retrieval.schema import Stretch

MALE = frozenset(("he", "him", "his", "himself"))
FEMALE = frozenset(("she", "her", "herself"))
_PREPOSITION = re.compile(
    r"\b(?:about|of|on|with|for|against|to|from|by|between|among|like|than|over|at|under|behind|near|via|per|and|or)\s"
    r"(?:(?:the|[A-Z][\w.’'-]*|former|then-\w+)\s){0,4}$"
)
_OWNS_SOMEBODY = re.compile(
    r"['’]s?\s(?:[a-z-]+\s){0,3}?(?:\w+(?:er|or|man|woman|ist|person)|" + "|".join(sorted(title_words().kin)) + r")\b"
)
# A person of whom the article has not told before: "her rival", "another neighbour".
_SOMEBODY = re.compile(r"(?P<whose>His|Her|Their|An?|Another|One|The)(?P<noun>(?:\s[a-z-]+){1,3})(?=[\s,])")
_WORD = re.compile(r"[a-z-]+")
_LAST_WORD = re.compile(r"\b([a-z][a-z-]+) $")
_SUBJECT_REACH = 45  # characters from the start of a sentence within which its subject is looked for
# "So that the librarian, Jo Roe, can help her": what stands right before such a name.
_SUBORDINATE = re.compile(
    r"\b(?:that|because|where|when|while|if|since|although|which|whom?|whose)(?:\s[\w’'-]+){0,4},?\s(?:\w+\.?\s)?$"
)
_SPOKE_BACK = 6  # quotations
_BACK = 4  # sentences that a pronoun reaches back over


def gender_of_pronoun(word: str) -> Gender | None:
    """What "his" or "her" shows."""
    return Gender.MALE if word.lower() in MALE else Gender.FEMALE if word.lower() in FEMALE else None


class Pronouns:
    """Looks back from a pronoun: to who spoke, in `resolved` (all so far, in order), and to who is named."""

    def __init__(
        self, text: str, cast: Cast, layout: Layout, resolved: Sequence[tuple[Attribution, Entity | None]]
    ) -> None:
        self._text, self._cast, self._layout, self._resolved = text, cast, layout, resolved

    def person(self, pronoun: Stretch, content: Sequence[Stretch]) -> Entity | None:
        """Whom a "he" or "she" means; `content` is what is said, which does not tell who says it."""
        gender = gender_of_pronoun(self._text[pronoun.start : pronoun.end].strip(".,"))
        return self._person(pronoun, gender or Gender.FEMALE, content)

    def _person(self, pronoun: Stretch, gender: Gender, content: Sequence[Stretch]) -> Entity | None:
        at = self._layout.sentence_at(pronoun.start)
        if at is None:
            return None
        here = self._layout.sentences[at]
        for attribution, entity in reversed(self._resolved):
            place = (attribution.cue or attribution.pieces)[0].start
            if place < here.start:
                break
            if attribution.cue and place < pronoun.start and self._fits(entity, gender):
                return self._confirmed(entity, gender)
            mention = attribution.mention if entity is None else None
            if mention is not None and mention.start < pronoun.start and self._may_be(mention, gender):
                return None  # "the minister said he had asked, but declined to"
        # A name that the sentence has already is meant, unless it is part of what is said or hangs on a preposition.
        near = [
            s
            for s in self._unquoted(here.start, pronoun.start, gender)
            if not any(p.start <= s.start < p.end for p in content) and not self._is_oblique(s)
        ]
        if near:
            alone = len({id(s.entity) for s in near}) == 1
            opening = near[0].start - here.start <= _SUBJECT_REACH
            return self._confirmed(near[0].entity, gender) if alone or opening else None
        for back in range(1, _BACK + 1):
            if at - back < 0 or self._layout.paragraphs_between(self._layout.sentences[at - back], here) > 1:
                return None
            settled, entity = self._person_of(self._layout.sentences[at - back], gender)
            if settled:
                return self._confirmed(entity, gender)
        return None

    def _person_of(self, sentence: Stretch, gender: Gender) -> tuple[bool, Entity | None]:
        """Whether `sentence` settles whom a following "he" or "she" means, and whom."""
        for attribution, entity in reversed(self._resolved):
            place = (attribution.cue or attribution.pieces)[0].start
            if place < sentence.start:
                break
            if place >= sentence.end or self._is_reported(place, sentence):
                continue
            if self._fits(entity, gender):
                return True, entity
            if entity is None and attribution.mention is not None and self._may_be(attribution.mention, gender):
                return True, None  # whoever this is speaks on, and it is unclear who this is
        seen = self._unquoted(sentence.start, sentence.end, gender)
        if self._opens_with_another(sentence, gender, seen[0].start if seen else sentence.end):
            return True, None
        if seen and _OWNS_SOMEBODY.match(self._text, seen[0].end) and seen[0].start - sentence.start <= _SUBJECT_REACH:
            # "Roe's lawyer left. She said": not Roe, for certain, but perhaps "Roe's lawyer, Ann Poe, left".
            apposed = len(seen) > 1 and self._text[seen[1].start - 2 : seen[1].start] == ", "
            return True, seen[1].entity if apposed else None
        persons = list(dict.fromkeys(s.entity for s in seen))
        if not persons:
            return False, None
        if seen[0].start - sentence.start <= _SUBJECT_REACH:
            return True, persons[0]
        # Somebody named in passing is not meant for certain where another of this gender has been speaking.
        spoke = [e for _, e in self._resolved[-_SPOKE_BACK:] if e is not None and e.gender is gender]
        aside = _SUBORDINATE.search(self._text, sentence.start, seen[0].start) is not None
        passing = aside and persons[0].gender is None and any(e is not persons[0] for e in spoke)
        return True, persons[0] if len(persons) == 1 and not passing else None

    def _opens_with_another(self, sentence: Stretch, gender: Gender, seen: int) -> bool:
        """Whether a sentence has somebody for its subject who may be meant and is not known: "Her rival left.", "Her
        mother, Ann Roe, taught her." where "she" is either, or a full name before the one `seen`."""
        if self._layout.is_quoted(sentence.start):
            return False
        opening = _SOMEBODY.match(self._text, sentence.start, sentence.end)
        words = _WORD.finditer(self._text, *opening.span("noun")) if opening is not None else ()
        noun = next((m for m in words if is_person_noun(m[0])), None)
        if opening is not None and noun is not None:
            owner = gender_of_pronoun(opening["whose"])
            known = noun.end() + 2 >= seen  # ", Ann Roe"
            if opening["whose"] == "The":  # "The judge smiled", who is nobody named
                reaction = _WORD.match(self._text, noun.end() + 1, sentence.end)
                reacts = reaction is not None and reaction[0] in lexicon().reactions
                return reacts and not any(e.described_by({noun[0]}) for e in self._cast.persons())
            if not known:
                return gender_of(noun[0]) in (gender, None)
            others = (gender_of_pronoun(m[0]) for m in _WORD.finditer(self._text, seen, sentence.end))
            return owner is gender and gender in others  # "taught her to read"
        if seen == sentence.end or not opens_with_person(self._text, sentence.start, seen):
            return False
        name = next(names_in(self._text, sentence.start, seen))
        entity = self._cast.named(name)
        return entity is not None and not (entity.body or entity.thing) and entity.gender in (gender, None)

    def _is_reported(self, place: int, sentence: Stretch) -> bool:
        """Whether a cue stands in what somebody else says in the sentence: "Roe said that Poe had asked for help"."""
        reporting = itertools.takewhile(
            lambda resolved: (resolved[0].cue or resolved[0].pieces)[0].start >= sentence.start,
            reversed(self._resolved),
        )
        return any(
            piece.start <= place < piece.end and attribution.mention is not None
            for attribution, _ in reporting
            if attribution.cue and attribution.cue[0].start != place
            for piece in attribution.pieces
        )

    def _unquoted(self, start: int, end: int, gender: Gender) -> list[Sighting]:
        return [
            s
            for s in self._cast.seen_in(start, end)
            if not self._layout.is_quoted(s.start) and self._fits(s.entity, gender)
        ]

    def _is_oblique(self, sighting: Sighting) -> bool:
        """Whether a name hangs on a preposition or owns something: "about Roe", "Roe's plan"."""
        before = self._text[max(0, sighting.start - 40) : sighting.start]
        while (noun := _LAST_WORD.search(before)) is not None and is_person_noun(noun.group(1)):
            before = before[: noun.start()]  # "to chairman Jane Roe"
        after = self._text[sighting.end : sighting.end + 2]
        return _PREPOSITION.search(before) is not None or after in ("'s", "’s")

    def _may_be(self, mention: Stretch, gender: Gender) -> bool:
        """Whether an unresolved mention could be a person of this gender: a pronoun or a bare name."""
        words = self._text[mention.start : mention.end]
        pronouns = MALE if gender is Gender.MALE else FEMALE
        bare = words[:1].isupper() and words.count(" ") < 2 and self._cast.is_surname(words.split()[-1])
        person = DETERMINER.match(words) is not None and is_person_noun(
            self._text[slice(*head_of(self._text, mention))].split()[-1]
        )
        return words.lower() in pronouns or bare or (person and gender_of(words) in (gender, None))

    def body(self, pronoun: Stretch) -> Entity | None:
        for attribution, entity in reversed(self._resolved):
            if attribution.mention is None or self._layout.paragraphs_between(attribution.mention, pronoun) > 1:
                return None
            return entity if entity is not None and entity.body else None
        return None

    def _fits(self, entity: Entity | None, gender: Gender) -> bool:
        if entity is None or entity.body or entity.thing:
            return False
        return entity.evident and entity.gender in (gender, None)

    def _confirmed(self, entity: Entity | None, gender: Gender) -> Entity | None:
        if entity is not None and entity.gender is None:
            entity.gender = gender
        return entity
