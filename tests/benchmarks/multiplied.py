"""A store of any size out of a few hundred articles that are read in full: each is stored again and again under other
names, with its vectors moved a little, since neither the encoder nor the parser is what grows with a collection.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

import numpy as np

from retrieval.annotation.passages import heading
from retrieval.ingestion import Ingestion
from retrieval.library import Library
from retrieval.reading.near_duplicates import bands, similar
from retrieval.schema import OPERATOR, Article, Quotation
from retrieval.storage.index.kept_states import key_of
from retrieval.storage.records import Reading
from retrieval.storage.store import ReadArticle
from tests.benchmarks.made_news import made_news

BASE = 150  # articles that are read in full
_BATCH = 64
_FIRST_DAY = date(2016, 1, 1)
_DAYS = 3_650
_MOVED = 0.25  # the length of what is added to a unit vector
_NAME = re.compile(r"\b[A-Z][a-z]{4,}\b")
_VOWELS, _CONSONANTS = "aeiou", "bcdfghjklmnpqrstvwxyz"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what narrows it, each of which the article that answers lies in."""

    text: str
    article_id: str
    source: str
    published: date
    who_said: str


class Multiplied:
    """Articles without end out of those that a library has read; the same number gives the same article."""

    def __init__(self, library: Library) -> None:
        self._library = library
        articles, questions = made_news(BASE)
        ingestion: Ingestion = library._parts.ingestion(None)
        given = [Article(a.id, a.text, title=a.title, source=a.source, published=a.published) for a in articles]
        self._read = [
            item
            for at in range(0, len(given), _BATCH)
            for item in ingestion.reader.finish(ingestion.reader.begin(given[at : at + _BATCH]))
        ]
        by_id = {item.article.id: n for n, item in enumerate(self._read)}
        self._questions = [(by_id[i], q.text) for q in questions for i in sorted(q.article_ids)[:1]]

    def fill(self, first: int, last: int) -> None:
        """Store the articles from number `first` up to `last`, not included."""
        for at in range(first, last, _BATCH):
            batch = [self._article(number) for number in range(at, min(at + _BATCH, last))]
            self._library._store.add(OPERATOR, batch, similar, self._library._embedder.name)

    def questions(self, count: int, articles: int) -> Iterator[Asked]:
        """Questions about `count` of the first `articles` articles."""
        rng = random.Random(articles)
        while count:
            base, text = rng.choice(self._questions)
            number = base + BASE * rng.randrange(articles // BASE)
            item = self._article(number)
            speakers = [r.speaker for r in _quotations(item) if r.speaker and len(r.speaker.split()) == 2]
            if not speakers:
                continue
            assert item.article.source is not None
            assert isinstance(item.article.published, date)
            yield Asked(
                self._renamed(text, number),
                item.article.id,
                item.article.source,
                item.article.published,
                f"What did {rng.choice(speakers)} say?",
            )
            count -= 1

    def _article(self, number: int) -> ReadArticle:
        base = self._read[number % BASE]
        rng = np.random.default_rng(number)
        text = self._renamed(base.article.text, number)
        article = replace(
            base.article,
            id=f"article-{number}",
            text=text,
            title=self._renamed(base.article.title, number),
            published=_FIRST_DAY + timedelta(int(rng.integers(_DAYS))),
        )
        moved = base.vectors + rng.normal(scale=_MOVED / base.vectors.shape[1] ** 0.5, size=base.vectors.shape)
        minhash = rng.integers(0, np.iinfo(np.uint32).max, len(base.signature), dtype=np.uint32)
        model = self._library._embedder.name
        keys = [key_of(model, f"{heading(article)}\n{text[p.start : p.end]}") for p in base.passages]
        return replace(
            base,
            article=article,
            vectors=(moved / np.linalg.norm(moved, axis=1, keepdims=True)).astype(np.float32),
            signature=minhash,
            bands=tuple(bands(minhash)),
            readings=tuple(self._other(reading, number) for reading in base.readings),
            states=tuple((key, packed) for key, (_, packed) in zip(keys, base.states, strict=True)),
        )

    def _other(self, reading: Reading, number: int) -> Reading:
        """A reading with the names of another article in it; places stay, as names keep their length."""
        records = tuple(
            replace(
                r,
                speaker=self._renamed(r.speaker, number) if r.speaker else None,
                description=self._renamed(r.description, number) if r.description else None,
            )
            if isinstance(r, Quotation)
            else r
            for r in reading.records
        )
        return replace(reading, records=records)

    def _renamed(self, text: str, number: int) -> str:
        """`text` with other names of the same length; of the first round with its own."""
        round_ = number // BASE
        if round_ == 0:
            return text
        rng = random.Random(round_)
        vowels, consonants = ("".join(rng.sample(letters, len(letters))) for letters in (_VOWELS, _CONSONANTS))
        table = str.maketrans(_VOWELS + _CONSONANTS, vowels + consonants)
        return _NAME.sub(
            lambda m: m.group().lower().translate(table).capitalize() if m.group() in self._names else m.group(), text
        )

    @cached_property
    def _names(self) -> frozenset[str]:
        """Words that are always written with a capital, also inside sentences, and are no days."""
        whole = " ".join(item.article.text for item in self._read)
        inside = set(re.findall(r"(?<=[a-z,;] )[A-Z][a-z]{4,}\b", whole))
        small = set(re.findall(r"\b[a-z]{5,}\b", whole))
        return frozenset(
            word
            for word in inside
            if word.lower() not in small and not re.fullmatch(r"\w+day|\w+uary|March|April|August|\w+ber", word)
        )


def _quotations(item: ReadArticle) -> Sequence[Quotation]:
    return [r for reading in item.readings for r in reading.records if isinstance(r, Quotation)]
