"""Which source sentences bear a written one out, and whether anything in it is in none of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.answering.verification.cited import CitedPassage, Embed
from retrieval.answering.verification.words import lemmas
from retrieval.schema import Stretch

_REMEMBERED = 20_000  # texts whose vectors are kept: some 30 MB
_NEAREST, _LED_UP_TO = 3, 2  # source sentences of the longest excerpt; those that are read with the one before


@dataclass(frozen=True, slots=True)
class Source:
    """A sentence of a cited passage."""

    passage: CitedPassage
    stretch: Stretch
    text: str
    words: frozenset[str]


def sources(passages: Sequence[CitedPassage]) -> list[Source]:
    """The sentences of `passages`."""
    return [
        Source(p, Stretch(*s), text, frozenset(lemmas(text)))
        for p in passages
        for s, text in zip(p.sentences, p.sentence_texts(), strict=True)
    ]


class Meaning:
    """Similarities of texts and of single words under one embedding model; vectors are remembered."""

    def __init__(self, embed: Embed) -> None:
        self._embed = embed
        self._known: dict[str, NDArray[np.float32]] = {}

    def _vectors(self, texts: Sequence[str]) -> list[NDArray[np.float32]]:
        if len(self._known) > _REMEMBERED:
            self._known = {}
        known = self._known
        new = [t for t in dict.fromkeys(texts) if t not in known]
        if new:
            known.update(zip(new, self._embed(new), strict=True))
        return [known[t] for t in texts]

    def near(self, a: str, b: str) -> float:
        """The cosine of two words."""
        first, second = self._vectors([a.lower(), b.lower()])
        return float(first @ second)

    def cosines(self, sentence: str, texts: Sequence[str]) -> list[float]:
        """The cosine of a sentence and each text."""
        if not texts:
            return []
        own, *others = self._vectors([sentence, *texts])
        return [float(own @ other) for other in others]


def best_sources(sentence: str, candidates: Sequence[Source], meaning: Meaning) -> list[tuple[Source, float]]:
    """The source sentences that carry the sentence's words, best first, with their cosines: few that cover it."""
    return _carrying(sentence, _ranked(sentence, candidates, meaning))


def _carrying(sentence: str, ranked: Sequence[tuple[Source, float]]) -> list[tuple[Source, float]]:
    chosen: list[tuple[Source, float]] = []
    left = set(lemmas(sentence))
    for source, cosine in ranked:
        gain = left & source.words
        if not chosen or (len(chosen) < _NEAREST and len(gain) >= 2):
            chosen.append((source, cosine))
            left -= gain
    return chosen


def excerpts(sentence: str, candidates: Sequence[Source], meaning: Meaning) -> list[list[Source]]:
    """What of the sources to read a sentence with, each time in their own order: the nearest one, the nearest two,
    those that carry its words, and the nearest three with the sentences before them that say who "she" is."""
    places = {id(s): n for n, s in enumerate(candidates)}
    ranked = _ranked(sentence, candidates, meaning)
    nearest = [places[id(s)] for s, _ in ranked[:_NEAREST]]
    before = {n - 1 for n in nearest[:_LED_UP_TO] if n and candidates[n - 1].passage is candidates[n].passage}
    carrying = {places[id(s)] for s, _ in _carrying(sentence, ranked)}
    read = (set(nearest[:1]), set(nearest[:2]), carrying, {*nearest, *before})
    return [[candidates[n] for n in sorted(chosen)] for chosen in read]


def _ranked(sentence: str, candidates: Sequence[Source], meaning: Meaning) -> list[tuple[Source, float]]:
    """All candidates with their cosines, those first that are near and have the sentence's words."""
    cosines = meaning.cosines(sentence, [s.text for s in candidates])
    wanted = set(lemmas(sentence))
    return sorted(
        zip(candidates, cosines, strict=True),
        key=lambda pair: -(pair[1] + len(wanted & pair[0].words) / max(1, len(wanted))),
    )
