"""Numbers and dates stay with what the passages count or date by them: "12 killed, 30 injured" is not the reverse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from retrieval.answering.verification.comparing import Near
from retrieval.answering.verification.words import classes, contrary, lemma, lemmas, same_root
from retrieval.schema import Stretch

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_CLOSED = ("DT", "IN", "PRP", "PRP$", "CC", "WRB", "WDT", "WP", "CD", "RB")
_PRONOUNS = frozenset("he she it they his her its their".split())  # noqa: SIM905
_NO_OTHER = 0.3  # cosine below which two nouns are taken to be of different things
_ALIKE = 0.55  # cosine of single words; all-MiniLM-L6-v2
_BESIDE = 0.4  # share of the context by which a rival's sentence must fit better


@dataclass(frozen=True, slots=True)
class Bound:
    """A number or date with the noun it counts, its verb, the other words of its clause, the name before it."""

    noun: str
    verb: str
    verb_text: str
    context: frozenset[str]
    named: frozenset[str]
    pronoun: bool
    sentence: frozenset[str]


def bound(doc: Doc, stretch: Stretch, sentence: frozenset[str]) -> Bound:
    """What the words at `stretch` of a parsed sentence belong to; `sentence` are its lemmas."""
    inside = [t for t in doc if stretch.start <= t.idx < stretch.end] or [doc[0]]
    token = next((t for t in inside if t.head not in inside), inside[-1])
    noun = ""
    nouns = [t for t in inside if t.tag_.startswith("NN") and lemma(t.text) not in classes().units]
    head = nouns[-1] if nouns else token.head
    if token.dep_ in ("nummod", "amod", "compound", "quantmod", "pobj", "nmod") and head.tag_.startswith("NN"):
        noun = lemma(head.text)
    elif token.dep_ not in ("nummod", "quantmod"):
        of = next((c for c in token.children if c.lower_ == "of"), None)
        target = next((c for c in of.children if c.dep_ == "pobj"), None) if of is not None else None
        noun = lemma(target.text) if target is not None and target.tag_.startswith("NN") else ""
    if noun in classes().units or noun in classes().currencies:
        noun = ""
    if noun == lemma("other"):
        noun = ""  # "and seven others"
    verb = _verb(token)
    own = {t.i for t in inside}
    clause = [t.text for t in doc if t.i not in own and _verb(t) is verb]
    context = frozenset(w for w in lemmas(" ".join(clause)) if w not in classes().light)
    named = _named(doc, stretch)
    return Bound(
        noun,
        lemma(verb.text) if verb is not None else "",
        verb.text if verb is not None else "",
        context,
        named,
        any(t.lower_ in _PRONOUNS for t in doc),
        sentence,
    )


def _named(doc: Doc, stretch: Stretch) -> frozenset[str]:
    """The last name before the words in their sentence, with all its words."""
    found: list[str] = []
    for token in reversed([t for t in doc if t.idx < stretch.start]):
        if token.text[0].isupper() and token.tag_ not in _CLOSED and lemma(token.text) not in classes().calendar:
            found.append(lemma(token.text))
        elif found and token.lower_ not in ("of", "the"):
            break
    return frozenset(found)


def _verb(token: Token) -> Token | None:
    current = token
    for _ in range(12):
        if current.tag_.startswith("VB") and current.dep_ not in ("aux", "auxpass", "amod"):
            return current
        if current.head is current:
            break
        current = current.head
    return current if current.tag_.startswith("VB") else None


def misbound(
    written: Bound,
    own: Sequence[Bound],
    rivals: Sequence[Bound],
    near: Near,
    *,
    named: bool = True,
    counted: bool = False,
) -> bool:
    """Whether the passages connect a number or date with something else, and a rival with what the sentence says.

    `own` are where the passages have the same number or date, `rivals` where they have another of its kind; a number
    that is `counted` tells how many of something there are, and needs no rival to be wrong of another thing.
    """
    if own and written.noun and counted and written.noun not in classes().generic:
        nouns = {b.noun for b in own}
        if "" not in nouns and not any(same_root(written.noun, n) or near(written.noun, n) >= _NO_OTHER for n in nouns):
            return not any(written.noun in b.context | b.sentence for b in own)
    if not own or not rivals:
        return False
    for part in ("noun", "verb"):
        word = getattr(written, part)
        if not word or word in classes().light:
            continue
        theirs = {getattr(b, part) for b in own}
        if part == "noun" and ("" in theirs or word in classes().generic):
            continue  # elliptical: "and 30 were injured"
        if any(_alike(word, w, near) for w in theirs if w) or any(word in b.context for b in own):
            continue
        if any(word == getattr(b, part) for b in rivals) or (
            part == "verb" and any(contrary(word, w) for w in theirs) and any(word in b.sentence for b in rivals)
        ):
            return True
    if named and written.named and not any(written.named & b.named for b in own):
        beside = {b.sentence for b in rivals if written.named & b.named}
        if any(b.sentence in beside or not (b.pronoun or written.named & b.sentence) for b in own) and beside:
            return True
    if len(written.context) < 2:
        return False
    share = max(len(written.context & b.sentence) for b in own) / len(written.context)
    return max(len(written.context & b.sentence) for b in rivals) / len(written.context) - share >= _BESIDE


def _alike(a: str, b: str, near: Near) -> bool:
    return a == b or (not contrary(a, b) and (same_root(a, b) or near(a, b) >= _ALIKE))


def places(doc: Doc, sentence: frozenset[str] = frozenset()) -> list[tuple[str, Bound]]:
    """The names of a parsed sentence that say where, each with what it belongs to."""
    return [
        (token.text, replace(bound(doc, Stretch(token.idx, token.idx + len(token)), sentence), noun=""))
        for token in doc
        if token.dep_ == "pobj"
        and token.tag_.startswith("NNP")
        and token.head.lower_ in ("in", "at", "near", "on")
        and lemma(token.text) not in classes().calendar
    ]
