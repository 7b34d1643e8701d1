"""Speaker chains: which person or body each mention of a speaker in an article stands for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.annotation.quotations.appositions import (
    DETERMINER,
    OWNED,
    head_of,
    name_after,
    of_a_body,
    of_somebody,
    office_holder,
)
from retrieval.annotation.quotations.attribution import Attribution
from retrieval.annotation.quotations.cast import Cast
from retrieval.annotation.quotations.cues import lexicon
from retrieval.annotation.quotations.descriptions import description_of
from retrieval.annotation.quotations.entities import Entity
from retrieval.annotation.quotations.layout import Layout
from retrieval.annotation.quotations.names import (
    Name,
    content_words,
    is_body,
    is_person_noun,
    key,
    names_in,
    title_words,
)
from retrieval.annotation.quotations.pronouns import FEMALE, MALE, Pronouns
from retrieval.schema import Stretch


@dataclass(frozen=True, slots=True)
class Speaker:
    """The name and the description that the article gives a speaker; both None where it is unclear who speaks."""

    name: str | None = None
    description: str | None = None


# Two speakers are nobody's chain; "Department of Health and Human Services" is one.
_SEVERAL = re.compile(
    r"^(?!.*\b(?:Department|Ministry|Committee|Commission|Center|Centre|Office|Board|Secretary|Minister)"
    r" (?:of|for|on) (?:the )?(?:[A-Z]\w*,? ){0,3}and ).*\s(?:and|or|&)\s"
)
_INDEFINITE = re.compile(r"(?:some|many|most|several|few|other|both|all|two|three|more|various|these|those)\s", re.I)
_MADE_BY = re.compile(r"[^,]*?\b([a-z]+) by\s")
_BRACKETED = re.compile(r"\s?\([^()]*\)\s+[a-z]")
# What a body's name goes on with: "for Disease Control and Prevention", "to Roam".
_COMPLEMENT = re.compile(
    r"\s(?P<link>of|for|on|to)(?:\s(?:the|of|for|on|and|in|to|&))*"
    r"(?:,?\s[A-Z](?:(?!['’]s)[\w’'-])*(?:\s(?:the|of|for|on|and|in|&)(?=\s))*)+"
)
_NEAR = 3  # paragraphs that "the agency" reaches back over


class Chains:
    """Resolves the mentions of an article in order."""

    def __init__(
        self,
        text: str,
        cast: Cast,
        layout: Layout,
    ) -> None:
        self._text, self._cast, self._layout = text, cast, layout
        self._resolved: list[tuple[Attribution, Entity | None]] = []
        self._pronouns = Pronouns(text, cast, layout, self._resolved)

    def resolve(self, attribution: Attribution) -> Speaker:
        """The speaker of the next attribution; call in the order of the text."""
        entity = self._entity(attribution.mention, attribution.stands_for, attribution)
        if entity is not None and not (entity.body or entity.thing):
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
        if pronoun in MALE | FEMALE:
            return self._pronouns.person(mention, content)
        if pronoun == "it":
            return self._pronouns.body(mention)
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
        head = self._text[slice(*head_of(self._text, mention))]
        last = key(head.split()[-1]) if head.split() else ""
        bare = len(name.words) == 1 and not name.title
        body = last in title_words().bodies | title_words().enterprises
        if not body and (is_body(name.words) or (bare and of_a_body(words))):
            return None
        if last in title_words().bodies and len(name.words) == 1:
            return self._cast.body(name.text, name.start)
        one = last == "one" and len(name.words) > 1  # "one of them, Jane Roe,"
        return self._cast.known_or_new(name) if body or one or is_person_noun(last) else None

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
        head = head_of(self._text, mention)
        found = list(names_in(self._text, head.start, head.end))
        words = self._text[head.start : head.end]
        made = _MADE_BY.match(words)
        if _BRACKETED.match(self._text, head.end, mention.end) or (made and made[1] not in lexicon().carriers):
            return None  # "Acme (ACM) shares", "a visit by Roe", but "a study by Roe"
        if found and self._text[found[-1].end : head.end].strip(" .'’s") == "":
            if (body := self._with_complement(found, mention, head)) is not None:
                return body
            if is_body(found[-1].words) and (body := self._with_owner(found, head)) is not None:
                return body
            if key(words) in (f"the {paper}" for paper in title_words().papers) and found[-1].text.istitle():
                return self._paper(found[-1])
            if len(found[-1].words) == 1 and not found[-1].title:
                if self._is_common(found[-1].text, found[-1].start, proper):
                    return None  # "Sources said", "Police said"
                adjective = key(found[-1].text) in title_words().nationalities and not found[-1].text.isupper()
                if adjective and words.lower().startswith("the "):
                    return self._last_person(mention)  # "the Uruguayan"
            return self._cast.known_or_new(found[-1])
        if not found and words.isupper() and len(words) > 1:
            return self._cast.known_or_new(Name(head.start, head.end, tuple(words.title().split())))
        owned = bool(found) and self._text[found[-1].end : head.end][:2] in ("'s", "’s")
        named = head.end < mention.end and not DETERMINER.match(words) and not words.lower().endswith("office")
        if (owned or not found) and named:
            # "Secretary of State John Kerry", "Utopia's Minister for Trade Jane Roe": a title with a preposition
            later = [n for n in names_in(self._text, head.end, mention.end) if len(n.words) > 1]
            if later and words[:1].isupper() and later[-1].end == mention.end:
                return self._cast.known_or_new(later[-1])
        last = key(words.split()[-1]) if words.split() else ""
        if found and last in title_words().bodies and last not in lexicon().carriers:
            # "the Jones campaign", "Acme's board": a body named after somebody.
            start = head.start + (m.end() if (m := DETERMINER.match(words)) else 0)
            return self._cast.body(self._text[start : head.end], start)
        return None

    def _with_complement(self, found: Sequence[Name], mention: Stretch, head: Stretch) -> Entity | None:
        """ "Centre for Disease Control", "Freedom to Roam": a body's name that goes on behind its preposition."""
        rest = _COMPLEMENT.match(self._text, head.end, mention.end)
        if rest is None or not (rest.end() == mention.end or self._text[rest.end() : rest.end() + 2] in ("'s", "’s")):
            return None
        singular = tuple(word.removesuffix("s") for word in found[-1].words)
        if not (is_body(found[-1].words) or is_body(singular) or rest["link"] == "to"):
            return None
        start = found[-2].start if len(found) > 1 and self._is_owner(found) else found[-1].start
        return self._cast.body(self._text[start : rest.end()], start)

    def _paper(self, name: Name) -> Entity | None:
        """The newspaper that "The Times" or "The Post" names: the only body of that last word, else one so called."""
        longer = [e for e in self._cast.bodies() if len(e.words) > 1 and key(e.words[-1]) == key(name.words[0])]
        if len(longer) > 1:
            return None
        return longer[0] if longer else self._cast.body(f"The {name.text}", name.start - len("The "))

    def _is_owner(self, found: Sequence[Name]) -> bool:
        """Whether the last name but one owns the last: "Brazil's Foreign Ministry"."""
        return self._text[found[-2].end : found[-1].start] in ("'s ", "’s ", "' ", "’ ")

    def _with_owner(self, found: Sequence[Name], head: Stretch) -> Entity | None:
        """ "Brazil's Foreign Ministry": where the name alone could be any country's, with the owner before it."""
        lists = title_words()
        if len(found) < 2 or any(key(w) not in lists.bodies | lists.titles | lists.openers for w in found[-1].words):
            return None
        if not self._is_owner(found):
            return None
        return self._cast.body(self._text[found[-2].start : head.end], found[-2].start)

    def _last_person(self, mention: Stretch) -> Entity | None:
        """Whoever spoke last, no further back than the paragraph before."""
        for attribution, entity in reversed(self._resolved):
            if attribution.mention is None or self._layout.paragraphs_between(attribution.mention, mention) > 1:
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

    def _by_description(self, mention: Stretch) -> Entity | None:
        head = head_of(self._text, mention)
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
            near = {
                id(s.entity) for s in seen if self._layout.paragraphs_between(Stretch(s.start, s.end), mention) <= _NEAR
            }
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
        named = [
            s
            for s in self._cast.sightings
            if s.end <= mention.start and s.entity.body and key(s.entity.words[-1]) not in title_words().public
        ]
        if len({id(s.entity) for s in named}) == 1:
            return named[0].entity
        spoken = next(((a, e) for a, e in reversed(self._resolved) if e is not None and e.body), None)
        if (
            spoken is None
            or spoken[0].mention is None
            or self._layout.paragraphs_between(spoken[0].mention, mention) > 1
        ):
            return None
        between = [s for s in named if s.start > spoken[0].mention.end and s.entity is not spoken[1]]
        return None if between else spoken[1]
