"""What a pronoun of a question can mean in its own sentence, and cannot mean in the one before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from retrieval.annotation.parser import base_form
from retrieval.answering.conversation.turn_mentions import Parse

if TYPE_CHECKING:
    from spacy.tokens import Token


def noun_before(text: str, position: int, parse: Parse, *, plural: bool) -> bool:
    """Whether a question has already named something that the "it" at `position` may mean.

    What it asks for is not that, nor who does it to "it": "did the museum pay for it" (binding principle B; Chomsky,
    1981).
    """
    tokens = list(next(iter(parse([text])), ()))
    verb = _verb_over(tokens, position)
    for token in tokens:
        if token.idx >= position or not token.tag_.startswith("NN") or (token.tag_ in ("NNS", "NNPS")) is not plural:
            continue
        if token.dep_ == "nsubj" and token.head == verb:
            continue
        if not any(t.tag_ in ("WDT", "WP", "WRB") for t in token.subtree):
            return True
    return False


def is_the_one_who_says(text: str, position: int, parse: Parse, told_of: Sequence[str]) -> bool:
    """Whether the "he" at `position` is most likely whoever says it: "did reyes say he was pushed?".

    A plural says of somebody else ("did residents say he …"), unless `told_of` has it as a name.
    """
    he = next((token for token in next(iter(parse([text])), ()) if token.idx == position), None)
    if he is None or he.dep_ not in ("nsubj", "nsubjpass") or he.head.dep_ != "ccomp":
        return False
    sayer = next((t for t in he.head.head.children if t.dep_ == "nsubj" and t.idx < position), None)
    if sayer is None or not sayer.tag_.startswith("NN"):
        return False
    return sayer.tag_ in ("NN", "NNP") or any(sayer.text.capitalize() in re.findall(r"\w+", told) for told in told_of)


def did_the_same(phrase: str, before: str, text: str, position: int, parse: Parse) -> bool:
    """Whether in the question before `phrase` did what somebody does to the pronoun at `position` of `text`: after "how
    did the committee vote?" the "it" of "who voted for it?" is not the committee."""
    does = re.search(rf"{re.escape(phrase)}\s+(?P<verb>\w+)", before)
    verb = _verb_over(next(iter(parse([text])), ()), position) if does is not None else None
    return does is not None and verb is not None and base_form(does["verb"]) == base_form(verb.text)


def _verb_over(tokens: Iterable[Token], position: int) -> Token | None:
    """The verb that the word at a place is an object of, with or without a preposition."""
    word = next((token for token in tokens if token.idx == position), None)
    if word is None or word.dep_ not in ("dobj", "dative", "pobj"):
        return None
    over = word.head.head if word.dep_ == "pobj" else word.head
    return over if over.tag_.startswith("VB") else None
