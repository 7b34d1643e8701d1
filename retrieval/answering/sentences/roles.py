"""Whether a sentence says of something new what a question asks: its verb, and a part for the thing asked for.

"Who filmed the beavers" is not answered by "the beavers were filmed at the weir": the verb is there, whoever filmed is
not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from functools import cache
from typing import TYPE_CHECKING

from retrieval.annotation.quotations.names import title_words
from retrieval.answering.questions.question_syntax import QuestionSyntax, Role
from retrieval.answering.sentences.converses import Side, converses, has_gained, may_have_gained
from retrieval.answering.sentences.narrower import tells
from retrieval.answering.sentences.posts import holds_post, is_by, is_doer, names_maker, names_post
from retrieval.answering.verification.words import classes, lemma, same_root
from retrieval.search.words import content_words, stem

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

UNKNOWN = 0.5
"""Where the question has no verb to look for, or the sentence was not looked at."""

UNDONE = 0.25
"""Where whoever does it is asked for, and the sentence does not have the verb."""

UNFILLED = 0.3
"""Where the sentence lacks the verb, or has nobody or nothing in the part asked for."""

_NEW, _PRONOUN, _NOUN, OLD, ABSENT = 1.0, 0.8, 0.6, 0.2, 0.1
FILLED = _PRONOUN
"""From here on the sentence has the verb, and somebody or something in the part asked for."""

_AUXILIARY = frozenset(("aux", "auxpass"))
_NARROWING = frozenset(("compound", "amod", "nmod"))
_ANYBODY = frozenset(
    (
        "people",
        "person",
        "persons",
        "man",
        "men",
        "woman",
        "women",
        "others",
        "somebody",
        "someone",
        "anybody",
        "anyone",
    )
)
_ANYONE = frozenset(("you", "one"))  # "if you have to rewrite it" is nobody
_BEHIND = frozenset((Side.TO, Side.FROM, Side.FOR))
RELATIVE = frozenset(("who", "which", "that", "whom"))
_SUBJECTS = frozenset(("nsubj", "csubj"))
_OBJECTS = frozenset(("dobj", "attr", "oprd", "ccomp", "xcomp", "nsubjpass", "dative"))


_REPRESENT, _RULE = lemma("represent"), lemma("rule")
_POSSESSIVE = re.compile(r"[^\W\d_]['’]s?\s")
_ALPHA = re.compile(r"[^\W\d_]+")


def only_owns(syntax: QuestionSyntax, question: str, text: str) -> bool:
    """Whether the post that a question asks about stands in a text only as an owner: "the coxswain’s grandfather"."""
    if syntax.focus is None:
        return False
    found = re.findall(rf"\b{re.escape(question[slice(*syntax.focus)])}\b(['’]s)?", text, re.IGNORECASE)
    return bool(found) and all(found)


def has_predicate(syntax: QuestionSyntax, question: str, sentence: str) -> bool:
    """Whether a sentence has a word of the root of what is asked: where it has none, no grammar fills the part."""
    if syntax.predicate is None:
        return False
    wanted = lemma(question[slice(*syntax.predicate)])
    if _asks_for_representative(wanted, syntax) and _POSSESSIVE.search(sentence):
        return True
    of_something = syntax.role is Role.SUBJECT and syntax.other is not None
    others = (names_post, names_maker, may_have_gained)
    if of_something and any(tells_it(wanted, sentence) for tells_it in others):
        return True
    return bool(predicate_words(syntax, question, sentence))


def predicate_words(syntax: QuestionSyntax, question: str, sentence: str) -> frozenset[str]:
    """The words of a sentence for what is asked to have been done: of its root, or others; none where no verb is."""
    wanted, otherwise = lemma(question[slice(*(syntax.predicate or (0, 0)))]), _otherwise(syntax, question)
    found = ((word, lemma(word)) for word in _ALPHA.findall(sentence) if syntax.predicate is not None)
    return frozenset(word for word, of in found if of in otherwise or _is_of(of, wanted, syntax.role))


def without_predicate(syntax: QuestionSyntax) -> float:
    """What `fulfils` gives for a sentence without any such word."""
    return UNDONE if syntax.role is Role.SUBJECT else UNFILLED


def fulfils(syntax: QuestionSyntax, question: str, asked: Set[str], sentence: Doc) -> float:
    """How well `sentence` fills the part asked for, in [0, 1]; `asked` are the stems of the question's words."""
    if syntax.predicate is None:
        return UNKNOWN
    wanted = lemma(question[slice(*syntax.predicate)])
    other = lemma(question[slice(*syntax.other)]) if syntax.other is not None else None
    named = syntax.other is not None and question[syntax.other.start].isupper()
    who = syntax.focus is None and syntax.role is Role.SUBJECT
    otherwise = _otherwise(syntax, question)
    best: float | None = None
    for token in sentence:
        found = lemma(token.text) if token.is_alpha else ""
        if not found or not _has_particle(token, syntax.particle, wanted):
            continue
        is_verb = token.tag_.startswith("VB") and token.dep_ not in _AUXILIARY | _NARROWING
        if is_verb and _is_of(found, wanted, syntax.role):
            if other is not None and _is_elsewhere(syntax.role, token, other):
                filled = ABSENT
            elif named and other is not None and _is_of_another(syntax.role, token, other):
                filled = UNFILLED
            elif syntax.role is Role.SUBJECT and _is_denied(token):
                filled = ABSENT
            else:
                filled = _filled(syntax.role, token, asked, who=who)
            best = max(best or 0.0, filled)
        elif token.tag_.startswith("VB") and found in otherwise:
            told = (_newness(part, asked) for part in _beside(token, otherwise[found], other))
            best = max(best or 0.0, max(told, default=UNFILLED))
        elif syntax.role is Role.SUBJECT and other is not None and has_gained(token, wanted, other):
            best = max([best or 0.0, *(_newness(part, asked) for part in agents(token))])
        elif same_root(found, wanted):
            best = max(best or 0.0, _as_noun(token))
    offices = _owners_of_offices(sentence, other or "", asked) if _asks_for_representative(wanted, syntax) else ()
    if best is None and any(offices):
        return _NEW
    if best is None and syntax.role is Role.SUBJECT and other is not None and _does_by(wanted, other, sentence):
        return _NEW
    return without_predicate(syntax) if best is None else best


def _does_by(verb: str, thing: str, sentence: Doc) -> bool:
    """Whether a sentence names who does something to a thing by a post or by "by", and not by the verb."""
    return holds_post(verb, thing, sentence) or (names_maker(verb, sentence.text) and is_by(thing, sentence))


def _has_particle(token: Token, particle: str, wanted: str) -> bool:
    """Whether a token may be the verb asked about with its particle: "came out" is, "came" and "came up" are not."""
    if not particle or not token.tag_.startswith("VB") or not same_root(lemma(token.text), wanted):
        return True
    return any(t.lower_ == particle for t in token.children)


def _as_noun(token: Token) -> float:
    """What a noun or an adjective of the verb's root tells: nothing where it only is part of a name ("the Discovery
    Program"), less where it narrows another noun ("a winning streak"), but "winner Ann Roe" is whoever won."""
    if token.dep_ not in _NARROWING or is_doer(token.lower_):
        return _NOUN
    return ABSENT if token.tag_.startswith("NNP") and token.head.tag_.startswith("NNP") else UNDONE


def _otherwise(syntax: QuestionSyntax, question: str) -> dict[str, Side]:
    """Verbs that tell from another side who does what is asked."""
    if syntax.predicate is None or syntax.role is not Role.SUBJECT:
        return {}
    other = lemma(question[slice(*syntax.other)]) if syntax.other is not None else None
    return converses(lemma(question[slice(*syntax.predicate)]), other)


def _beside(verb: Token, side: Side, other: str | None) -> Iterator[Token]:
    """Who stands on a side of a verb that is not denied; `other` is what the question names beside its own."""
    if any(t.dep_ == "neg" for t in verb.children):
        return
    if side is Side.PATIENT:
        yield from (t for t in verb.children if t.dep_ in ("nsubjpass", "dobj"))
    elif side in _BEHIND:
        if other is not None and not _is_told_of(verb, other):
            return
        yield from (t for p in verb.children if p.lower_ == side for t in p.children if t.dep_ == "pobj")
        if side is Side.TO:
            yield from (t for t in verb.children if t.dep_ == "dative" and t.lower_ != side)
    elif verb.dep_ == "advcl" and not any(t.dep_ in _SUBJECTS for t in verb.children):
        yield from (t for t in verb.head.children if t.dep_ in (*_SUBJECTS, "nsubjpass"))  # "was chosen, beating Lowe"
    else:
        yield from agents(verb)


def _is_told_of(verb: Token, thing: str) -> bool:
    """Whether a thing, or a pronoun, has a part beside a verb: "the mill, which belongs to Roe"."""
    parts = [_named(t, verb) for t in verb.children if t.dep_ in (*_SUBJECTS, "nsubjpass", "dobj")]
    return any(p.tag_ == "PRP" or any(lemma(t.text) == thing for t in (p, *p.children)) for p in parts)


def _asks_for_representative(wanted: str, syntax: QuestionSyntax) -> bool:
    return wanted == _REPRESENT and syntax.role is Role.SUBJECT and syntax.other is not None


def names_representative(syntax: QuestionSyntax, question: str, sentence: Doc) -> bool:
    """Whether a question only asks who represented somebody, and somebody is named by an office of theirs."""
    if syntax.predicate is None or syntax.other is None:
        return False
    verb, whose = question[slice(*syntax.predicate)], lemma(question[slice(*syntax.other)])
    if not _asks_for_representative(lemma(verb), syntax):
        return False
    asked = {stem(word) for word in content_words(question)}
    return asked - {stem(verb)} in _owners_of_offices(sentence, whose, asked)


def _owners_of_offices(sentence: Doc, whose: str, asked: Set[str]) -> Iterator[set[str]]:
    """The stems of what the question names where it owns an office that somebody is named by: "Norway’s foreign
    minister Per Lind" stands for Norway."""
    for token in sentence:
        if token.dep_ != "poss" or not token.tag_.startswith("NNP") or lemma(token.text) != whose:
            continue
        owner = {stem(t.text) for t in token.subtree if t.tag_.startswith("NNP")}
        if not owner <= asked:  # North Korea’s are not South Korea’s
            continue
        end = max([token.head.i, *(t.i for t in token.head.children if t.dep_ == "appos")])
        between = sentence[token.i + 1 : end + 1]
        named = [t for t in between if t.tag_.startswith("NNP")]
        if any(lemma(t.text) in _offices() for t in between) and len(named) > 1:
            yield owner


@cache
def _offices() -> frozenset[str]:
    return frozenset(lemma(word) for word in title_words().persons | title_words().ranks)


def _is_of(found: str, wanted: str, role: Role) -> bool:
    """Whether a word is the verb asked about, of its family, or, where a part beside it is asked for, another word for
    it or a narrower one; an auxiliary is none."""
    if same_root(found, wanted):
        return True
    if role is Role.OTHER or found in classes().light:
        return False
    return (found, wanted) in classes().synonyms or tells(found, wanted)


def _is_elsewhere(role: Role, verb: Token, other: str) -> bool:
    """Whether what the question names beside its verb stands in the sentence in a part beside another verb only, while
    this verb has something of its own: "bought the house … brought it to the museum", asked who bought the museum."""
    places = [t for t in verb.doc if t.is_alpha and lemma(t.text) == other]
    own = list(patients(verb) if role is Role.SUBJECT else agents(verb))
    if not places or not own or any(part.tag_ in ("PRP", "WP", "WDT") or part in places for part in own):
        return False
    return all(_verb_over(place) != verb and not any(place in part.subtree for part in own) for place in places)


def _is_of_another(role: Role, verb: Token, name: str) -> bool:
    """Whether another name stands in the part of the one that the question names, which the sentence lacks."""
    if any(t.is_alpha and lemma(t.text) == name for t in verb.doc):
        return False
    own = list(patients(verb) if role is Role.SUBJECT else agents(verb))
    return bool(own) and all(any(t.tag_.startswith("NNP") for t in part.subtree) for part in own)


def _is_denied(verb: Token) -> bool:
    """Whether somebody denies what a verb tells: "ruled out that the climbers had caused it"."""
    over = verb.head
    if verb.dep_ != "ccomp" or over.i > verb.i or lemma(over.text) not in classes().denying:
        return False
    return lemma(over.text) != _RULE or any(t.lower_ == "out" for t in over.children)


def _verb_over(token: Token) -> Token | None:
    return next((t for t in token.ancestors if t.tag_.startswith(("VB", "MD"))), None)


def fillers(syntax: QuestionSyntax, question: str, asked: Set[str], sentence: Doc) -> list[Token]:
    """The heads of the parts asked for that tell what the question does not, where the sentence has its verb."""
    if syntax.predicate is None or syntax.role is Role.OTHER:
        return []
    wanted = lemma(question[slice(*syntax.predicate)])
    otherwise = _otherwise(syntax, question)
    other = lemma(question[slice(*syntax.other)]) if syntax.other is not None else None
    found: list[Token] = []
    for verb in sentence:
        if not verb.tag_.startswith("VB") or not verb.is_alpha:
            continue
        if _is_of(lemma(verb.text), wanted, syntax.role):
            found += agents(verb) if syntax.role is Role.SUBJECT else patients(verb)
        elif lemma(verb.text) in otherwise:
            found += _beside(verb, otherwise[lemma(verb.text)], other)
    return [part for part in found if _newness(part, asked) == _NEW]


def _filled(role: Role, verb: Token, asked: Set[str], *, who: bool = False) -> float:
    if role is Role.OTHER:
        return _NEW
    parts = list(agents(verb) if role is Role.SUBJECT else patients(verb))
    left_out = ABSENT if role is Role.SUBJECT and _is_passive(verb) else UNFILLED
    # "Three people died" does not tell who did.
    return max((OLD if who and part.lower_ in _ANYBODY else _newness(part, asked) for part in parts), default=left_out)


def agents(verb: Token) -> Iterator[Token]:
    """Who does it: the subject, the "by" of a passive, the noun that a clause describes."""
    passive = _is_passive(verb)
    for child in verb.children:
        if child.dep_ == "agent":
            yield from (t for t in child.children if t.dep_ == "pobj")
        elif passive and child.dep_ == "nsubjpass":  # "“The Mill”, by Ann Lowe, was painted in 1684"
            yield from (t for by in child.children if by.lower_ == "by" for t in by.children if t.dep_ == "pobj")
        elif child.dep_ in _SUBJECTS and not passive:
            yield _named(child, verb)
    if passive:
        return
    if verb.dep_ in ("conj", "xcomp", "advcl") and not any(t.dep_ in _SUBJECTS for t in verb.children):
        yield from agents(verb.head)
    elif verb.dep_ in ("acl", "relcl") and not any(t.dep_ in _SUBJECTS for t in verb.children):
        yield verb.head


def _is_passive(verb: Token) -> bool:
    if any(t.dep_ in ("auxpass", "nsubjpass") for t in verb.children):
        return True
    return verb.dep_ == "acl" and verb.tag_ == "VBN" and not _is_main(verb)


def _is_main(verb: Token) -> bool:
    """Whether what the parser takes for a participle is the verb of its sentence: "A neighbour, Jo Rand, handed in a
    purse"."""
    parts = {t.dep_ for t in verb.children}
    return "dobj" in parts or ("prt" in parts and verb.head.dep_ == "ROOT")


def patients(verb: Token) -> Iterator[Token]:
    """To whom or what it is done."""
    for child in verb.children:
        if child.dep_ in _OBJECTS:
            yield _named(child, verb)
        elif child.dep_ == "prep":
            yield from (t for t in child.children if t.dep_ in ("pobj", "pcomp"))
    if verb.dep_ in ("acl", "relcl"):
        yield verb.head


def _named(token: Token, verb: Token) -> Token:
    return verb.head if token.lower_ in RELATIVE and verb.dep_ == "relcl" else token


def _newness(part: Token, asked: Set[str]) -> float:
    """Whether a part of a sentence tells what the question does not."""
    if part.tag_ == "PRP":
        return OLD if part.lower_ in _ANYONE else _PRONOUN
    words = [t for t in part.subtree if t.like_num or (t.is_alpha and not t.is_stop)] or [part]
    return _NEW if any(t.like_num or stem(t.text) not in asked for t in words) else OLD
