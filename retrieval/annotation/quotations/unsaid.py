"""Saying that is wished for, supposed or asked for: "I should like to hear Roe say so", "if Roe were to say so"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retrieval.annotation.quotations.cues import Frame, lexicon
from retrieval.annotation.quotations.names import is_person_noun, key, title_words

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECTS = ("nsubj", "nsubjpass")
_SUPPOSING = ("imagine", "picture", "suppose", "let", "fancy")
_NOBODY = ("nobody", "none", "neither")


def is_unsaid(verb: Token) -> bool:
    """Whether the sentence does not tell that the subject of the cue `verb` spoke, only that he might or should."""
    if verb.doc[0].lower_ in _SUPPOSING and verb.tag_ in ("VB", "VBG"):
        return True
    over = verb.head
    # The parser takes the infinitive of "hear Roe say" for the plural now and then.
    bare = verb.tag_ == "VBP" and over.dep_ == "xcomp" and any(c.tag_ in ("NN", "NNP") for c in verb.lefts)
    if verb.dep_ not in ("ccomp", "xcomp") or over.i >= verb.i or not (bare or verb.tag_ in ("VB", "VBG")):
        return False
    infinitive = any(c.tag_ == "TO" for c in verb.children)
    if infinitive and any(c.dep_ == "mark" and c.lower_ == "if" for c in over.children):
        return True  # "if Roe were to say"
    if any(c.dep_ == "aux" and c.tag_ != "TO" for c in verb.children):
        return False
    anothers = any(c.dep_ in _SUBJECTS for c in verb.children)
    cue = lexicon().verbs.get(over.lower_)
    requests = cue is not None and Frame.ADDRESSEE in cue.frames
    objects = [c for c in over.children if c.dep_ == "dobj" and c.i < verb.i]
    asked = infinitive and any(requests or _is_somebody(c) for c in objects)
    if not (anothers or asked):
        return False
    if over.lower_ in lexicon().causing:
        return False
    return infinitive or not _is_told(over)


def _is_somebody(thing: Token) -> bool:
    """Whether an object may speak: "asked Roe to say", but not "used the speech to say"."""
    word, lists = key(thing.text), title_words()
    return thing.tag_ in ("PRP", "NNP") or is_person_noun(word.removesuffix("s")) or word in lists.bodies


def _is_told(verb: Token) -> bool:
    """Whether a verb of hearing or seeing tells that it was heard: not "like to hear", "nobody heard", "will hear"."""
    for _ in range(4):
        children = list(verb.children)
        if any(c.dep_ == "neg" or c.tag_ == "MD" or c.lower_ == "never" for c in children):
            return False
        if any(c.dep_ in _SUBJECTS and c.lower_ in _NOBODY for c in children):
            return False
        if verb.lower_ in lexicon().wishing:
            return False
        if verb.tag_ not in ("VB", "VBG") or verb.head.i == verb.i:
            break
        verb = verb.head
    return verb.tag_ != "VB"
