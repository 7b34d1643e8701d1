"""Sentences that tell how somebody takes what was said: "Roe shook her head.", "The union was less impressed."."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retrieval.annotation.quotations.cues import Frame, lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

_TAKES_UP = frozenset(("it", "that", "this", "so", "them", "none", "nothing", "neither"))
_OBJECTS = ("dobj", "ccomp", "xcomp", "dative")
_OTHERWISE = frozenset(("differently", "otherwise"))
_SLIGHT = ("punct", "advmod", "prt", "neg", "aux", "dobj", "npadvmod")


def reacts(root: Token) -> bool:
    """Whether the sentence of the verb `root` tells a reaction by its subject."""
    lists, cue = lexicon(), lexicon().verbs.get(root.lower_)
    children = list(root.children)
    objects = [c for c in children if c.dep_ in _OBJECTS and c.i > root.i]
    if any(_without_un(t.lower_) in lists.attitudes for t in (root, *children) if t.tag_.startswith(("JJ", "VB"))):
        return root.tag_ == "VBN" or any(c.dep_ in ("acomp", "attr", "oprd") for c in children) or not objects
    if any(o.lower_ in lists.gestured | lists.opinions for o in objects):
        return True
    denied = any(c.dep_ == "neg" or c.lower_ == "never" for c in children)
    if cue is not None and {Frame.QUOTE, Frame.CLAUSE, Frame.ADDRESSEE} <= cue.frames and not denied:
        return True  # "told reporters"
    takes_up = [o for o in objects if o.lower_ in _TAKES_UP]
    if len(takes_up) < len(objects):
        return any(o.lower_ in lists.reactions for o in objects)  # "begs to differ"
    if root.lower_ in lists.reactions:
        return True
    if any(o.lower_ in ("none", "nothing") for o in takes_up):
        return True
    if takes_up and cue is None and (denied or any(c.lower_ in _OTHERWISE for c in children)):
        return True
    slight = all(c.dep_ in _SLIGHT for c in children if c.i > root.i)
    return cue is not None and Frame.QUOTE in cue.frames and slight and not denied


def _without_un(word: str) -> str:
    return word.removeprefix("un").removeprefix("dis")
