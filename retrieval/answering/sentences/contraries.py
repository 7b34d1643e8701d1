"""Whether a text dates the contrary of what is asked: the day on which a path reopens is not the day on which it
closes."""

from __future__ import annotations

import re
from functools import cache

from retrieval.answering.questions.asked_for import AskedFor
from retrieval.answering.questions.speech import SAY
from retrieval.answering.sentences.offers import offers
from retrieval.answering.verification.words import all_lemmas, classes, lemma, same_root

# Verbs of one side, then those of the other. Who sells and who buys do so on one day: such pairs are missing.
_SIDES = (
    ("open reopen", "close shut"),
    ("begin start resume restart commence launch", "end finish stop conclude cease halt suspend"),
    ("introduce impose", "abolish scrap lift repeal"),
    ("arrive come enter return", "leave depart exit"),
    ("join", "quit resign"),
    ("fill refill", "drain empty"),
    ("raise rise climb increase", "lower cut reduce fall drop decline decrease"),
    ("hire appoint employ recruit", "fire sack dismiss"),
    ("build rebuild erect", "demolish dismantle raze"),
    ("arrest jail detain imprison", "release free"),
    ("load", "unload"),
    ("lock", "unlock"),
    ("freeze", "thaw"),
    ("ban outlaw", "legalise legalize"),
    ("refloat", "sink"),
)
_PARTICLES = (("on", "off"), ("in", "out"), ("up", "down"))
_VERBS = ("switch", "turn", "put", "take", "move", "check", "go", "come", "let")
_PHRASE = re.compile(r"\b([a-z]+)\s+(on|off|in|out|up|down)\b", re.IGNORECASE)
_LEAST_DATE = 0.5  # strength of an offer that tells a day
_CLAUSE = re.compile(
    r"[,;:()—]|\b(?:and|but|or|while|when|as|which|who|that|where|after|before|because|since|though)\b", re.IGNORECASE
)
# What is shut until a day, or for some days, is open then.
_LASTS = re.compile(
    r"\b(?:until|till|through|last(?:s|ed|ing)|not\s+before"
    r"|for\s+(?:[\w-]+\s+){1,3}?(?:hour|day|night|week|month|year)s?)\b",
    re.IGNORECASE,
)
# Nouns in a date: "by the end of May", "in the fall".
_OF_A_DATE = re.compile(
    r"\b(?:start|end|beginning|close)\s+of\b|\b(?:the|this|last|next)\s+fall\b|-end\b", re.IGNORECASE
)
_NOUN = re.compile(r"(?:\b(?:the|an?|its|his|her|their)|[’']s?)\s+[\w-]+", re.IGNORECASE)  # "the locks" do no locking
_SAYS = re.compile(rf"\b(?:{SAY}|announced?|confirmed)\b", re.IGNORECASE)


def dates_the_contrary(question: str, text: str) -> bool:
    """Whether all that `text` dates is the contrary of what `question` asks the day of, for which it has no word."""
    asked = _told(_NOUN.sub(" ", question)) & _sides().keys()
    contraries = {other for word in asked for other in _sides()[word][1]} - asked
    if not contraries or _LASTS.search(text) or _tells(text, {own for word in asked for own in _sides()[word][0]}):
        return False
    breaks = [m.start() for m in _CLAUSE.finditer(text)]
    dated = set()
    for day in offers(AskedFor.DAY, text, question):
        if day.strength >= _LEAST_DATE:
            start = max((at for at in breaks if at <= day.start), default=0)
            dated.add(text[start : min((at for at in breaks if at >= day.end), default=len(text))])
    told = [not contraries.isdisjoint(_told(clause)) for clause in dated if not _only_says(clause, contraries)]
    return bool(told) and all(told)


def _only_says(clause: str, contraries: set[str]) -> bool:
    return _SAYS.search(clause) is not None and contraries.isdisjoint(_told(clause))


def _tells(text: str, wanted: set[str]) -> bool:
    return any(
        word == other or ("_" not in word + other and same_root(word, other)) or (word, other) in classes().synonyms
        for word in _told(text)
        for other in wanted
    )


def _told(text: str) -> set[str]:
    """The lemmas of a text without those of its dates, and its verbs with particles: "switch_on"."""
    verbs = {f"{lemma(m[1])}_{m[2].casefold()}" for m in _PHRASE.finditer(text)}
    return all_lemmas(_OF_A_DATE.sub(" ", text)) | verbs


@cache
def _sides() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """Of a verb those of its own side, itself too, and their contraries; all by their lemmas."""
    found: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
    pairs = [tuple(frozenset(map(lemma, side.split())) for side in both) for both in _SIDES]
    phrases = [(f"{lemma(verb)}_{here}", f"{lemma(verb)}_{there}") for verb in _VERBS for here, there in _PARTICLES]
    pairs += [(frozenset((here,)), frozenset((there,))) for here, there in phrases]
    for one, other in pairs:
        for own, contrary in ((one, other), (other, one)):
            for word in own:
                before = found.get(word, (frozenset[str](), frozenset[str]()))
                found[word] = (before[0] | own, before[1] | contrary)
    return found
