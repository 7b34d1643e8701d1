"""Which quotations are on a topic: by meaning, by its words, by the names in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from retrieval.annotation.said import extent, said_in
from retrieval.annotation.sentences import SentencesNear
from retrieval.schema import Stretch
from retrieval.search.words import content_words, stem, stems
from retrieval.storage.articles import heads_by_revision
from retrieval.storage.encoding.embedding import Embedder
from retrieval.storage.quotations import StoredQuotation, quotation_vectors, texts_of
from retrieval.storage.store import Store

_NAME = re.compile(r"(?<!^)\b[A-Z][\w-]*[a-z][\w-]*")  # no acronym, which texts may spell out


@dataclass(frozen=True, slots=True)
class TopicSettings:
    """What makes a quotation one about a topic; chosen on the sample articles.

    `cosine` is the least likeness of its sentences by meaning alone; `supported` suffices where `share` of the topic's
    words stand in them, or some there and all others in the title. `words` is the weight of those words in the score.
    `looked_at` are the nearest by meaning whose words are compared. `in_context` is the least likeness with what stands
    around them, for a speaker's `read_again` newest; `articles` how many are read for who else spoke in them. Where
    there are more than `many` quotations, those of the articles alone are compared that the search finds for the topic.
    """

    cosine: float = 0.38
    supported: float = 0.2
    share: float = 0.5
    words: float = 0.35
    looked_at: int = 1_000
    in_context: float = 0.25
    read_again: int = 40
    articles: int = 12
    many: int = 20_000


def near_topic(
    topic: str, rows: Sequence[StoredQuotation], store: Store, embedder: Embedder, settings: TopicSettings
) -> list[tuple[StoredQuotation, float]]:
    """The quotations that are on a topic, each with its score, the nearest first."""
    ordered = sorted(rows, key=lambda row: row.pk)
    vectors = quotation_vectors(store.read(), [row.pk for row in ordered])
    if len(vectors) != len(ordered):  # removed between the two readings
        return []
    cosines = vectors @ embedder.embed_query(topic)
    wanted = {stem(word) for word in content_words(topic)}
    best = np.argsort(-cosines, kind="stable")[: settings.looked_at]
    connection = store.read()
    near = [ordered[i] for i in best]
    revisions = sorted({row.revision for row in near})
    heads, texts = heads_by_revision(connection, revisions), dict(texts_of(connection, revisions))
    cut = {pk: SentencesNear(text) for pk, text in texts.items()}
    naming = {pk for pk, text in texts.items() if names_any(topic, text)}
    scored = []
    for row, cosine in zip(near, (float(cosines[i]) for i in best), strict=True):
        if row.revision not in heads or row.revision not in naming:
            continue
        quotation = row.quotation
        around = said_in(quotation, cut[row.revision](*extent(quotation)))
        sentence = stems(_besides(texts[row.revision], around, quotation.mention))
        share = len(wanted & sentence) / len(wanted) if wanted else 0.0
        with_title = len(wanted & (sentence | stems(heads[row.revision].title))) / len(wanted) if wanted else 0.0
        supported = share >= settings.share or (share > 0.0 and with_title == 1.0)
        if cosine >= settings.cosine or (cosine >= settings.supported and supported) or share == 1.0:
            scored.append((row, cosine + settings.words * (0.7 * share + 0.3 * with_title)))
    return sorted(scored, key=lambda pair: -pair[1])


def names_any(topic: str, text: str) -> bool:
    """Whether an article has a name of the topic; what it says can be about that only then."""
    names = _NAME.findall(topic)
    folded = text.casefold() if names else ""
    return not names or any(name.casefold() in folded for name in names)


def _besides(text: str, said: Stretch, mention: Stretch | None) -> str:
    """The sentence that holds a quotation without who says it: "of the Fishing Union" is not about fish."""
    if mention is None or not said.start <= mention.start < said.end:
        return text[said.start : said.end]
    return f"{text[said.start : mention.start]} {text[mention.end : said.end]}"
