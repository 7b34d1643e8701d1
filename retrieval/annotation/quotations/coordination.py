"""What "and" joins: a cue to the clause that another reports, a speaker to the noun before him."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retrieval.annotation.quotations.cues import Frame, lexicon
from retrieval.annotation.quotations.names import is_person_noun, key, title_words

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECTS = ("nsubj", "nsubjpass")
_AUXILIARIES = ("aux", "auxpass", "neg", "advmod")
_FINITE = ("VBD", "VBZ", "VBP")
_PAST, _PRESENT = ("VBD", "VBN"), ("VBZ", "VBP")
PEOPLE = frozenset(
    "people men women children family staff crew crowd public couple parent patient client pupil tourist".split()  # noqa: SIM905
)
_PERSONAL = ("he", "she", "they", "we", "i", "you")


def subject_of(token: Token) -> Token | None:
    """The subject that the parser gives the verb itself."""
    return next((c for c in token.children if c.dep_ == "nsubj"), None)


def cue_resumed(verb: Token) -> tuple[Token | None, bool]:
    """The cue whose reported clause the parser joins `verb` to, and whether `verb` has its speaker for certain.

    "Roe said the dam had cracked and insisted that …": dams insist on nothing. "Roe said the union would wait and
    called …": "would" does not go with "called". "Roe said Poe lied and called …" may be either's.
    """
    reported = verb
    while reported.dep_ == "conj":
        reported = reported.head
    if verb.dep_ == "ccomp":  # joined to the clause beside it
        beside = [c for c in verb.head.children if c.dep_ == "ccomp" and c.i < verb.i]
        reported = beside[-1] if beside and any(c.dep_ == "cc" for c in beside[-1].children) else reported
    over = reported.head
    cue = lexicon().verbs.get(over.lower_)
    inner = next((c for c in reported.children if c.dep_ in _SUBJECTS), None)
    if (
        reported.i == verb.i
        or reported.dep_ != "ccomp"
        or over.i > reported.i
        or cue is None
        or Frame.CLAUSE not in cue.frames
        or inner is None
        or any(c.dep_ in _SUBJECTS for c in verb.children)
    ):
        return None, False
    if not may_speak(inner) or not _share_a_subject(reported, verb):
        return over, True
    return (None, False) if inner.lower_ in _PERSONAL else (over, False)


def may_speak(subject: Token) -> bool:
    """Whether a subject is somebody, a body or a text: not "the dam"."""
    word = key(subject.text)
    forms = {word, word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("ies") + "y"}
    listed = title_words().bodies | title_words().enterprises | lexicon().carriers | PEOPLE
    person = any(map(is_person_noun, forms)) or not forms.isdisjoint(listed)
    return person or subject.tag_ in ("NNP", "NNPS") or subject.lower_ in (*_PERSONAL, "who", "it")


def _share_a_subject(first: Token, second: Token) -> bool:
    """Whether two verbs may be one subject's by their forms: "lied and called", "would wait and call"."""
    if any(c.dep_ in ("aux", "auxpass") for c in second.children):
        return True
    if any(c.dep_ == "auxpass" for c in first.children):
        return False  # what follows has an object or a clause
    if any(c.dep_ == "aux" for c in first.children):
        return first.tag_ == second.tag_ or {first.tag_, second.tag_} <= set(_PAST)
    return first.tag_ == second.tag_ or any({first.tag_, second.tag_} <= set(tense) for tense in (_PAST, _PRESENT))


def subject_taken_as_joined(verb: Token) -> Token | None:
    """The subject that the parser joins to the noun before it: "It was written by Poe and Roe has called it late".

    There the "and" stands before the name and none before the verb.
    """
    if verb.dep_ != "conj" or any(c.dep_ == "cc" and c.i > verb.head.i for c in verb.head.children):
        return None
    before = _before(verb)
    apposed = before is not None and before.text == ","
    before = before.nbor(-1) if before is not None and apposed and before.i else before
    noun = before
    while noun is not None and noun.dep_ != "conj" and noun.head.i != noun.i and noun.head.right_edge.i < verb.i:
        noun = noun.head
    if noun is None or noun.dep_ != "conj" or not noun.tag_.startswith(("NN", "PRP")) or noun.left_edge.i == 0:
        return None
    if apposed and not any(c.dep_ == "appos" for c in noun.children):
        return None
    return noun if noun.nbor(noun.left_edge.i - 1 - noun.i).dep_ == "cc" else None


def subject_taken_as_listed(verb: Token) -> Token | None:
    """The first of the speakers that the parser lists with what is said: "It needs repairs, nurses and cooks said"."""
    if verb.tag_ not in _FINITE or not any(c.dep_ == "ccomp" and c.i < verb.i for c in verb.children):
        return None
    noun, first = _before(verb), None
    while noun is not None and noun.dep_ == "conj" and noun.tag_.startswith("NN") and noun.left_edge.i > 0:
        first = noun if verb.doc[noun.left_edge.i - 1].text == "," else first
        noun = noun.head
    return first


def reduced_subject(verb: Token) -> Token | None:
    """The subject behind a cue that the parser gives to another verb: "It is late, said three people briefed on it"."""
    if subject_of(verb) is not None or verb.i == 0 or verb.nbor(-1).text != ",":
        return None
    if not any(c.dep_ == "ccomp" and c.i < verb.i for c in verb.children):
        return None
    for clause in verb.children:
        if clause.dep_ == "ccomp" and clause.i > verb.i and clause.tag_ == "VBN":
            subject = next((c for c in clause.children if c.dep_ in _SUBJECTS), None)
            bare = not any(c.dep_ in ("aux", "auxpass", "mark") for c in clause.children)
            return subject if bare and subject is not None and subject.left_edge.i == verb.i + 1 else None
    return None


def _before(verb: Token) -> Token | None:
    """What stands before a verb and its auxiliaries."""
    i = verb.i - 1
    while i >= 0 and verb.doc[i].dep_ in _AUXILIARIES and verb.doc[i].head.i == verb.i:
        i -= 1
    return verb.doc[i] if i >= 0 else None
