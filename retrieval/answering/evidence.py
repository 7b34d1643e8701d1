"""How well each sentence of the found passages answers: what is measured of it."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from retrieval.answering.asked_for import AskedFor, asked_for, offers
from retrieval.schema import FoundPassage, Question, Stretch
from retrieval.search.words import content_words, stem, stems
from retrieval.storage.embedding import Embedder

_PASSAGES = 8  # that sentences are taken from
_EMBEDDED = 20  # sentences: what two cores embed in a tenth of a second
_NAME = re.compile(r"[A-Z0-9]")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that may answer, with what was measured of it; all measures in [0, 1] but `cosine`, in [-1, 1].

    `coverage` is the share of the question's words, by rarity, that stand in the sentence; `context` the same with the
    title, publisher and neighbouring sentences; `names` the same with the whole passage, of names and numbers alone;
    `offered` whether the kind of thing asked for is there; `rank` the passage's fused score beside the best.
    """

    passage: FoundPassage
    stretch: Stretch
    text: str
    cosine: float
    coverage: float
    context: float
    names: float
    offered: bool
    rank: float
    position: int

    @property
    def score(self) -> float:
        """How well it answers; weights chosen on the labelled questions in tests/data that are for development."""
        return (
            0.50 * self.cosine
            + 0.30 * self.coverage
            + 0.12 * self.context
            + 0.14 * self.offered
            + 0.10 * self.rank
            - (0.15 if len(self.text.split()) < 5 else 0.0)
        )


@dataclass(frozen=True, slots=True)
class QuestionWords:
    """The stems that tell what a question is about, with their weights (inverse document frequency)."""

    weights: Mapping[str, float]
    names: frozenset[str]

    def covered(self, found: set[str], only: frozenset[str] | None = None) -> float:
        """The share of the weight that `found` covers; 1 where there is none."""
        wanted = {s: w for s, w in self.weights.items() if only is None or s in only}
        total = sum(wanted.values())
        return sum(w for s, w in wanted.items() if s in found) / total if total else 1.0


def question_words(text: str, frequencies: Mapping[str, int], total: int) -> QuestionWords:
    """The words of a question, weighed by how rare they are among `total` passages."""
    weights, names = {}, set()
    for word in content_words(text):
        key = stem(word)
        weights[key] = math.log(1.0 + (total + 1.0) / (frequencies.get(key, 0) + 0.5))
        if _NAME.match(word) and not text.startswith(word):
            names.add(key)
    return QuestionWords(weights, frozenset(names))


def gather(
    question: Question, words: QuestionWords, passages: Sequence[FoundPassage], embedder: Embedder
) -> list[Evidence]:
    """The most promising sentences of `passages`, best first."""
    wanted = asked_for(question.text)
    rough = [item for passage in passages[:_PASSAGES] for item in _sentences(passage, words, wanted, passages[0].score)]
    rough.sort(key=lambda e: -(e.coverage + e.context + 0.5 * e.rank + 0.3 * e.offered))
    chosen = _distinct(rough)[:_EMBEDDED]
    if not chosen:
        return []
    vectors = embedder.embed_documents([e.text for e in chosen])
    cosines = vectors @ embedder.embed_query(question.topic)
    return sorted((replace(e, cosine=float(c)) for e, c in zip(chosen, cosines, strict=True)), key=lambda e: -e.score)


def _sentences(passage: FoundPassage, words: QuestionWords, wanted: AskedFor, best: float) -> list[Evidence]:
    texts = [passage.text[s - passage.start : e - passage.start] for s, e in passage.sentences]
    found = [stems(text) for text in texts]
    around = stems(passage.article.title) | stems(passage.article.source or "")
    whole = around.union(*found) if found else around
    names = words.covered(whole, words.names)
    evidence = []
    for i, (stretch, text) in enumerate(zip(passage.sentences, texts, strict=True)):
        near = around | found[i] | (found[i - 1] if i else set()) | (found[i + 1] if i + 1 < len(found) else set())
        evidence.append(
            Evidence(
                passage=passage,
                stretch=Stretch(*stretch),
                text=text,
                cosine=0.0,
                coverage=words.covered(found[i]),
                context=words.covered(near),
                names=names,
                offered=offers(wanted, text),
                rank=passage.score / best if best else 0.0,
                position=stretch[0],
            )
        )
    return evidence


def _distinct(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Each sentence once, from the article that ranks first, whatever number of articles print it."""
    seen: set[str] = set()
    kept = []
    for item in evidence:
        key = " ".join(re.findall(r"\w+", item.text.casefold()))
        if key and key not in seen:
            seen.add(key)
            kept.append(item)
    return kept
