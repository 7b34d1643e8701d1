"""A written sentence that failed: cut down to what its passages bear out, or the source's own sentence instead."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from retrieval.answering.verification.cited import CitedPassage, Verdict
from retrieval.answering.verification.verifier import Verifier
from retrieval.search.words import content_words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_TRIES = 8  # shorter sentences that are checked
_LEAST_LEFT = 0.5  # of the content words, so that what is left is still the sentence
_LEAST_ALIKE = 0.55  # cosine of a failed sentence and the source's own that is shown instead; all-MiniLM-L6-v2
_ADDED = ("advcl", "relcl", "prep", "appos", "acl", "npadvmod", "conj", "parataxis", "advmod")
_BE = ("is", "are", "was", "were", "be", "been", "being")
_CONDITIONS = ("if", "unless", "whether", "without", "of", "according", "than", "except", "by")


def cut_down(
    verdict: Verdict, keys: tuple[str, ...], given: Mapping[str, CitedPassage], verifier: Verifier
) -> Verdict | None:
    """The longest part of a failed sentence that is borne out; None where none is that still is the sentence."""
    for shorter in _shorter(verifier.parsed(verdict.text)):
        again = verifier.verify(shorter, keys, given)
        if again.supported:
            return again
    return None


def own_sentence(
    verdict: Verdict, given: Mapping[str, CitedPassage], alike: Callable[[str, str], float]
) -> Verdict | None:
    """The source's sentence that the failed one comes nearest to, as it stands there; None where none is near."""
    for key, stretch in verdict.support[:1]:
        passage = given[key]
        text = " ".join(passage.text[stretch.start : stretch.end].split())
        # "He added that …" tells nobody who
        if re.match(r"(?:He|She|They|It|His|Her|Their|This|That|These|Those|But|And)\b", text):
            return None
        if alike(verdict.text, text) >= _LEAST_ALIKE:
            return Verdict(text, (), ((key, stretch),))
    return None


def _shorter(doc: Doc) -> Iterator[str]:
    """The sentence without one thing that was added to it, the longest first."""
    words = max(1, len(content_words(doc.text)))
    found = {text for token in doc if _is_added(token) and (text := _without(doc, token)) is not None}
    able = [t for t in found if len(content_words(t)) >= max(3, _LEAST_LEFT * words)]
    yield from sorted(able, key=lambda text: (-len(text), text))[:_TRIES]


def _is_added(token: Token) -> bool:
    if token.dep_ not in _ADDED or token.head is token or token.lower_ in _CONDITIONS:
        return False
    if token.head.lower_ in _BE and token.dep_ in ("prep", "advmod", "npadvmod"):
        return False  # "they are over the limit" says nothing without it
    if token.dep_ == "prep" and token.head.tag_.startswith("VB") and not _has_object(token.head):
        return False  # "the union asked" says nothing without what it asked for
    if token.dep_ == "advmod" and token.lower_ in ("not", "never", "hardly", "no"):
        return False
    return not any(child.lower_ in _CONDITIONS and child.dep_ in ("mark", "prep") for child in token.children)


def _has_object(verb: Token) -> bool:
    return any(c.dep_ in ("dobj", "nsubjpass", "attr", "acomp", "ccomp", "xcomp") for c in verb.children)


def _without(doc: Doc, token: Token) -> str | None:
    """The sentence without a word and all that hangs on it, with the comma or "and" before it."""
    first, last = token.left_edge.i, token.right_edge.i
    if first <= doc[0].i and last >= doc[-2].i:
        return None
    while first > 0 and (doc[first - 1].lower_ in ("and", "or", "but") or doc[first - 1].text in (",", ";", "–", "—")):
        first -= 1
    if doc[last].is_punct and doc[last].text in ".!?":
        last -= 1
    rest = doc[last + 1 :].text if last + 1 < len(doc) else ""
    text = f"{doc[:first].text_with_ws.rstrip()} {rest.lstrip(' ,')}" if first else rest.lstrip(" ,")
    text = re.sub(r"\s+([.,;!?])", r"\1", " ".join(text.split()))
    text = re.sub(r"[,;]\s*([.!?])$", r"\1", text)
    return text[:1].upper() + text[1:] if text else None
