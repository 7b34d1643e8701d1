"""Speaker chains: which person or body each mention of a speaker in an article stands for."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.annotation.quotations.appositions import DETERMINER, OWNED, name_after, of_somebody, office_holder
from retrieval.annotation.quotations.attribution import Attribution
from retrieval.annotation.quotations.cast import Cast, Entity, Sighting, content_words
from retrieval.annotation.quotations.cues import lexicon
from retrieval.annotation.quotations.descriptions import description_of
from retrieval.annotation.quotations.names import (
    Gender,
    Name,
    gender_of,
    is_body,
    is_person_noun,
    key,
    names_in,
    title_words,
)
from retrieval.schema import Stretch


@dataclass(frozen=True, slots=True)
class Speaker:
    """The name and the description that the article gives a speaker; both None where it is unclear who speaks."""

    name: str | None = None
    description: str | None = None


_MALE = frozenset(("he", "him", "his", "himself"))
_FEMALE = frozenset(("she", "her", "herself"))
_CUT = re.compile(r"\s(?:of|for|at|from|in|with|on|who|and|to|near|among|or)\s|[,;(]")
# Two speakers are nobody's chain; "Department of Health and Human Services" is one.
_SEVERAL = re.compile(
    r"^(?!.*\b(?:Department|Ministry|Committee|Commission|Center|Centre|Office|Board|Secretary|Minister)"
    r" (?:of|for|on) (?:[A-Z]\w*,? ){0,3}and ).*\s(?:and|or|&)\s"
)
_INDEFINITE = re.compile(r"(?:some|many|most|several|few|other|both|all|two|three|more|various|these|those)\s", re.I)
_PREPOSITION = re.compile(
    r"\b(?:about|of|on|with|for|against|to|from|by|between|among|like|than|over|at|under|behind|near|via|per|and|or)\s"
    r"(?:(?:the|[A-Z][\w.’'-]*|former|then-\w+)\s){0,4}$"
)
_OWNS_SOMEBODY = re.compile(
    r"['’]s?\s(?:[a-z-]+\s){0,3}?(?:\w+(?:er|or|man|woman|ist|person)|" + "|".join(sorted(title_words().kin)) + r")\b"
)
_LAST_WORD = re.compile(r"\b([a-z][a-z-]+) $")
_SUBJECT_REACH = 45  # characters from the start of a sentence within which its subject is looked for
_NEAR = 3  # paragraphs that "the agency" reaches back over
_BACK = 4  # sentences that a pronoun reaches back over


class Chains:
    """Resolves the mentions of an article in order.

    `sentences` are all its sentences, `quoted` its quoted stretches.
    """

    def __init__(
        self,
        text: str,
        cast: Cast,
        sentences: Sequence[Stretch],
        paragraphs: Sequence[Stretch],
        quoted: Sequence[Stretch],
    ) -> None:
        self._text, self._cast = text, cast
        self._sentences, self._paragraphs, self._quoted = sentences, paragraphs, quoted
        self._resolved: list[tuple[Attribution, Entity | None]] = []

    def resolve(self, attribution: Attribution) -> Speaker:
        """The speaker of the next attribution; call in the order of the text."""
        entity = self._entity(attribution.mention, attribution.stands_for, attribution)
        if entity is not None and not entity.body:
            entity.evident = True  # what speaks is somebody
        self._resolved.append((attribution, entity))
        described = description_of(self._text, attribution, entity)
        if entity is not None and described and described not in entity.described:
            entity.described.insert(0, described)
        if entity is None:
            return Speaker(None, described)
        return Speaker(entity.name, next(iter((*entity.described, *entity.roles)), None))

    # -- what a mention stands for

    def _entity(
        self, mention: Stretch | None, stands_for: Stretch | None, attribution: Attribution | None = None
    ) -> Entity | None:
        content = attribution.pieces if attribution is not None else ()
        if mention is None:
            return None
        words = self._text[mention.start : mention.end]
        pronoun = words.lower().strip(".,")
        if pronoun in ("who", "which", "that"):
            return self._entity(stands_for, None) if stands_for is not None else None
        if pronoun in _MALE | _FEMALE:
            return self._person_before(mention, Gender.MALE if pronoun in _MALE else Gender.FEMALE, content)
        if pronoun == "it":
            return self._body_before(mention)
        if pronoun in title_words().pronouns or _SEVERAL.search(words) or _INDEFINITE.match(words):
            return None
        proper = attribution is not None and attribution.proper
        return (
            self._by_apposition(mention)
            or self._by_office(mention)
            or self._by_name(mention, proper)
            or self._by_description(mention)
        )

    def _by_apposition(self, mention: Stretch) -> Entity | None:
        """ "Its director" in "its director, Jane Roe,"."""
        words = self._text[mention.start : mention.end]
        if not (DETERMINER.match(words) or OWNED.match(words)) or of_somebody(words):
            return None
        name = name_after(self._text, mention.end)
        if name is None:
            return self._by_name_of_body(mention)
        head = words[: match.start()] if (match := _CUT.search(words)) else words
        last = key(head.split()[-1]) if head.split() else ""
        if last in title_words().bodies and len(name.words) == 1:
            return self._cast.body(name.text, name.start)
        if not is_person_noun(last) and last not in title_words().bodies | title_words().enterprises:
            return None
        return self._cast.known_or_new(name)

    def _by_name_of_body(self, mention: Stretch) -> Entity | None:
        """ "The postal service" in "the postal service Norpost"."""
        name = next(names_in(self._text, mention.end, min(len(self._text), mention.end + 80)), None)
        last = key(self._text[mention.start : mention.end].split()[-1])
        if name is None or last not in title_words().bodies | title_words().enterprises:
            return None
        return self._cast.body(name.text, name.start) if self._text[mention.end : name.start] == " " else None

    def _by_office(self, mention: Stretch) -> Entity | None:
        name = office_holder(self._text, mention)
        return self._cast.known_or_new(name) if name is not None else None

    def _by_name(self, mention: Stretch, proper: bool) -> Entity | None:
        head = self._head(mention)
        found = list(names_in(self._text, head.start, head.end))
        words = self._text[head.start : head.end]
        if found and self._text[found[-1].end : head.end].strip(" .'’s") == "":
            if is_body(found[-1].words) and (owned := self._with_owner(found, head)) is not None:
                return owned
            if is_body(found[-1].words) and mention.end > head.end and self._text[head.end : head.end + 4] == " of ":
                return self._cast.body(self._text[found[-1].start : mention.end], found[-1].start)
            if len(found[-1].words) == 1 and not found[-1].title:
                if self._is_common(found[-1].text, found[-1].start, proper):
                    return None  # "Sources said", "Police said"
                if key(found[-1].text) in title_words().nationalities and words.lower().startswith("the "):
                    return self._last_person(mention)  # "the Uruguayan"
            return self._cast.known_or_new(found[-1])
        if not found and words.isupper() and len(words) > 1:
            return self._cast.known_or_new(Name(head.start, head.end, tuple(words.title().split())))
        if not found and head.end < mention.end and not DETERMINER.match(words):
            # "Secretary of State John Kerry": the title has a preposition of its own.
            later = [n for n in names_in(self._text, head.end, mention.end) if len(n.words) > 1]
            if later and words[:1].isupper() and later[-1].end == mention.end:
                return self._cast.known_or_new(later[-1])
        last = key(words.split()[-1]) if words.split() else ""
        if found and last in title_words().bodies and last not in lexicon().carriers:
            # "the Jones campaign", "Acme's board": a body named after somebody.
            start = head.start + (m.end() if (m := DETERMINER.match(words)) else 0)
            return self._cast.body(self._text[start : head.end], start)
        return None

    def _with_owner(self, found: Sequence[Name], head: Stretch) -> Entity | None:
        """ "Brazil's Foreign Ministry": where the name alone could be any country's, with the owner before it."""
        lists = title_words()
        if len(found) < 2 or any(key(w) not in lists.bodies | lists.titles | lists.openers for w in found[-1].words):
            return None
        between = self._text[found[-2].end : found[-1].start]
        if between not in ("'s ", "’s ", "' ", "’ "):
            return None
        return self._cast.body(self._text[found[-2].start : head.end], found[-2].start)

    def _last_person(self, mention: Stretch) -> Entity | None:
        """Whoever spoke last, no further back than the paragraph before."""
        for attribution, entity in reversed(self._resolved):
            if attribution.mention is None or self._paragraph_gap(attribution.mention, mention) > 1:
                return None
            return entity if entity is not None and not entity.body else None
        return None

    def _is_common(self, word: str, start: int, proper: bool) -> bool:
        """Whether a capital shows no name: the word is a common noun, here or by its form ("Analysts said")."""
        if self._cast.is_surname(word):
            return False
        singular = key(word).removesuffix("s")
        plural = singular != key(word) and is_person_noun(singular)
        if plural or key(word) in title_words().bodies:
            return True
        alone = proper and not word.endswith("s") and not self._cast.is_lower_elsewhere(word)
        return not alone and self._cast.is_common(word, start)

    def _head(self, mention: Stretch) -> Stretch:
        """The mention up to its first preposition or comma; the whole of a body's name ("Bank of Utopia")."""
        words = self._text[mention.start : mention.end]
        match = _CUT.search(words)
        return Stretch(mention.start, mention.start + match.start()) if match else mention

    def _by_description(self, mention: Stretch) -> Entity | None:
        head = self._head(mention)
        words = self._text[head.start : head.end]
        if re.match(r"(?:the|this|that)\s", words, re.IGNORECASE) is None:
            return None
        nouns = DETERMINER.sub("", words)
        last = key(nouns.split()[-1]) if nouns.split() else ""
        wanted = content_words(nouns)
        seen = [s for s in self._cast.sightings if s.start < mention.start]
        if is_person_noun(last):
            fitting = [e for e in self._cast.persons() if e.described_by(wanted)]
        elif last in title_words().bodies | title_words().enterprises:
            near = {id(s.entity) for s in seen if self._paragraph_gap(Stretch(s.start, s.end), mention) <= _NEAR}
            bodies = [e for e in self._cast.bodies() if id(e) in near or e.spoke]
            fitting = [e for e in bodies if wanted <= {key(w) for w in e.words} or e.described_by(wanted)]
            if not fitting and nouns.lower() in title_words().enterprises:
                return self._enterprise(mention)
        else:
            return None
        before = list(dict.fromkeys(s.entity for s in reversed(seen) if s.entity in fitting))
        if len(fitting) == 1:
            return fitting[0] if before else None
        spoken = next((e for _, e in reversed(self._resolved) if e is not None), None)
        return spoken if spoken in before else None

    def _enterprise(self, mention: Stretch) -> Entity | None:
        """ "The company": the only body named so far, or the one that is spoken of or speaks right before."""
        named = [s for s in self._cast.sightings if s.end <= mention.start and s.entity.body]
        if len({id(s.entity) for s in named}) == 1:
            return named[0].entity
        spoken = next(((a, e) for a, e in reversed(self._resolved) if e is not None and e.body), None)
        if spoken is None or spoken[0].mention is None or self._paragraph_gap(spoken[0].mention, mention) > 1:
            return None
        between = [s for s in named if s.start > spoken[0].mention.end and s.entity is not spoken[1]]
        return None if between else spoken[1]

    # -- pronouns

    def _person_before(self, pronoun: Stretch, gender: Gender, content: Sequence[Stretch]) -> Entity | None:
        at = self._sentence_of(pronoun.start)
        if at is None:
            return None
        here = self._sentences[at]
        for attribution, entity in reversed(self._resolved):
            place = (attribution.cue or attribution.pieces)[0].start
            if place < here.start:
                break
            if attribution.cue and place < pronoun.start and self._fits(entity, gender):
                return self._confirmed(entity, gender)
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
            if at - back < 0 or self._paragraph_gap(self._sentences[at - back], here) > 1:
                return None
            settled, entity = self._person_of(self._sentences[at - back], gender)
            if settled:
                return self._confirmed(entity, gender)
        return None

    def _person_of(self, sentence: Stretch, gender: Gender) -> tuple[bool, Entity | None]:
        """Whether `sentence` settles whom a following "he" or "she" means, and whom."""
        for attribution, entity in reversed(self._resolved):
            place = (attribution.cue or attribution.pieces)[0].start
            if place < sentence.start:
                break
            if place >= sentence.end:
                continue
            if self._fits(entity, gender):
                return True, entity
            if entity is None and attribution.mention is not None and self._may_be(attribution.mention, gender):
                return True, None  # whoever this is speaks on, and it is unclear who this is
        seen = self._unquoted(sentence.start, sentence.end, gender)
        if seen and _OWNS_SOMEBODY.match(self._text, seen[0].end) and seen[0].start - sentence.start <= _SUBJECT_REACH:
            # "Roe's lawyer left. She said": not Roe, for certain, but perhaps "Roe's lawyer, Ann Poe, left".
            apposed = len(seen) > 1 and self._text[seen[1].start - 2 : seen[1].start] == ", "
            return True, seen[1].entity if apposed else None
        persons = list(dict.fromkeys(s.entity for s in seen))
        if not persons:
            return False, None
        if len(persons) == 1 or seen[0].start - sentence.start <= _SUBJECT_REACH:
            return True, persons[0]
        return True, None

    def _unquoted(self, start: int, end: int, gender: Gender) -> list[Sighting]:
        return [
            s for s in self._cast.seen_in(start, end) if not self._is_quoted(s.start) and self._fits(s.entity, gender)
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
        pronouns = _MALE if gender is Gender.MALE else _FEMALE
        bare = words[:1].isupper() and words.count(" ") < 2 and self._cast.is_surname(words.split()[-1])
        person = DETERMINER.match(words) is not None and is_person_noun(
            self._text[slice(*self._head(mention))].split()[-1]
        )
        return words.lower() in pronouns or bare or (person and gender_of(words) in (gender, None))

    def _body_before(self, pronoun: Stretch) -> Entity | None:
        for attribution, entity in reversed(self._resolved):
            if attribution.mention is None or self._paragraph_gap(attribution.mention, pronoun) > 1:
                return None
            return entity if entity is not None and entity.body else None
        return None

    def _fits(self, entity: Entity | None, gender: Gender) -> bool:
        if entity is None or entity.body or entity.place:
            return False
        return entity.evident and entity.gender in (gender, None)

    def _confirmed(self, entity: Entity | None, gender: Gender) -> Entity | None:
        if entity is not None and entity.gender is None:
            entity.gender = gender
        return entity

    # -- where things stand

    def _sentence_of(self, at: int) -> int | None:
        i = bisect.bisect_right(self._sentences, at, key=lambda s: s.start) - 1
        return i if i >= 0 and at < self._sentences[i].end else None

    def _paragraph_gap(self, earlier: Stretch, later: Stretch) -> int:
        first, last = (bisect.bisect_right(self._paragraphs, s.start, key=lambda p: p.start) for s in (earlier, later))
        return last - first

    def _is_quoted(self, at: int) -> bool:
        i = bisect.bisect_right(self._quoted, at, key=lambda q: q.start) - 1
        return i >= 0 and at < self._quoted[i].end
