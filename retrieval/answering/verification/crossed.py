"""Two figures that have changed places: what stands beside one of them stands beside the other in the source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from retrieval.answering.verification.cited import Fault, Finding
from retrieval.answering.verification.figures import supports
from retrieval.answering.verification.stated import Facts
from retrieval.answering.verification.words import lemma

_BESIDE = 5  # words between a figure and what it is told of
_APART = 3  # words that "and" counts for


def crossed(written: Facts, stated: Sequence[Facts]) -> Iterator[Finding]:
    """Figures of a sentence that stand the other way round in every source sentence that has both."""
    places = sorted(written.numbers)
    for first, second in ((a, b) for a in places for b in places if a < b):
        if written.numbers[first].unit != written.numbers[second].unit:
            continue
        found = [way for facts in stated if (way := _is_crossed(written, first, second, facts)) is not None]
        if found and all(found):
            yield Finding(Fault.MEANING, f"{written.doc[first].text} {written.doc[second].text}")


def misplaced(written: Facts, stated: Sequence[Facts]) -> Iterator[Finding]:
    """The figure of a sentence with one, beside a noun that has another figure in every source sentence that has both:
    "the lake is 6 metres deep" of "the lake is 40 metres deep, the river 6"."""
    counted = [at for at, f in written.numbers.items() if not f.ordinal and not f.vague]
    if len(counted) != 1 or any(c.lower_ == "of" for c in written.doc[counted[0]].children):
        return  # "two of the men"
    found = [way for facts in stated if (way := _is_misplaced(written, counted[0], facts)) is not None]
    if found and all(found):
        yield Finding(Fault.MEANING, written.doc[counted[0]].text)


def _is_misplaced(written: Facts, number: int, facts: Facts) -> bool | None:
    figure = written.numbers[number]
    same = [at for at, f in facts.numbers.items() if supports(figure, f)]
    if len(same) != 1:
        return None
    others = {at for at, f in facts.numbers.items() if at != same[0] and not f.ordinal and f.unit in ("", figure.unit)}
    own, theirs = _beside(written), _beside(facts)
    dates = {lemma(written.doc[at].text) for at in written.dated}
    both = [n for n in own if n in theirs and n not in dates]
    straight = [own[n][0] for n in both if theirs[n][1] == same[0]]
    turned = [own[n][0] for n in both if theirs[n][1] in others]
    if not straight and not turned:
        return None
    return min(turned, default=_BESIDE + 1) < min(straight, default=_BESIDE + 1)


def _is_crossed(written: Facts, first: int, second: int, facts: Facts) -> bool | None:
    """Whether two nouns have each other's figure; None where the sentence does not have all four."""
    ones = [at for at, f in facts.numbers.items() if supports(written.numbers[first], f)]
    others = [at for at, f in facts.numbers.items() if supports(written.numbers[second], f)]
    if len(ones) != 1 or len(others) != 1 or ones == others:
        return None
    own, theirs = _beside(written), _beside(facts)
    same = {first: ones[0], second: others[0]}
    other = {first: others[0], second: ones[0]}
    both = [n for n in own if n in theirs and own[n][1] in same]
    straight = [own[n][0] for n in both if theirs[n][1] == same[own[n][1]]]
    turned = [own[n][0] for n in both if theirs[n][1] == other[own[n][1]]]
    if not straight and not turned:
        return None
    return min(turned, default=_BESIDE + 1) < min(straight, default=_BESIDE + 1)


def _beside(facts: Facts) -> dict[str, tuple[int, int]]:
    """Each noun that a sentence has once, with the figure that stands nearest to it, and how far that is."""
    nouns = [t for t in facts.doc if t.tag_.startswith("NN") and t.i not in facts.numbers and not t.is_punct]
    counted = Counter(lemma(t.text) for t in nouns)
    found: dict[str, tuple[int, int]] = {}
    for noun in nouns:
        far, at = min(((_far(facts, noun.i, at), at) for at in facts.numbers), default=(_BESIDE + 1, -1))
        if counted[lemma(noun.text)] == 1 and far <= _BESIDE:
            found[lemma(noun.text)] = far, at
    return found


def _far(facts: Facts, noun: int, number: int) -> int:
    """The words between a noun and a number; what joins two things keeps them apart."""
    between = facts.doc[min(noun, number) : max(noun, number)]
    return len(between) + sum(_APART for t in between if t.tag_ == "CC" or t.lower_ in ("while", "compared", ";"))
