"""Compares a claimed quotation with what the articles have: exact, near, stitched together, or not there.

Pure and without a model. Words are compared, not characters: typographic quotation marks, white space, case,
punctuation, bracketed insertions and ellipses make no difference.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum


class MatchKind(StrEnum):
    """How a claim stands to what was said."""

    EXACT = "exact"
    NEAR = "near"
    STITCHED = "stitched"


class DiffOp(StrEnum):
    """What became of some words between the claim and the source."""

    SAME = "same"
    MISSING = "missing"  # in the source, not in the claim
    ADDED = "added"  # in the claim, not in the source


@dataclass(frozen=True, slots=True)
class DiffPart:
    """A run of words of one fate, as printed in the text they come from."""

    op: DiffOp
    text: str


@dataclass(frozen=True, slots=True)
class Match:
    """One candidate, or several stitched together, that the claim agrees with.

    ``candidates`` are positions in the sequence given, in the order of the claim. ``score`` in (0, 1] is the share of
    words in common (1 for exact), comparable between matches of one claim. ``diff`` reads as the claim with what was
    left out of the source put in its place.
    """

    kind: MatchKind
    score: float
    candidates: tuple[int, ...]
    diff: tuple[DiffPart, ...]


_INSERTION = re.compile(r"\[[^\[\]\n]{0,120}\]")
_ELLIPSIS = re.compile(r"…|\.(?:\s?\.){2,}")
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:[’'ʼ.,-][^\W_]+)*")  # "U.S.", "don't", "1,500"
_FOLDED = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "‐": "-", "‑": "-", ".": None, ",": None})
_NEGATIONS = frozenset("not no never nor neither none nothing nobody without cannot".split())  # noqa: SIM905

_NEAR = 0.6  # share of the claim's words; below it two sentences on one subject would agree
_FEWEST = 3  # words a stitched part has at least
_LONGEST_CLAIM, _LONGEST_CANDIDATE = 400, 1500  # words compared; a claim is a sentence or a few
_GOOD_NEAR = 0.9  # score of a near match from which on nothing needs to be stitched to explain the claim
_MOST_PAIRS = 20_000  # pairs of equal words compared without shortcuts
_CONTEXT = 2  # words: smaller runs in common between two differences are no sign of agreement


@dataclass(frozen=True, slots=True)
class _Words:
    keys: tuple[str, ...]
    shown: tuple[str, ...]
    gaps: frozenset[int]  # before which word an ellipsis or an insertion stood


def compare(claim: str, candidates: Sequence[str]) -> list[Match]:
    """The matches of `claim` among `candidates` (texts of quotations), best first; empty where it is not found."""
    wanted = _words(claim, _LONGEST_CLAIM)
    if not wanted.keys:
        return []
    texts = [_words(candidate, _LONGEST_CANDIDATE) for candidate in candidates]
    matches = [m for i, text in enumerate(texts) if (m := _match(wanted, text, i)) is not None]
    if all(m.score < _GOOD_NEAR for m in matches) and (stitched := _stitched(wanted, texts)) is not None:
        matches.append(stitched)
    rank = {MatchKind.EXACT: 0, MatchKind.STITCHED: 1, MatchKind.NEAR: 2}
    return sorted(matches, key=lambda m: (-m.score, rank[m.kind], m.candidates))


def negates(diff: Sequence[DiffPart]) -> bool:
    """Whether a "not" is among what differs, on one side only."""
    sides = {
        op: sum(_is_negation(key) for part in diff if part.op is op for key in _words(part.text).keys)
        for op in (DiffOp.MISSING, DiffOp.ADDED)
    }
    return sides[DiffOp.MISSING] % 2 != sides[DiffOp.ADDED] % 2


def _is_negation(key: str) -> bool:
    return key in _NEGATIONS or key.endswith("n't")


def _words(text: str, limit: int | None = None) -> _Words:
    gaps: set[int] = set()
    text = _ELLIPSIS.sub(" \x00 ", _INSERTION.sub(" \x00 ", text))
    keys: list[str] = []
    shown: list[str] = []
    position = 0
    for match in _WORD.finditer(text):
        if "\x00" in text[position : match.start()]:
            gaps.add(len(keys))
        position = match.end()
        keys.append(unicodedata.normalize("NFKC", match.group()).translate(_FOLDED).casefold())
        shown.append(match.group())
        if limit is not None and len(keys) == limit:
            break
    return _Words(tuple(keys), tuple(shown), frozenset(gaps))


def _match(wanted: _Words, text: _Words, index: int) -> Match | None:
    if not text.keys:
        return None
    blocks = _contained(wanted, text)
    if blocks is not None:
        left_out = (i for (_, b, n), (_, after, _) in itertools.pairwise(blocks) for i in range(b + n, after))
        # An ellipsis in place of "not" is no exact quotation.
        changed = any(_is_negation(text.keys[i]) for i in left_out)
        kind, score = (MatchKind.NEAR, 0.999) if changed else (MatchKind.EXACT, 1.0)
        return Match(kind, score, (index,), _diff(wanted, text, blocks))
    if len(set(wanted.keys) & set(text.keys)) < _NEAR * len(set(wanted.keys)):
        return None
    blocks = _common(wanted.keys, text.keys)
    same = sum(size for _, _, size in blocks)
    if not blocks or same < _NEAR * len(wanted.keys):
        return None
    first, last = blocks[0][1], blocks[-1][1] + blocks[-1][2]
    score = 2 * same / (len(wanted.keys) + last - first)
    if score < _NEAR:
        return None
    return Match(MatchKind.NEAR, min(score, 0.999), (index,), _diff(wanted, text, blocks))


def _contained(wanted: _Words, text: _Words) -> list[tuple[int, int, int]] | None:
    """The claim's parts in `text`, in order, as (in the claim, in the text, words); None where one is missing.

    Without an ellipsis or an insertion the claim is one part, else those stand for whatever is between the parts.
    """
    if not set(wanted.keys) <= set(text.keys):
        return None
    cuts = [0, *sorted(g for g in wanted.gaps if 0 < g < len(wanted.keys)), len(wanted.keys)]
    blocks: list[tuple[int, int, int]] = []
    position = 0
    for first, last in itertools.pairwise(cuts):
        at = _find(wanted.keys[first:last], text.keys, position)
        if at is None:
            return None
        blocks.append((first, at, last - first))
        position = at + last - first
    return blocks


def _find(part: Sequence[str], keys: Sequence[str], start: int) -> int | None:
    size = len(part)
    for at in range(start, len(keys) - size + 1):
        if keys[at] == part[0] and tuple(keys[at : at + size]) == tuple(part):
            return at
    return None


def _common(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int, int]]:
    here = Counter(a)
    # Texts that repeat few words thousandfold would take minutes; there, frequent words anchor nothing.
    repetitive = sum(here[word] for word in b) > _MOST_PAIRS
    blocks = [m for m in SequenceMatcher(None, a, b, autojunk=repetitive).get_matching_blocks() if m.size]
    # A lone "the" far from the rest says nothing and would stretch the window over half the quotation.
    while len(blocks) > 1 and blocks[0].size < _CONTEXT and blocks[1].b - blocks[0].b > 6:
        blocks.pop(0)
    while len(blocks) > 1 and blocks[-1].size < _CONTEXT and blocks[-1].b - blocks[-2].b - blocks[-2].size > 6:
        blocks.pop()
    return [(m.a, m.b, m.size) for m in blocks]


def _diff(wanted: _Words, text: _Words, blocks: Sequence[tuple[int, int, int]]) -> tuple[DiffPart, ...]:
    parts: list[DiffPart] = []
    at_claim, at_text = 0, blocks[0][1]
    for a, b, size in blocks:
        if b > at_text:
            parts.append(DiffPart(DiffOp.MISSING, " ".join(text.shown[at_text:b])))
        if a > at_claim:
            parts.append(DiffPart(DiffOp.ADDED, " ".join(wanted.shown[at_claim:a])))
        parts.append(DiffPart(DiffOp.SAME, " ".join(text.shown[b : b + size])))
        at_claim, at_text = a + size, b + size
    if at_claim < len(wanted.shown):
        parts.append(DiffPart(DiffOp.ADDED, " ".join(wanted.shown[at_claim:])))
    return tuple(parts)


def _stitched(wanted: _Words, texts: Sequence[_Words]) -> Match | None:
    """The claim as runs of words from two quotations or more, none of which has it all."""
    starts: dict[str, list[tuple[int, int]]] = {}
    for i, text in enumerate(texts):
        for at, word in enumerate(text.keys):
            starts.setdefault(word, []).append((i, at))
    parts: list[DiffPart] = []
    used: list[int] = []
    at = same = 0
    added: list[str] = []
    while at < len(wanted.keys):
        index, size, begin = _longest_run(wanted.keys, at, texts, starts.get(wanted.keys[at], ()), used[-1:])
        if size < min(_FEWEST, len(wanted.keys) - at) or (size < _FEWEST and index not in used):
            added.append(wanted.shown[at])
            at += 1
            continue
        if added:
            parts.append(DiffPart(DiffOp.ADDED, " ".join(added)))
            added = []
        parts.append(DiffPart(DiffOp.SAME, " ".join(texts[index].shown[begin : begin + size])))
        if index not in used:
            used.append(index)
        at, same = at + size, same + size
    if added:
        parts.append(DiffPart(DiffOp.ADDED, " ".join(added)))
    if len(used) < 2 or same < 0.8 * len(wanted.keys):
        return None
    return Match(MatchKind.STITCHED, min(same / len(wanted.keys), 0.999), tuple(used), tuple(parts))


def _longest_run(
    keys: Sequence[str],
    at: int,
    texts: Sequence[_Words],
    starts: Sequence[tuple[int, int]],
    preferred: Sequence[int],
) -> tuple[int, int, int]:
    """(candidate, words, where it begins there) of the longest run that begins with `keys[at]`."""
    best = (-1, 0, 0)
    for index, begin in starts:
        theirs = texts[index].keys
        size = 0
        while at + size < len(keys) and begin + size < len(theirs) and theirs[begin + size] == keys[at + size]:
            size += 1
        if size > best[1] or (size == best[1] and index in preferred):
            best = (index, size, begin)
    return best
