"""Who does the saying: the subject of a cue verb, followed through the sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retrieval.annotation.quotations.coordination import (
    cue_resumed,
    reduced_subject,
    subject_of,
    subject_taken_as_joined,
    subject_taken_as_listed,
)
from retrieval.annotation.quotations.cues import lexicon
from retrieval.annotation.quotations.names import is_person_noun, title_words

if TYPE_CHECKING:
    from spacy.tokens import Token

NOMINAL = ("NN", "NNS", "NNP", "NNPS", "PRP")
_CLIMBED = (
    "conj",
    "xcomp",
    "ccomp",
    "advcl",
    "dep",
    "parataxis",
    "pcomp",
    "prep",
    "acomp",
    "attr",
    "oprd",
    "acl",
    "relcl",
    "dobj",
    "pobj",
    "appos",
    "nsubj",
)
_STEPS = 12
_MISREAD_SUBJECTS = ("intj", "dep", "npadvmod", "appos", "nmod", "advcl")


def speaker_of(verb: Token) -> Token | None:
    """The head of the noun phrase that does the saying, None where the sentence names none."""
    aside = verb.tag_ == "VBG" and verb.i > 0 and verb.nbor(-1).text in (",", "—", "–", "−", "-", "--")
    if (name := _name_before(verb)) is not None:
        return name
    over, certain = cue_resumed(verb)
    if over is not None:
        return speaker_of(over) if certain else None
    if subject_of(verb) is None and (joined := subject_taken_as_joined(verb)) is not None:
        return joined
    token, climbed = verb, 0
    while climbed < _STEPS:
        climbed += 1
        if any(c.dep_ in ("nsubjpass", "auxpass") for c in token.children) and (token.i == verb.i or not aside):
            if token.i == verb.i:
                return agent_of(token)
            return next((c for c in token.children if c.dep_ == "nsubjpass"), None)
        if token.i == verb.i and is_reduced_passive(token):
            return agent_of(token)
        if token.i == verb.i and token.tag_ == "VBN" and token.dep_ == "acl":
            return token.head
        subject = _past_participle(subject_of(token))
        if subject is not None and not (aside and _inside_another_saying(token)):
            return subject
        head = joined_to(token)
        if head.i == token.i:
            break
        if token.dep_ == "xcomp" and token.tag_ != "VBG":
            controller = next((c for c in head.children if c.dep_ == "dobj" and head.i < c.i < token.i), None)
            if controller is not None and controller.lower_ not in lexicon().carriers:  # "used the speech to say"
                return controller
        if token.dep_ in ("acl", "relcl") and not aside:
            return owner_of(head)
        if token.dep_ not in _CLIMBED:
            break
        token = head
    return subject_by_position(verb)


def _name_before(verb: Token) -> Token | None:
    """The name between commas right before a finite verb that the parser hangs on another: "a letter in which an
    engineer working there, Jane Roe, advised"."""
    if verb.dep_ not in ("advcl", "ccomp") or verb.tag_ != "VBD" or verb.i < 3 or subject_of(verb) is not None:
        return None
    name, doc = verb.nbor(-2), verb.doc
    loose = verb.nbor(-1).text == "," and name.tag_ == "NNP" and name.dep_ in ("npadvmod", "dep", "appos")
    return name if loose and name.left_edge.i > 0 and doc[name.left_edge.i - 1].text == "," else None


def joined_to(token: Token) -> Token:
    """What a token hangs on; of "…, who grew up there and said", where the parser joins "said" to an earlier verb but
    "and" to "grew", that is "grew"."""
    before = token.i - 1
    while before > 0 and token.doc[before].tag_ == "RB":
        before -= 1
    joint = token.doc[before] if token.dep_ == "conj" and before > 0 else token
    joins = joint.dep_ == "cc" and joint.head.tag_.startswith("V") and token.head.i < joint.head.i < joint.i
    return joint.head if joins else token.head


def _past_participle(subject: Token | None) -> Token | None:
    """The name behind a participle that the parser takes for the subject: "Interrupting, Karen Roe said"."""
    if subject is None or subject.i > 1 or not subject.text.endswith("ing") or subject.nbor(1).text != ",":
        return subject
    named = next((c for c in subject.rights if c.dep_ in ("conj", "appos") and c.tag_ == "NNP"), None)
    return named if named is not None and named.left_edge.i == subject.i + 2 else subject


def _inside_another_saying(token: Token) -> bool:
    """Whether `token` stands in the content of a cue: ", adding …" goes on from the cue, not from what it reports."""
    for _ in range(_STEPS):
        head = token.head
        if head.i == token.i:
            return False
        if token.dep_ == "ccomp" and head.lower_ in lexicon().verbs and head.i < token.i:
            return True
        if token.dep_ not in ("ccomp", "xcomp", "conj", "advcl"):
            return False
        token = head
    return False


def owner_of(noun: Token) -> Token:
    """Who speaks where a noun is what speaks: "issued a statement saying" is the issuer's."""
    if noun.lower_ not in lexicon().carriers:
        return noun
    for child in noun.children:
        if child.dep_ == "poss":
            return child
        if child.dep_ == "prep" and child.lower_ in ("by", "from"):
            inner = next((c for c in child.children if c.dep_ == "pobj"), None)
            if inner is not None:
                return inner
    verb = noun.head.head if noun.dep_ == "pobj" else noun.head
    if noun.dep_ in ("dobj", "pobj") and verb.tag_.startswith("V"):
        subject = subject_of(verb)
        if subject is None and verb.dep_ in ("conj", "xcomp", "advcl"):
            subject = subject_of(verb.head)
        if subject is not None:
            return subject
    return noun


def subject_by_position(verb: Token) -> Token | None:
    """What stands where a subject stands, for a finite verb that the parser left without one."""
    if verb.tag_ not in ("VBD", "VBZ", "VBP"):
        return None
    if (misread := subject_taken_as_listed(verb) or reduced_subject(verb)) is not None:
        return misread
    for child in verb.lefts:
        if child.dep_ in _MISREAD_SUBJECTS and child.tag_ in NOMINAL:
            return child
        if child.dep_ == "nummod" or (child.i == verb.i - 1 and child.i and child.text[0].isupper() and child.is_alpha):
            return child  # "Four in ten say", "Early said"
        if (
            child.dep_ == "advcl"
            and (inner := subject_of(child)) is not None
            and not any(c.dep_ in ("mark", "advmod") and c.i < inner.i for c in child.children)
        ):
            return inner
    doc, i = verb.doc, verb.i - 1
    while i >= 0 and doc[i].tag_ in ("RB", "MD", "RBR"):
        i -= 1
    if i >= 0 and doc[i].text == ",":
        i -= 1
        while i >= 0 and doc[i].text != ",":
            i -= 1
        i -= 1
    if i >= 0 and doc[i].tag_ in NOMINAL:
        head = doc[i]
        while head.dep_ in ("compound", "poss", "nmod") and head.head.i > head.i and head.head.i <= i:
            head = head.head
        while head.dep_ == "pobj" and head.head.head.tag_ in NOMINAL and head.head.head.i < head.i:
            head = head.head.head  # "Jane Roe of the think tank Norwatch said"
        return head
    return None


def is_reduced_passive(token: Token) -> bool:
    """Whether a participle behind a noun is passive ("a plan called reckless"), not a verb misread as one.

    The parser takes "Roe predicted that …" for a noun with a participle now and then; a passive has no that-clause
    and no object, and its noun is not all there is of the sentence.
    """
    if token.tag_ != "VBN" or token.dep_ not in ("acl", "advcl") or any(c.dep_ == "aux" for c in token.children):
        return False
    if token.dep_ == "advcl":
        return True
    if token.head.dep_ == "ROOT" and token.head.i < token.i:
        return False
    taken = {c.dep_ for c in token.children if c.i > token.i}
    after = token.nbor(1) if token.i + 1 < len(token.doc) else None
    named = after is not None and after.tag_ in ("NNP", "PRP") and token.nbor(-1).text == ","
    return not (taken & {"ccomp", "dobj"} or named)


def agent_of(verb: Token) -> Token | None:
    """The noun after "by" of a passive, unless it is a means: "told by email"."""
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            for inner in child.children:
                if inner.dep_ == "pobj" and not _is_means(inner):
                    return inner
    return None


def _is_means(noun: Token) -> bool:
    """Whether a bare noun in the singular names nobody: "email", but not "police" or "witness"."""
    bare = noun.tag_ == "NN" and not any(True for _ in noun.lefts)
    return bare and not is_person_noun(noun.text) and noun.lower_ not in title_words().bodies
