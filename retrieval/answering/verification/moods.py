"""Whether a parsed sentence says that something is so, how surely, and whether it leaves it to somebody's word."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

from retrieval.answering.verification.grammar import is_copula, is_main
from retrieval.answering.verification.words import classes, lemma

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECT = ("nsubj", "csubj")
PASSIVE = ("nsubjpass", "csubjpass")
OBJECT = ("dobj", "attr", "oprd")
_GOVERNED = ("xcomp", "ccomp", "pcomp", "pobj", "dobj", "prep", "acl", "conj", "attr", "acomp", "prt", "advcl", "agent")
_SOONER = ("VBZ", "VBP", "VBG")
_NOT_QUITE = frozenset(("nearly", "almost", "virtually", "practically"))
_COMING = frozenset(("soon", "tomorrow", "tonight", "today", "next", "shortly", "later", "now", "again", "going"))
_SPOKEN = re.compile(r"(?:say|sai|tell|told|add|announce|report|state|write)", re.I)


class Mood(StrEnum):
    """How sure a predicate is told to be."""

    ASSERTED = "asserted"
    FUTURE = "future"
    OPEN = "open"
    REFUSED = "refused"


_ANY = frozenset((Mood.ASSERTED, Mood.FUTURE, Mood.OPEN))


def status(token: Token, holder: Token) -> tuple[bool, frozenset[Mood], bool]:
    """Of a predicate and the verb that has it: whether it is denied, in what moods it can be read, whether alleged."""
    negations = _negations(token) + (_negations(holder) if holder is not token else 0)
    if token.dep_ in (*SUBJECT, *PASSIVE, *OBJECT) and token.head.tag_.startswith("VB"):
        negations = _negations(token.head)
    moods = _own_mood(holder) if holder.tag_.startswith("VB") else frozenset((Mood.ASSERTED,))
    alleged = _has_word(token, classes().alleging) or _has_word(holder, classes().alleging)
    if _has_word(token, classes().supposing) and not holder.tag_.startswith("VB"):
        moods = frozenset((Mood.OPEN,))
    current = holder
    for _ in range(8):
        head = current.head
        if head is current or (_dep(current) not in _GOVERNED and current.dep_ != "nsubjpass"):
            break
        if current.i < head.i and any(t.text == ";" for t in current.doc[current.i : head.i]):
            break  # "it raises wages; the union had asked for more"
        if current.dep_ == "conj":
            own_subject = any(c.dep_ in (*SUBJECT, *PASSIVE) for c in current.children)
            if not own_subject and current.tag_ == "VB" and not _tensed(current):
                moods = _mood_of_aux(head) or moods
            current = head
            continue
        word = lemma(head.text)
        if current.dep_ == "nsubjpass" or (_is_participle(current) and word not in _governing()):
            break
        if _dep(current) == "advcl" and word in classes().alleging:
            alleged = True  # "blamed her because she left"
        complement = _dep(current) in ("xcomp", "ccomp", "pcomp", "acl", "prep", "dobj", "pobj")
        if complement and holder is not head:
            if _denies(head) and current.dep_ != "agent" and lemma(current.text) not in classes().alleging:
                if Mood.ASSERTED in moods:
                    negations += 1
                else:
                    moods = moods | {Mood.REFUSED}  # "rejected calls to resign"
            if word in classes().alleging or (_dep(current) == "ccomp" and word in classes().believing):
                alleged = True
            if _dep(current) in ("xcomp", "ccomp", "pcomp", "acl") or not token.tag_.startswith("VB"):
                opens = (word in classes().supposing or _must(current, head)) and not (
                    (word == lemma("ask") and current.dep_ == "dobj") or _shows(current, head)
                )
                if opens and (current.dep_ != "prep" or current.lower_ == "of"):
                    moods = (
                        frozenset((Mood.OPEN,))
                        if word not in classes().planning
                        else frozenset((Mood.OPEN, Mood.FUTURE))
                    )
                elif word in classes().planning and Mood.ASSERTED in moods and _leads_ahead(current, head):
                    moods = frozenset((Mood.FUTURE,))
            if head.tag_.startswith("VB") and _negations(head) and current.dep_ in ("xcomp", "ccomp", "pcomp"):
                if _SPOKEN.match(head.text):
                    moods = frozenset((Mood.OPEN,))  # "did not say that …" says nothing either way
                elif current.dep_ != "pcomp":
                    negations += 1
            if current.dep_ in ("xcomp", "ccomp") and _hypothetical(_mood_of_aux(head)):
                moods = frozenset((Mood.OPEN,)) if not _SPOKEN.match(head.text) else moods
        current = head
        if current.dep_ == "ROOT":
            break
    alleged = alleged or any(t.lower_ == "according" and _reaches(t, holder) for t in token.doc)
    if negations % 2 == 1 and Mood.OPEN in moods and Mood.FUTURE in moods:
        moods = moods | {Mood.ASSERTED}  # "would not comment" is what one did
    return negations % 2 == 1, moods, alleged


def _is_participle(token: Token) -> bool:
    """ "Tries to pass a law restricting it": what the law does is not tried."""
    return token.dep_ == "acl" and token.tag_ in ("VBG", "VBN")


@functools.lru_cache(maxsize=1)
def _governing() -> frozenset[str]:
    known = classes()
    return known.supposing | known.planning | known.alleging | known.believing | known.denying


def _denies(head: Token) -> bool:
    """ "Ruled it out", not "ruled on it"."""
    word = lemma(head.text)
    return word in classes().denying and (word != lemma("rule") or any(c.lower_ == "out" for c in head.children))


def _reaches(according: Token, holder: Token) -> bool:
    """Whether what is said "according to" somebody is the predicate or has it in it, joined clauses aside."""
    over = according.head
    while not over.tag_.startswith("VB") and over.head != over:
        over = over.head
    current = holder
    while current != over:
        subject = any(c.dep_ in (*SUBJECT, *PASSIVE) for c in current.children)
        if current.head == current or (current.dep_ == "conj" and subject):
            return False
        current = current.head
    return True


def _dep(token: Token) -> str:
    """The dependency, with "calls to resign" as the clause of a noun that it is."""
    return "acl" if token.dep_ == "relcl" and any(c.lower_ == "to" for c in token.children) else token.dep_


def _must(current: Token, head: Token) -> bool:
    return (
        current.dep_ == "xcomp"
        and lemma(head.text) == lemma("have")
        and any(c.lower_ == "to" for c in current.children)
    )


def _shows(current: Token, head: Token) -> bool:
    """ "The polls suggest that they are divided", not "she suggests that they leave"."""
    told = current.dep_ == "ccomp" and current.tag_ in ("VBZ", "VBP", "VBD")
    return told and lemma(head.text) == lemma("suggest") and not any(c.dep_ == "aux" for c in current.children)


def _leads_ahead(current: Token, head: Token) -> bool:
    """Whether a complement of a word of planning lies ahead: "agreed to pay", "due to open"; not "said … going"."""
    if current.dep_ == "xcomp" or _dep(current) == "acl":
        return any(c.lower_ == "to" for c in current.children) or current.tag_ in ("VB", "NN", "NNS")
    return current.dep_ in ("ccomp", "pobj", "pcomp") and lemma(head.text) != lemma("tell")


def _own_mood(verb: Token) -> frozenset[Mood]:
    aux = _mood_of_aux(verb)
    if verb.dep_ in ("acl", "amod") and verb.tag_ in ("VBN", "VBG") and aux is None and not is_main(verb):
        return _ANY  # a participle has the mood of what it belongs to
    if any(c.dep_ == "mark" and c.lower_ in ("if", "unless", "whether") for c in verb.children):
        return frozenset((Mood.OPEN,))
    if _has_word(verb, classes().supposing, deps=("advmod",)):
        return frozenset((Mood.OPEN,))
    if aux is not None:
        return aux
    helpers = [c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")]
    if "to" in helpers:
        return _infinitive(verb, "have" in helpers)
    if is_copula(verb) and verb.tag_ != "VBG" and any(c.dep_ in ("acomp", "attr") for c in verb.children):
        return frozenset((Mood.ASSERTED,))  # "is ill" is no more than now; "is on Friday" may be
    if any(c.dep_ == "advmod" and c.lower_ in _NOT_QUITE and c.i < verb.i for c in verb.children):
        return frozenset((Mood.OPEN,))  # what had nearly failed did not fail
    if verb.tag_ in _SOONER and not {"was", "were", "had", "been"} & set(helpers) and _is_timed(verb):
        return frozenset((Mood.ASSERTED, Mood.FUTURE))
    return frozenset((Mood.ASSERTED,))


def is_reported(verb: Token) -> bool:
    """Whether a verb stands in what somebody is told to say or think."""
    current = verb
    while current.head != current:
        if current.dep_ == "ccomp":
            return True
        current = current.head
    return any(t.lower_ == "according" for t in verb.doc)


def _is_timed(verb: Token) -> bool:
    """Whether a verb has a time beside it, as the present tense does where it tells of what is to come."""
    known = classes().calendar | classes().units
    over = verb.head if verb.dep_ in ("conj", "xcomp") else verb
    return any(
        lemma(t.text) in known or t.lower_ in _COMING or (t.tag_ == "CD" and t.dep_ == "pobj") for t in over.subtree
    )


def _infinitive(verb: Token, perfect: bool) -> frozenset[Mood]:
    """The mood of "to do": ahead or open, unless what governs it says that it is done ("began to", "known to")."""
    head = verb.head
    if perfect or (verb.dep_ == "xcomp" and lemma(head.text) in classes().implying):
        return frozenset((Mood.ASSERTED,))
    if verb.dep_ == "xcomp" and head.lower_ in ("is", "are", "was", "were"):
        return frozenset((Mood.FUTURE,))
    if verb.dep_ in ("advcl", "relcl", "acl", "xcomp", "conj", "ccomp"):
        return frozenset((Mood.FUTURE, Mood.OPEN))
    return frozenset((Mood.ASSERTED,))


def _mood_of_aux(verb: Token) -> frozenset[Mood] | None:
    for child in verb.children:
        if child.dep_ not in ("aux", "auxpass"):
            continue
        word = child.lower_
        if word in ("will", "'ll", "’ll", "shall", "wo", "sha"):
            return frozenset((Mood.FUTURE,))
        if word in ("would", "'d", "’d"):  # of "would close" it is known that it will only where somebody says so
            told = not _is_if(verb) and is_reported(verb)
            return frozenset((Mood.FUTURE, Mood.OPEN)) if told else frozenset((Mood.OPEN,))
        if word in ("can", "ca"):
            return frozenset((Mood.ASSERTED, Mood.OPEN))
        if word == "should":
            return frozenset((Mood.OPEN, Mood.FUTURE))
        if word in ("may", "might", "could", "must", "ought"):
            return frozenset((Mood.OPEN,))
    return None


def _hypothetical(moods: frozenset[Mood] | None) -> bool:
    return moods == frozenset((Mood.OPEN,))


def _is_if(verb: Token) -> bool:
    return any(c.dep_ == "advcl" and any(m.lower_ in ("if", "unless") for m in c.children) for c in verb.children)


def _tensed(verb: Token) -> bool:
    return any(c.dep_ in ("aux", "auxpass") for c in verb.children)


def _has_word(token: Token, words: frozenset[str], deps: Sequence[str] = ("advmod", "amod", "compound")) -> bool:
    return any(c.dep_ in deps and lemma(c.text) in words for c in token.children)


def _no(token: Token) -> bool:
    return token.dep_ == "det" and token.lower_ in ("no", "neither", "nor")


def _negations(token: Token) -> int:
    """How many words deny the predicate at `token` itself."""
    count = 0
    denied = classes().denying_words
    arguments = (*SUBJECT, *PASSIVE, *OBJECT) if token.tag_.startswith("VB") else ()
    for child in token.children:
        adverb = child.dep_ in ("advmod", "preconj", "cc") and child.lower_ in denied
        denied_argument = child.dep_ in arguments and (child.lower_ in denied or any(map(_no, child.children)))
        no_more = child.dep_ == "advmod" and child.lower_ == "longer" and any(c.lower_ == "no" for c in child.children)
        count += no_more or child.dep_ == "neg" or adverb or _no(child) or denied_argument
    if token.dep_ in ("pcomp", "pobj") and token.head.lower_ == "without":
        count += 1
    return count
