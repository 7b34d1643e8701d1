"""Batches of articles -> cut in passages, annotated, embedded; one is read while another is stored."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from retrieval.annotation.annotator import Annotator
from retrieval.annotation.passages import PassageAnnotator
from retrieval.annotation.process import Annotated, AnnotatingProcess, annotate
from retrieval.annotation.said import said_in
from retrieval.annotation.sentences import sentences
from retrieval.reading.near_duplicates import bands, signature
from retrieval.schema import Article, Passage, Quotation, Record
from retrieval.storage.encoding.embedding import Embedder
from retrieval.storage.encoding.token_states import Vectors
from retrieval.storage.index.kept_states import key_of
from retrieval.storage.records import Reading
from retrieval.storage.store import ReadArticle

BATCH = 64  # articles: enough passages to sort by length before embedding, little to do again after a crash
_WORTH_A_PROCESS = 128  # articles; fewer are annotated before another process has loaded the parser


@dataclass(frozen=True, slots=True)
class Begun:
    """A batch that is being read: its passages and their texts, and what is to come of them.

    `annotated` is None where the annotators have not begun.
    """

    articles: Sequence[Article]
    passages: Sequence[tuple[Passage, ...]]
    texts: Sequence[str]
    embedded: Future[tuple[Vectors, list[bytes]]]
    annotated: Future[list[Annotated] | None] | None


class BatchReader:
    """Reads articles for the store. `annotating` starts a process with the same annotators, for what is worth one."""

    def __init__(
        self,
        embedder: Embedder,
        annotators: Sequence[Annotator[Record]] = (),
        annotating: Callable[[], AnnotatingProcess] | None = None,
    ) -> None:
        self._embedder, self.annotators = embedder, tuple(annotators)
        self._start_annotating = annotating
        self._annotating: AnnotatingProcess | None = None
        self._passages = PassageAnnotator(embedder.count_tokens, embedder.max_tokens)
        self._ahead = ThreadPoolExecutor(1, thread_name_prefix="embedding")  # what it calls computes on every core

    @property
    def model(self) -> str:
        """The name of the embedding model."""
        return self._embedder.name

    @property
    def passages(self) -> tuple[str, int]:
        """Name and version of what cuts articles in passages."""
        return self._passages.name, self._passages.version

    def begin(self, batch: Sequence[Article]) -> Begun:
        """Cut a batch, and have it annotated and embedded: all its passages at once, since similar lengths embed faster
        together."""
        annotated = self._annotating.read(batch) if self._annotating is not None else None
        cut = [tuple(self._passages.annotate(article)) for article in batch]
        headings = [self._passages.heading(article) for article in batch]
        texts = [
            f"{heading}\n{article.text[p.start : p.end]}"
            for article, heading, passages in zip(batch, headings, cut, strict=True)
            for p in passages
        ]
        return Begun(batch, cut, texts, self._ahead.submit(self._embedder.read_documents, texts), annotated)

    def finish(self, begun: Begun) -> list[ReadArticle]:
        """The articles of a batch as they are stored, in order; waits for what is still to come."""
        minhashes = [signature(_prose(article)) for article in begun.articles]
        annotated = [self._readings(found) for found in self._annotated(begun)]
        said = [t for article, found in zip(begun.articles, annotated, strict=True) for t in _said(article, found)]
        rest = iter(self._embedded(said))
        vectors, states = begun.embedded.result()
        keys = [key_of(self.model, text) for text in begun.texts] if states else []
        kept = list(zip(keys, states, strict=True))
        read, at = [], 0
        for article, passages, minhash, found in zip(begun.articles, begun.passages, minhashes, annotated, strict=True):
            own = slice(at, at + len(passages))
            at = own.stop
            readings = (Reading(*self.passages), *_with_vectors(found, rest))
            read.append(
                ReadArticle(
                    article,
                    passages,
                    vectors[own],
                    minhash,
                    tuple(bands(minhash)),
                    readings,
                    states=tuple(kept[own]),
                )
            )
        return read

    def unread(self, item: ReadArticle) -> list[str]:
        """The names of the annotators that failed on an article."""
        found = {reading.annotator for reading in item.readings}
        return [annotator.name for annotator in self.annotators if annotator.name not in found]

    def annotated(self, article: Article, wanted: Sequence[Annotator[Record]]) -> tuple[Reading, ...]:
        """What some annotators find in an article."""
        found = self._readings(annotate(article, wanted))
        return _with_vectors(found, iter(self._embedded(_said(article, found))))

    @contextlib.contextmanager
    def beside(self, total: int) -> Iterator[None]:
        """Have so many articles annotated by another process while this one embeds, where that gains anything."""
        if self._start_annotating is None or total < _WORTH_A_PROCESS or (os.cpu_count() or 1) < 2:
            yield
            return
        self._annotating = self._start_annotating()
        try:
            yield
        finally:
            self._stop_annotating()

    def _stop_annotating(self) -> None:
        process, self._annotating = self._annotating, None
        if process is not None:
            process.close()

    def _annotated(self, begun: Begun) -> list[Annotated]:
        """What the annotators found in each article; where their process is gone, they read the batch here."""
        if begun.annotated is not None:
            found = begun.annotated.result()
            if found is not None:
                return found
            self._stop_annotating()
        return [annotate(article, self.annotators) for article in begun.articles]

    def _readings(self, found: Annotated) -> tuple[Reading, ...]:
        """The readings of those annotators that could read an article; `reindex` has the others try again."""
        return tuple(Reading(a.name, a.version, found[a.name]) for a in self.annotators if a.name in found)

    def _embedded(self, texts: Sequence[str]) -> Vectors:
        """A row for each text; two quotations often stand in one sentence, which is embedded once."""
        rows = {text: row for row, text in enumerate(dict.fromkeys(texts))}
        if not rows:
            return np.zeros((0, 0), np.float32)
        return self._embedder.embed_documents(list(rows))[[rows[text] for text in texts]]


def _said(article: Article, readings: Sequence[Reading]) -> list[str]:
    """What is embedded of the quotations of an article: the sentences they stand in, which name what they are about."""
    found = [record for reading in readings for record in reading.records if isinstance(record, Quotation)]
    cut = sentences(article.text) if found else []
    return [article.text[s.start : s.end] for s in (said_in(quotation, cut) for quotation in found)]


def _with_vectors(readings: Sequence[Reading], vectors: Iterator[Vectors]) -> tuple[Reading, ...]:
    """`readings` with the next of `vectors` for each quotation in them."""
    return tuple(
        replace(r, vectors=np.stack([next(vectors) for _ in r.records]))
        if r.records and isinstance(r.records[0], Quotation)
        else r
        for r in readings
    )


def _prose(article: Article) -> str:
    """The text without its boilerplate, which two publishers' copies do not share."""
    kept, at = [], 0
    for stretch in article.boilerplate:
        kept.append(article.text[at : stretch.start])
        at = stretch.end
    return "".join((*kept, article.text[at:]))
