"""Who is who in one article: every person and body, with the names, titles and descriptions given them."""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence

from retrieval.annotation.quotations.appositions import is_of_another, role_before, tells_a_person, title_before
from retrieval.annotation.quotations.attendance import initials_of
from retrieval.annotation.quotations.entities import Entity, Sighting
from retrieval.annotation.quotations.epithets import opens_a_sentence, without_epithets, without_verb
from retrieval.annotation.quotations.genders import learn_genders
from retrieval.annotation.quotations.names import (
    Name,
    body_key,
    gender_of,
    given,
    in_title_case,
    is_body,
    key,
    names_in,
    surname,
    title_words,
)
from retrieval.annotation.quotations.things import is_country, is_determined, is_where
from retrieval.schema import Stretch

_RELATIVE = re.compile(r"\s(?:whose|who|which|that)\s.*$", re.DOTALL)
_ADDRESS = frozenset(("dame", "lord", "lady", "madam", "miss"))  # say how, not what
_WHO = re.compile(r",?\s(?:who|whom|whose)\b")
# What a name does or has that is of no person: "Arden Slate, which runs the quarry", "Arden’s spokeswoman".
_OF_A_BODY = re.compile(
    r",\swhich\s(?:also\s|now\s|has\s|had\s)?(?:want|plan|hop|own|run|ran|operat|employ|mak|made|sell|sold|buil|provid|represent)\w*\s"
    r"|['’]s?\s(?:[a-z-]+\s){0,2}(?:spokes\w+|chief\sexecutive|managing\sdirector|shareholders|board)\b"
)
_ACRONYM = re.compile(r"\s\(([A-Z][A-Z.&]{1,7})\)")
# ", a spokesman for the ministry," – what follows a name and tells who that is.
_ACCORDING = re.compile(r"\b[Aa]ccording to [^,;:“”\"\n]*$")
_APPOSITION = re.compile(
    r"['’]?s?,\s(?:\d{1,3},\s)?"
    r"((?:an?|the|its|his|her|their|former|ex-|head|director|chief|president|chair\w*|professor|founder|co-\w+|spokes\w+"
    r"|senior|deputy|vice|leader|author|editor|executive)\b(?:(?!(?<=[a-z]{3})\.\s)[^,;:()“”\"\n]){2,140})"
    r"(?=[,.;)]|\sand\ssaid|$)"
)


class Cast:
    """The persons and bodies of an article. `speaking` are stretches known to name a speaker."""

    def __init__(self, text: str, within: Sequence[Stretch], speaking: Iterable[Stretch] = ()) -> None:
        self._text = text
        self._persons: dict[tuple[str, str], Entity] = {}
        self._bodies: dict[str, Entity] = {}
        self._found: dict[str, list[int]] = {}
        self._aliases: dict[str, Entity] = {}
        plain = [p for p in within if not in_title_case(text[p.start : p.end])]
        lower = set(_LOWER.findall(text))
        self._capitals = set(_CAPITALS.findall(text))
        found = [
            without_verb(name, lower, text)
            for paragraph in plain
            for name in names_in(text, paragraph.start, paragraph.end)
        ]
        self._plain = without_epithets(found, lower, text)
        self._decked = {plain.start: name for name, plain in self._plain.items()}
        found = [self._plain.get(name, name) for name in found]
        pairs = {name.words for name in found if len(name.words) == 2}
        self._given: dict[tuple[str, str], set[str]] = {}  # full given names by initial and surname
        for name in found:
            if len(name.words) > 1 and len(given(name.words)) > 1 and not is_body(name.words):
                self._given.setdefault((given(name.words)[0], surname(name.words)), set()).add(given(name.words))
        # Longer names first, so that "Roe Doe" is seen to be the end of "Jane Roe Doe".
        for name in sorted((n for n in found if len(n.words) > 1), key=lambda n: -len(n.words)):
            if len(name.words) < 4 or name.words[:2] not in pairs or is_body(name.words):
                self._introduce(name)  # else a headline: "Jane Roe Meets Doe"
        for name in (n for n in found if len(n.words) == 1 and self.named(n) is None and not is_body(n.words)):
            unknown = all(given(e.words) != key(name.words[0]) for e in self._persons.values())
            titled = key(name.title) in ("mr", "mrs", "ms", "miss", "dr") and not self.is_surname(name.words[0])
            if unknown and (titled or role_before(text, name) is not None):
                self._introduce(name)  # "Mrs Roe", "Roe's wife, Ann,"
        for letters, name in initials_of(text, within):
            self._aliases[letters] = self._introduce(name)
        self.sightings = [s for name in found if (s := self._sighted(name)) is not None]
        speaks = {stretch.end for stretch in speaking}
        for sighting in self.sightings:
            if sighting.end in speaks and text[max(0, sighting.start - 4) : sighting.start].lower() != "the ":
                sighting.entity.evident = True
                sighting.entity.spoke |= self._text[sighting.start : sighting.end] == sighting.entity.name
        for entity, seen in self._seen().items():
            # "Faith in President Roe" is none in a place.
            known = any(map(tells_a_person, entity.described)) or (entity.roles and len(entity.words) > 1)
            whole = [s for s in seen if self._text[s.start : s.end] == entity.name] or seen
            entity.thing = not known and (
                is_country(entity.words)
                or any(is_where(text, s.start, s.end) for s in seen)
                or all(is_determined(text, s.start) for s in whole)
            )
        self._lower = lower
        learn_genders(text, self.sightings, self.persons())

    def named(self, name: Name) -> Entity | None:
        """The entity that `name` names; None where two could be meant."""
        name = self._plain.get(name, name)
        if len(name.words) > 1:
            return self._persons.get(self._person_key(name.words)) or self._bodies.get(body_key(name.words))
        word = key(name.words[0])
        if word in self._aliases:
            return self._aliases[word]
        everybody = list(dict.fromkeys(self._persons.values()))
        same = [e for e in everybody if surname(e.words) == word]
        gender = gender_of(name.title)
        if len(same) > 1 and gender is not None:
            same = [e for e in same if e.gender in (gender, None)]
            exact = [e for e in same if e.gender is gender]
            same = exact or same
        if len(same) > 1:
            return self._nearest(same, name.start)
        if same:
            return same[0]
        by_given = [e for e in everybody if given(e.words) == word and self._goes_by(name.words[0], e)]
        if len(by_given) == 1:
            return by_given[0]
        return None if by_given else self._bodies.get(word) or self._begins_as(word)

    def _goes_by(self, word: str, entity: Entity) -> bool:
        """Whether an entity may be called by its first word: not "CNN" for "CNN Video", nor "Apple", which was named
        before, for "Apple Pencil"."""
        if entity.body:
            return True
        if not entity.evident or is_body((word,)):
            return False
        if entity.described or entity.roles or entity.gender:
            return True
        whole = self._places(entity.name)
        known = frozenset(whole)
        alone = next((at for at in self._places(word) if at not in known), None)
        return not whole or alone is None or whole[0] < alone

    def _seen(self) -> dict[Entity, list[Sighting]]:
        seen: dict[Entity, list[Sighting]] = {}
        for sighting in self.sightings:
            seen.setdefault(sighting.entity, []).append(sighting)
        return seen

    def _begins_as(self, word: str) -> Entity | None:
        """The only body whose name begins with `word`, for "Acme" after "Acme Holdings"."""
        lists = title_words()
        if word in lists.nationalities | lists.titles | lists.bodies | lists.openers:
            return None
        begun = [e for e in dict.fromkeys(self._bodies.values()) if len(e.words) > 1 and key(e.words[0]) == word]
        return begun[0] if len(begun) == 1 else None

    def known_or_new(self, name: Name) -> Entity | None:
        """As `named`, but a name not met before is its own entity; None only where two could be meant."""
        name = self._plain.get(name, name)
        entity = self.named(name)
        if entity is not None:
            return entity
        if len(name.words) == 1:
            word = key(name.words[0])
            if word in title_words().nationalities:
                return None
            if any(
                word == surname(e.words) or (word == given(e.words) and e.evident and self._goes_by(name.words[0], e))
                for e in self._persons.values()
            ):
                return None
        entity = self._introduce(name)
        where = (is_where(self._text, at, at + len(name.text)) for at in self._places(name.text))
        entity.thing |= len(name.words) == 1 and not entity.described and (is_country(name.words) or any(where))
        return entity

    def is_common(self, word: str, start: int) -> bool:
        """Whether the capital of `word` at `start` shows no name: it opens a sentence there, and nothing else does."""
        if word.lower() in self._lower:
            return True
        if not opens_a_sentence(self._text, start) or word.isupper():
            return False
        return all(opens_a_sentence(self._text, at) for at in self._places(word))

    def is_lower_elsewhere(self, word: str) -> bool:
        """Whether the article has the word in lower case too."""
        return word.lower() in self._lower

    def is_surname(self, word: str) -> bool:
        """Whether a person of the article is called `word`."""
        return any(key(word) == surname(e.words) for e in self._persons.values())

    def persons(self) -> list[Entity]:
        """Whoever has a person's name, in the order in which they first appear; some turn out to be bodies."""
        return list(dict.fromkeys(self._persons.values()))

    def bodies(self) -> list[Entity]:
        """The bodies."""
        return list(dict.fromkeys((*self._bodies.values(), *(e for e in self._persons.values() if e.body))))

    def seen_in(self, start: int, end: int) -> Iterator[Sighting]:
        """The sightings within `[start, end)`, in order."""
        first = bisect.bisect_left(self.sightings, start, key=lambda s: s.start)
        return itertools.takewhile(lambda s: s.end <= end, itertools.islice(self.sightings, first, None))

    def body(self, words: str, start: int) -> Entity:
        """The body that is called `words` at `start`: "Jones campaign", "Acme's board"."""
        words = re.sub(r"['’]s?$", "", words)
        return self._introduce_body(Name(start, start + len(words), tuple(words.split())))

    def _introduce(self, name: Name) -> Entity:
        if is_body(name.words) or self._is_abbreviated(name):
            return self._introduce_body(name)
        person = self._person_key(name.words)
        entity = self._persons.get(person)
        if entity is None:
            entity = self._persons[person] = Entity(name.text, name.words, body=False)
        spelled_out = len(given(entity.words)) == 1 < len(given(name.words))
        if spelled_out or (len(name.words) > len(entity.words) and len(given(name.words)) > 1):
            entity.name, entity.words = name.text, name.words
        self._describe(entity, name)
        return entity

    def _is_abbreviated(self, name: Name) -> bool:
        """Whether the article has the initials of a name as a word, which shows a body: "UWM"."""
        initials = "".join(word[0] for word in name.words)
        return len(name.words) > 2 and not name.title and initials in self._capitals

    def _introduce_body(self, name: Name) -> Entity:
        body = body_key(name.words)
        entity = self._bodies.get(body)
        if entity is None:
            entity = self._bodies[body] = Entity(name.text, name.words, body=True)
        if len(name.words) > len(entity.words):
            entity.name, entity.words = name.text, name.words
        match = _ACRONYM.match(self._text, name.end)
        if match:
            self._aliases[key(match.group(1))] = entity
        elif len(name.words) > 2:
            self._aliases.setdefault("".join(w[0] for w in name.words).lower(), entity)
        self._describe(entity, name)
        return entity

    def _describe(self, entity: Entity, name: Name) -> None:
        match = _APPOSITION.match(self._text, name.end)
        # "According to Roe, the wall will fall": what follows is what she says.
        according = _ACCORDING.search(self._text, max(0, name.start - 90), name.start) is not None
        if match is not None and not according and not is_of_another(match.group(1)):
            entity.evident = True
            # A relative clause may go on behind the comma that ends the match.
            described = match.group(1).strip()
            described = _RELATIVE.sub("", described) if self._text[match.end() : match.end() + 1] == "," else described
            if described not in entity.described:
                entity.described.append(described)
        entity.evident |= _WHO.match(self._text, name.end) is not None
        if not entity.evident and entity.gender is None and _OF_A_BODY.match(self._text, name.end):
            entity.body = True
        role = None if entity.body else role_before(self._text, name)
        if role is not None:
            entity.evident = True
            entity.kin |= role.kin
            entity.gender = entity.gender or gender_of(role.text)
            told = entity.described if role.apposed else entity.roles
            if role.text not in told:
                told.append(role.text)
        before = "" if entity.body else title_before(self._text, self._decked.get(name.start, name))
        if before:
            entity.evident = True
            entity.gender = entity.gender or gender_of(before)
            words = set(map(key, before.split()))
            if before not in entity.described and any(len(w) > 3 for w in words - _ADDRESS):
                entity.described.append(before)

    def _person_key(self, words: tuple[str, ...]) -> tuple[str, str]:
        person = (given(words), surname(words))
        if person in self._persons:
            return person
        if len(words) == 2:
            # A surname of two words: "Roe Doe" after "Jane Roe Doe".
            longer = [
                k for k, e in self._persons.items() if len(e.words) > 2 and tuple(map(key, e.words[-2:])) == person
            ]
            if len(longer) == 1:
                return longer[0]
        if len(person[0]) > 1:
            return self._by_initials(words) or person
        # "J. Smith" is the only Smith whose given name begins with J.
        fitting = [k for k in self._persons if k[1] == person[1] and k[0][:1] == person[0]]
        return fitting[0] if len(fitting) == 1 else person

    def _by_initials(self, words: tuple[str, ...]) -> tuple[str, str] | None:
        """The person met by initials before whom a full name is of: "V. A. Bout" for "Viktor Bout", the only V Bout."""
        initials = (given(words)[:1], surname(words))
        entity = self._persons.get(initials)
        return initials if entity is not None and len(self._given.get(initials, ())) == 1 else None

    def _sighted(self, name: Name) -> Sighting | None:
        entity = self.named(name)
        if entity is None:
            return None
        if len(name.words) == 1 and not entity.body:
            entity.evident = True
            entity.gender = entity.gender or gender_of(name.title)
        return Sighting(name.start, name.end, entity)

    def _places(self, words: str) -> list[int]:
        if words not in self._found:
            pattern = rf"(?<!\w){re.escape(words)}(?!\w)"
            self._found[words] = [m.start() for m in itertools.islice(re.finditer(pattern, self._text), _MOST_PLACES)]
        return self._found[words]

    def _nearest(self, same: Sequence[Entity], at: int) -> Entity | None:
        """Of several with one surname, the only one introduced before, or the only one named close by.

        Relatives come in under the name of whom the article is about, and leave the bare surname to them.
        """
        introduced = [e for e in same if any(start < at for start in self._places(e.name))]
        if len(introduced) == 1:
            return introduced[0]
        heads = [e for e in introduced if not e.kin]
        if len(heads) == 1 and len(introduced) > 1:
            return heads[0]
        paragraph = self._text.rfind("\n", 0, max(0, self._text.rfind("\n", 0, at)))
        near = [e for e in same if any(paragraph <= start < at for start in self._places(e.name))]
        if len(near) == 1:
            return near[0]
        spoke = [e for e in introduced if e.spoke]
        return spoke[0] if len(spoke) == 1 else None


_MOST_PLACES = 500  # of one name; enough to tell whether it is a name
_CAPITALS = re.compile(r"(?<!\w)[A-Z]{3,}(?!\w)")
_LOWER = re.compile(r"(?<![\w.@/:-])[a-z][a-z’'-]+(?![\w@/]|\.\w)")  # in no address
