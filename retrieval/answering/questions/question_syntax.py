"""The grammar of a question: the sentence that asks, what kind of thing it asks for, and what is said of that thing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from retrieval.annotation.sentences import leans
from retrieval.answering.verification.words import lemma
from retrieval.schema import Stretch
from retrieval.search.verb_forms import is_participle

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Parse = Callable[[Iterable[str]], Iterable["Doc"]]
"""Parses sentences, in order."""

_WH = frozenset(("WDT", "WP", "WP$", "WRB"))
_COMMON = frozenset(("NN", "NNS"))
_COUNTING = frozenset(("many", "much"))
_OPEN = frozenset(("of", "including", "from", "among"))
_LIGHT = frozenset(
    (
        *("be", "is", "are", "was", "were", "been", "'s", "’s", "do", "does", "did", "have", "has", "had"),
        *("happen", "happened", "happens", "become", "became"),  # "what became of it": whatever did
    )
)
_SUPPORT = frozenset(lemma(verb) for verb in ("take", "make", "give", "hold", "put"))
_BE = frozenset(("is", "are", "was", "were"))
_SUPPORTING = frozenset(("do", "does", "did"))
_TO_COME = frozenset(("going", "have", "has", "had"))  # "is going to close", "has to close": what counts is "close"
_PARTICLES = frozenset(("up", "out", "off", "down", "over", "away", "back"))
_AUXILIARY = frozenset(("aux", "auxpass"))
_PARTS = frozenset(("nsubj", "nsubjpass", "dobj", "dative"))
_SIDES = frozenset(("for", "against"))
_MISTAKEN = frozenset(("NN", "RB", "JJ"))  # what the parser takes a verb at the end for
_NO_SUBJECT = frozenset(("kind", "type", "sort", "one", "name"))
_LAST_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"‘'(]|\S+\s)")
_QUOTED = re.compile(r"“[^“”]*|\"[^\"]*\"?")  # in which no sentence of the question's own ends
_ABBREVIATION = 12  # characters in which one stands, with what is before it
_INITIALS = re.compile(r"(?:^|[\s.(])[A-Za-z]\.$")
_ASKS_ANEW = re.compile(
    r"[“\"‘'(]?(?:Who(?:m|se)?|What|Which|When|Where|Why|How|Is|Are|Was|Were|Do|Does|Did|Has|Have|Had|Will|Would|Can|Could"
    r"|Should|By|In|For)\b"
)
_NOUN_GROUP = 4  # words at most from "which" to its noun
_LONGEST = 400  # characters that are parsed


class Role(StrEnum):
    """The part that the thing asked for plays in what is said of it."""

    SUBJECT = "subject"  # "who built it": whoever builds
    OBJECT = "object"  # "what did they build": what is built
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class QuestionSyntax:
    """Stretches of the question's text. `asking` is the sentence that asks, the others what precedes it left out;
    `focus` the noun that says what kind of thing is asked for ("which singer"); `predicate` the word for what is said
    of it ("who built"), both None where the grammar does not tell. `other` is who or what else has a part in that: what
    is built where the builder is asked for, the builder where what is built is. `parties` are the common nouns that the
    verb of what is asked has as its parts, or that what is asked for is "of"; `names` the words in small letters that
    the grammar takes for names. Of a question for yes or no `subject` is who does it, or where it is `passive`, to whom
    it is done. `particle` is the word that makes another verb of it: "come out". Of any other question
    `thing` is to what it is done, a common noun: the stamps, in "where did police find the stamps"."""

    asking: Stretch
    focus: Stretch | None = None
    predicate: Stretch | None = None
    role: Role = Role.OTHER
    other: Stretch | None = None
    parties: tuple[Stretch, ...] = ()
    names: tuple[Stretch, ...] = ()
    subject: Stretch | None = None
    passive: bool = False
    particle: str = ""
    thing: Stretch | None = None


def asking_sentence(question: str) -> Stretch:
    """The last sentence of a question: what stands before it says what it is about."""
    masked = _QUOTED.sub(lambda quoted: quoted[0][0] + "x" * (len(quoted[0]) - 1), question)
    starts = [0, *(m.end() for m in _LAST_SENTENCE.finditer(masked) if not _goes_on(question, m.start(), m.end()))]
    for start in reversed(starts):
        if len(question[start:].split()) >= 3:
            return Stretch(start, len(question))
    return Stretch(0, len(question))


def _goes_on(question: str, end: int, start: int) -> bool:
    """Whether a full stop only abbreviates: "did the U.S. fly", "did Dr. Moss say"."""
    before = question[max(0, end - _ABBREVIATION) : end]
    return leans(before) or (_INITIALS.search(before) is not None and not _ASKS_ANEW.match(question, start))


def question_syntax(question: str, parse: Parse) -> QuestionSyntax:
    """What the grammar of `question` tells."""
    asking = asking_sentence(question)
    text = question[asking.start : min(asking.end, asking.start + _LONGEST)]
    doc = next(iter(parse([text])), None)
    wh = next((token for token in doc or () if token.tag_ in _WH), None)
    names = tuple(_stretch(t, asking.start) for t in doc or () if t.tag_.startswith("NNP") and t.is_lower)
    if wh is None:
        root = next((token for token in doc or () if token.dep_ == "ROOT"), None)
        root = _to_come(root) if root is not None else None
        predicate = _carried(root) if root is not None and not _is_light(root) else _was_to(root)
        subject, passive = _subject(root, predicate)
        return QuestionSyntax(
            asking,
            predicate=_stretch(predicate, asking.start) if predicate is not None else None,
            parties=_parties(predicate, None, None, asking.start),
            names=names,
            subject=_stretch(subject, asking.start) if subject is not None else None,
            passive=passive,
            particle=_particle(predicate),
        )
    focus = _focus(wh)
    slot = focus if focus is not None and focus in list(wh.ancestors) else wh
    verb = next((t for t in slot.ancestors if _is_verb(t)), None)
    verb = _to_come(verb) if verb is not None else None
    predicate = verb if verb is not None and not _is_light(verb) else None
    if predicate is None and verb is not None and verb.lower_ in _BE:
        predicate = _bare_participle(verb)
    doing = _is_doing(verb, slot) if predicate is None else None
    predicate = predicate or doing or _last_verb(wh)
    focus = focus if focus != predicate else None
    won = _won(verb, slot)
    predicate = predicate or won
    if focus is None and verb is not None and _is_light(verb) and (predicate is None or wh.lower_ != "why"):
        focus = next((t for t in verb.children if t.dep_ in ("nsubj", "attr", "nsubjpass") and t != wh), None)
        if focus is not None and (focus.tag_ not in _COMMON):
            focus = None
    role = Role.OTHER if predicate is not None and _asks_beside(predicate, slot) else _role(slot)
    role = Role.OBJECT if won is not None or (doing is not None and wh.tag_ != "WRB") else role
    if predicate is not None and role is Role.OTHER:
        predicate = _carried(predicate)
    return QuestionSyntax(
        asking,
        _stretch(focus, asking.start) if focus is not None else None,
        _stretch(predicate, asking.start) if predicate is not None else None,
        role,
        _other(predicate, role, asking.start) if predicate is not None else None,
        _parties(predicate, focus, slot, asking.start),
        names,
        particle=_particle(predicate),
        thing=_thing(predicate, {slot, focus}, asking.start),
    )


def _subject(root: Token | None, predicate: Token | None) -> tuple[Token | None, bool]:
    """Who or what a question for yes or no asks about, and whether something is done to that."""
    over = [t for t in (predicate, root) if t is not None]
    if predicate is not None and predicate.dep_ == "acl":  # "are pets allowed"
        return predicate.head, True
    parts = ("nsubj", "nsubjpass")
    subject = next((t for verb in over for t in verb.children if t.dep_ in parts), None)
    be = predicate is not None and any(t.lower_ in _BE for t in (predicate.head, *predicate.children))
    done_to = predicate is not None and be and predicate.tag_ == "VBN"
    return subject, subject is not None and (subject.dep_ == "nsubjpass" or done_to)


def _to_come(verb: Token) -> Token:
    """Of "is going to close" or "has to close" what is to be done; else the verb itself."""
    if verb.lower_ not in _TO_COME:
        return verb
    ahead = (t for t in verb.children if t.dep_ == "xcomp" and any(a.lower_ == "to" for a in t.children))
    return next(ahead, verb)


def _is_doing(be: Token | None, slot: Token) -> Token | None:
    """The verb in "what charges is Roe facing", which the parser takes for a clause under "is"."""
    if be is None or be.lower_ not in _BE or slot.head != be:
        return None
    clauses = (t for t in be.children if t.dep_ in ("attr", "ccomp") and t.tag_ == "VBG")
    return next((t for t in clauses if any(c.dep_ == "nsubj" for c in t.children)), None)


def _last_verb(wh: Token) -> Token | None:
    """The verb that ends "how much did the bridge cost" or "why is the runway closing", which the parser takes for
    another word."""
    last = [t for t in wh.doc if not t.is_punct][-1]
    if wh.lower_ == "why" and last.tag_ == "NN" and last.lower_.endswith("ing"):
        be, before = wh.doc[wh.i + 1], wh.doc[last.i - 1]
        return last if be.lower_ in _BE and before.i > be.i and before.tag_.startswith("NN") else None
    supported = last.head.lower_ in _SUPPORTING or any(t.lower_ in _SUPPORTING for t in last.children)
    return last if wh.tag_ == "WRB" and last.tag_ in _MISTAKEN and supported else None


def _particle(verb: Token | None) -> str:
    """The particle that stands right behind a verb; empty where there is none."""
    if verb is None or verb.i + 1 == len(verb.doc):
        return ""
    behind = verb.nbor()
    return behind.lower_ if behind.lower_ in _PARTICLES and behind.head == verb else ""


def _is_verb(token: Token) -> bool:
    """Whether a token is a verb of its own; in "what did Roe study" the parser may take it for a noun."""
    if token.dep_ in _AUXILIARY:
        return False
    return token.tag_[:2] in ("VB", "MD") or (token.tag_ == "NN" and any(t.dep_ == "aux" for t in token.children))


def _carried(verb: Token) -> Token:
    """Of "take control" or "give a speech" the noun: it says what is done, and articles have it with other verbs."""
    if lemma(verb.text) not in _SUPPORT or any(t.dep_ == "prt" for t in verb.children):
        return verb
    return next((t for t in verb.children if t.dep_ == "dobj" and t.tag_ in _COMMON), verb)


def _won(have: Token | None, slot: Token) -> Token | None:
    """The participle in "how many cups have the Reds won", which the parser takes for a clause under "have"."""
    if have is None or slot.head != have or have.lower_ not in ("have", "has", "had"):
        return None
    return next((t for t in have.children if t.dep_ == "ccomp" and t.tag_ in ("VBN", "VBD")), None)


def _was_to(root: Token | None) -> Token | None:
    """What it was to do or what was done: "was the pool to have reopened", "are pets allowed", where the parser hangs
    the verb on the noun."""
    if root is None or root.lower_ not in _BE or any(t.dep_ in ("expl", "acomp") for t in root.children):
        return None
    shot = next((t for t in root.children if t.dep_ == "ccomp" and t.tag_ == "VBN"), None)  # "were the two men shot"
    if shot is not None and any(t.dep_ == "nsubj" for t in shot.children):
        return shot
    below = [root, *(t for t in root.children if t.dep_ in ("nsubj", "attr"))]
    verbs = [t for over in below for t in over.children if t.dep_ in ("xcomp", "relcl", "acl")]
    to_do = next((v for v in verbs if any(t.lower_ == "to" and t.dep_ == "aux" for t in v.children)), None)
    return to_do if to_do is not None else next((v for v in verbs if v.dep_ == "acl" and v.tag_ == "VBN"), None)


def _focus(wh: Token) -> Token | None:
    head = wh.head
    if head.lower_ in _COUNTING and head != wh:
        head = head.head
    if wh.dep_ in ("det", "poss") or wh.head.lower_ in _COUNTING:
        if head.lower_ in _NO_SUBJECT:  # "which kind of animal"
            inner = next((t for p in head.children if p.lower_ == "of" for t in p.children), None)
            head = inner if inner is not None else head
        return head if head.tag_.startswith("NN") else None
    if wh.tag_ == "WDT" and wh.dep_ != "nsubj":  # the parser took it for a pronoun: "at which major company"
        return next((t for t in wh.doc[wh.i + 1 : wh.i + _NOUN_GROUP] if t.tag_ in _COMMON), None)
    of = next((p for p in wh.children if p.lower_ in _OPEN), None)  # "which of the cities"
    return next((t for t in of.children if t.dep_ == "pobj"), None) if of is not None else None


def _role(slot: Token) -> Role:
    if slot.dep_ == "nsubj":
        verb = slot.head
        inverted = verb.dep_ in _AUXILIARY and any(t.dep_ == "nsubj" for t in verb.head.children)
        inverted |= any(t.lower_ in _SUPPORTING and t.i == slot.i + 1 for t in verb.children)
        return Role.OBJECT if inverted else Role.SUBJECT  # "who did Lowe beat": whom
    return Role.OBJECT if slot.dep_ in ("dobj", "nsubjpass") else Role.OTHER


def _asks_beside(verb: Token, slot: Token) -> bool:
    """Whether a verb that has an object asks for what stands behind a preposition: "what did they compare it with"."""
    last = [t for t in verb.doc if not t.is_punct][-1]
    stranded = last.tag_ == "IN" and last.i > verb.i and not any(True for _ in last.children)
    return stranded and slot.dep_ == "dobj" and any(t.dep_ == "dobj" and t != slot for t in verb.children)


def _bare_participle(be: Token) -> Token | None:
    """The participle that ends "where was the judge who … born", which the parser takes for a part of the clause."""
    words = [t for t in be.doc if not t.is_punct]
    last = words[-1]
    done = last.tag_ in ("VBN", "VBD") or (last.tag_ == "JJ" and is_participle(last.lower_))
    alone = done and not any(t.dep_ in ("aux", "auxpass", "nsubj") for t in last.children)
    return last if alone and last.i > be.i + 1 and last.dep_ not in ("relcl", "conj") else None


def _other(verb: Token, role: Role, offset: int) -> Stretch | None:
    """The noun in the other part beside a verb: its object, also behind "for" or "against", or its subject."""
    kinds = {Role.SUBJECT: ("dobj", "pobj"), Role.OBJECT: ("nsubj",)}.get(role, ())
    beside = [*verb.children, *(t for p in verb.children if p.lower_ in _SIDES for t in p.children)]
    found = next((t for t in beside if t.dep_ in kinds and t.tag_.startswith("NN")), None)
    return _stretch(found, offset) if found is not None else None


def _thing(verb: Token | None, asked: set[Token | None], offset: int) -> Stretch | None:
    """The common noun that is the object of a verb, or of a passive one the subject."""
    beside = list(verb.children) if verb is not None else []
    passive = any(t.dep_ == "auxpass" for t in beside)  # of "where were the stamps found" the parser takes for active
    parts = [t for t in beside if t.dep_ in ("dobj", "nsubjpass") or (passive and t.dep_ == "nsubj")]
    return next((_stretch(t, offset) for t in parts if t.tag_ in _COMMON and t not in asked), None)


def _parties(verb: Token | None, focus: Token | None, slot: Token | None, offset: int) -> tuple[Stretch, ...]:
    """The common nouns beside the verb of what is asked, and those that what is asked for is "of", but not itself."""
    beside = [t for t in verb.children if t.dep_ in _PARTS] if verb is not None else []
    beside += [t for p in (verb.children if verb is not None else ()) if p.dep_ == "agent" for t in p.children]
    of = [p for p in (focus.children if focus is not None else ()) if p.lower_ == "of"]
    found = [t for t in (*beside, *(t for p in of for t in p.children)) if t.tag_ in _COMMON and t not in (focus, slot)]
    return tuple(_stretch(t, offset) for t in found)


def _is_light(verb: Token) -> bool:
    return verb.lower_ in _LIGHT


def _stretch(token: Token, offset: int) -> Stretch:
    return Stretch(offset + token.idx, offset + token.idx + len(token.text))
