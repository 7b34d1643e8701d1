"""Causes and orders in time: "because", "after" and "before" join the same two things as in the passages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from retrieval.answering.verification.cited import Fault, Finding
from retrieval.answering.verification.words import classes, lemma, lemmas
from retrieval.schema import Stretch

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


class Link(StrEnum):
    """How the second thing stands to the first: its cause, or before it in time."""

    CAUSE = "cause"
    EARLIER = "earlier"
    WHILE = "while"  # "when", "as", "since": may be either


_FAULTS = {Link.CAUSE: Fault.CAUSE, Link.EARLIER: Fault.ORDER}
_MARKS = {
    "because": Link.CAUSE, "after": Link.EARLIER, "before": Link.EARLIER, "once": Link.EARLIER, "until": Link.EARLIER,
    "when": Link.WHILE, "as": Link.WHILE, "since": Link.WHILE, "following": Link.EARLIER, "due": Link.CAUSE,
    "owing": Link.CAUSE, "thanks": Link.CAUSE, "over": Link.CAUSE, "for": Link.CAUSE, "by": Link.CAUSE,
    "with": Link.WHILE, "from": Link.CAUSE,
}  # fmt: skip
_WRITTEN = ("because", "after", "before", "following", "due", "owing", "thanks")  # what has to be borne out
_CAUSES = ("because", "for", "due", "owing", "thanks")
_BENCHES = frozenset(
    map(lemma, "parliament court judge council committee tribunal jury commission congress senate assembly".split())  # noqa: SIM905
)
_HELD = 0.34  # of the words on one side that the other side's sentence has


@dataclass(frozen=True, slots=True)
class _Joined:
    """Two things that a word joins: the lemmas of each; of EARLIER the second is the earlier one."""

    link: Link
    word: str
    later: frozenset[str]
    earlier: frozenset[str]


def unlinked(written: Doc, stated: Iterable[Doc], dates: Sequence[Stretch]) -> Iterator[Finding]:
    """Causes and orders of a parsed sentence that no source sentence has; `dates` are its dates, checked elsewhere."""
    ours = [j for j in _joined(written, dates) if j.word in _WRITTEN]
    if not ours:
        return
    theirs = [j for doc in stated for j in _joined(doc, ())]
    for joined in ours:
        if not any(_bears_out(joined, other) for other in theirs):
            turned = joined.link is Link.EARLIER and any(_turns_round(joined, other) for other in theirs)
            yield Finding(Fault.TURNED_ORDER if turned else _FAULTS[joined.link], joined.word)


def _joined(doc: Doc, dates: Sequence[Stretch]) -> Iterator[_Joined]:
    for token in doc:
        link = _MARKS.get(token.lower_)
        if link is None:
            continue
        side = _side(token)
        if side is None or any(d.start <= side.idx < d.end or token.idx < d.start <= side.idx for d in dates):
            continue
        inside = {t.i for t in side.subtree} if side is not token else {t.i for t in token.subtree}
        within = frozenset(_words(t for t in doc if t.i in inside and t.i != token.i))
        without = frozenset(_words(t for t in doc if t.i not in inside and t.i != token.i))
        if not within or not without:
            continue
        if token.lower_ in ("before", "until"):
            within, without = without, within
        yield _Joined(link, token.lower_, without, within)


def _side(token: Token) -> Token | None:
    """The head of what a word joins to the rest: the verb of its clause, or the noun that it governs."""
    after = token.nbor() if token.i + 1 < len(token.doc) else token
    if token.lower_ in ("because", "due", "owing", "thanks") and after.lower_ in ("of", "to"):
        return next((c for t in (after, token) for c in t.children if c.dep_ == "pobj"), None)
    if token.dep_ == "mark" or (token.dep_ == "advmod" and token.head.dep_ == "advcl"):
        return token.head
    if token.dep_ in ("prep", "agent", "pcomp", "amod", "acomp", "prt", "dative"):
        side = next((c for c in token.subtree if c.dep_ in ("pobj", "pcomp") and c.i > token.i), None)
        place = token.lower_ == "before" and side is not None and lemma(side.text) in _BENCHES
        return side if not place else None  # "goes before parliament" tells of no time
    return None


def _words(tokens: Iterable[Token]) -> list[str]:
    return [w for w in lemmas(" ".join(t.text for t in tokens)) if w not in classes().light]


def _bears_out(ours: _Joined, theirs: _Joined) -> bool:
    follows = ours.word == "after" and theirs.word in _CAUSES  # what came of it came after it
    if theirs.link is not ours.link and theirs.link is not Link.WHILE and not follows:
        return False
    straight = min(_held(ours.later, theirs.later), _held(ours.earlier, theirs.earlier))
    crossed = min(_held(ours.later, theirs.earlier), _held(ours.earlier, theirs.later))
    return straight >= _HELD and straight >= crossed


def _turns_round(ours: _Joined, theirs: _Joined) -> bool:
    """Whether what is told as the earlier is the later there."""
    crossed = min(_held(ours.later, theirs.earlier), _held(ours.earlier, theirs.later))
    straight = min(_held(ours.later, theirs.later), _held(ours.earlier, theirs.earlier))
    return theirs.link is ours.link and crossed >= _HELD and crossed > straight


def _held(ours: frozenset[str], theirs: frozenset[str]) -> float:
    return len(ours & theirs) / min(len(ours), 3) if ours else 0.0


def misdated(written: Doc, stated: Sequence[Doc], dates: Sequence[Stretch]) -> Iterator[Finding]:
    """Dates of a sentence that stand behind "after" or "before" and in the passages never do."""
    for stretch in dates:
        word = _governor(written, stretch)
        if word not in ("after", "before", "until", "since"):
            continue
        text = written.text[stretch.start : stretch.end]
        key = {w for w in lemmas(text) if w != lemma(word)} or {text.casefold()}
        beside = [doc for doc in stated if key & set(lemmas(doc.text))]
        if beside and not any(t.lower_ == word for doc in beside for t in doc):
            yield Finding(Fault.ORDER, f"{word} {text}")


def _governor(doc: Doc, stretch: Stretch) -> str:
    before = [t for t in doc if t.idx + len(t) <= stretch.start and not t.is_punct]
    inside = [t for t in doc if stretch.start <= t.idx < stretch.end]
    if inside and inside[0].lower_ in ("after", "before", "until", "since"):
        return str(inside[0].lower_)
    last = before[-1].lower_ if before else ""
    return str(before[-2].lower_ if last == "the" and len(before) > 1 else last)
