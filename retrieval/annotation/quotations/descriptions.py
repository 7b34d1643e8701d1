"""What an article says a speaker is: "a spokesman for the ministry", "its first director", "harbour police chief"."""

from __future__ import annotations

import re

from retrieval.annotation.quotations.appositions import DETERMINER, OWNED, is_of_another, tells_a_person, without_owner
from retrieval.annotation.quotations.attribution import Attribution
from retrieval.annotation.quotations.cues import lexicon
from retrieval.annotation.quotations.entities import Entity
from retrieval.annotation.quotations.names import is_person_noun, key, names_in, title_words

# A noun phrase beside a name, no participle or relative clause ("speaking on …", "who …").
_APPOSED = re.compile(
    r"(?:an?|the|its|his|her|their|former|one|head|chief|[a-z]+(?:er|or|ist|ent|man|woman|ian|ary|ant|al)|co-\w+)\s\S",
    re.IGNORECASE,
)
_HONORIFIC = re.compile(r"(?:\s(?:Sir|Dame|Dr|Mr|Mrs|Ms|Lord|Lady|Prof|Professor|Rev)\.?)+$")
_CLAUSE = re.compile(r",\s+(?:who|whom|whose|which)\s")
_ARTICLE = re.compile(r"^(?:The|An?)(?=\s)")  # as a sentence begins
_OF_A_BODY = re.compile(r"\s(?:of|from|at|with|for)\s(?:the\s)?[A-Z][^,]*$")
_AGE = re.compile(r"^\d{1,3},\s*")
_CHANNEL = re.compile(
    r"\s(?:in|on|at|by|during) (?:(?:an?|the|its|his|her|their) )?(?:[\w-]+ ){0,2}?(?P<channel>[\w-]+)$"
)


def description_of(text: str, attribution: Attribution, entity: Entity | None) -> str | None:
    """What stands beside the mention of a speaker; for one without a name (`entity` None) the whole noun phrase."""
    mention, phrase = attribution.mention, attribution.phrase
    if mention is None or phrase is None:
        return None
    words = text[mention.start : mention.end]
    if words.lower() in title_words().pronouns:
        return None
    beside = text[mention.end : phrase.end].strip(" ,–—-") if phrase.end > mention.end else ""
    beside = _without_channel(_AGE.sub("", beside))
    if entity is None:
        whole = _without_channel(_CLAUSE.split(text[phrase.start : phrase.end])[0].strip(" ,"))
        return whole if " " in whole else None
    if not entity.body and (DETERMINER.match(words) or OWNED.match(words)) and entity.name in beside:
        # "its director, Jane Roe", "his daughter, the cellist Jane Roe": what stands before the name
        if words.lower().startswith("one of "):
            return None
        between = beside[: beside.index(entity.name)].strip()
        known = all(key(word) in title_words().titles for word in between.split())
        role = _ARTICLE.sub(lambda match: match[0].lower(), without_owner(words))
        return role if known else f"{role}, {between}"
    if entity.body and DETERMINER.match(words) and DETERMINER.sub("", beside) == entity.name:
        return _ARTICLE.sub(lambda match: match[0].lower(), without_owner(words))  # "the agency, the Alder Board,"
    of_body = _OF_A_BODY.search(words) is not None  # "Ann Roe of Greenline, a charity for walkers"
    another = is_of_another(beside) or (of_body and not tells_a_person(beside))
    told = _APPOSED.match(beside) and (entity.body or not another)
    return beside if told else _before_name(text[mention.start : mention.end], entity)


def _without_channel(words: str) -> str:
    """A description without "in a statement", which tells how it was said."""
    match = _CHANNEL.search(words)
    return words[: match.start()] if match and match["channel"] in lexicon().channels else words


def _before_name(mention: str, entity: Entity) -> str | None:
    """ "Harbour police chief" in "harbour police chief Jane Roe", where nothing better describes her."""
    names = list(names_in(mention))
    if entity.described or entity.body or not names:
        return None
    before = _HONORIFIC.sub("", DETERMINER.sub("", mention[: names[-1].start].strip(" ,")))
    last = key(before.split()[-1]) if before else ""
    return before if len(last) > 3 and (is_person_noun(last) or last in title_words().titles) else None
