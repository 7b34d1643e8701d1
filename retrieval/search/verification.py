"""Checks a claimed quotation against the articles: who said it, or did nobody? No language model takes part."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from retrieval.annotation.folding import folded_words
from retrieval.annotation.quotations.comparing import Match, MatchKind, compare
from retrieval.errors import BadInput
from retrieval.schema import FoundQuotation, QuotationKind, Window
from retrieval.search.full_text import expression
from retrieval.search.quotations import QuotationSearch
from retrieval.search.speakers import is_named, speaker_query
from retrieval.search.verdicts import Verdict, VerdictKind
from retrieval.storage.articles import heads_by_revision
from retrieval.storage.encoding.embedding import Embedder
from retrieval.storage.passages import searched_passages
from retrieval.storage.quotations import (
    Filters,
    StoredQuotation,
    more_quotations,
    quotation_vectors,
    searched_quotations,
    texts_of,
)
from retrieval.storage.store import Store
from retrieval.storage.word_matches import match_words

_LONGEST = 4_000  # characters of a claim
_LEAST = 2  # words of it: a single word is said by anybody
_PARAPHRASE = 0.6  # least cosine at which a quotation says what the claim says
_MANY = 5_000  # quotations; of more, those of some articles are compared
_PASSAGES = 100  # whose articles are looked at, for each way to find them
_RUN, _STEP, _RUNS = 5, 2, 12  # words; at every second a run begins, and so many are looked for at once
_WORD = re.compile(r"\w+")
_FEWEST = 3  # words in common that make a quotation worth comparing
_PHRASE = 30  # words of a claim that are looked for outside quotations
_SHOWN = 5
_BESIDE_BEST = 0.85  # of the best score: what else is shown
_MARKS = re.compile(r"^[\s\"“”„«»‘’'`>*_]+|[\s\"“”„«»‘’'`*_]+$")


class QuotationVerifier:
    """Verifies quotations. Safe to use from several threads."""

    def __init__(self, store: Store, embedder: Embedder, search: QuotationSearch) -> None:
        self._store, self._embedder, self._search = store, embedder, search

    def verify(self, claim: str, collections: Sequence[str], speaker: str | None = None) -> Verdict:
        """What the articles have of `claim`; BadInput where there are no words in it."""
        text = _MARKS.sub("", claim)
        if len(folded_words(text)) < _LEAST:
            raise BadInput('Give two words or more to look for, such as: onrecord verify "the quay was unsafe".')
        speaker = (speaker or "").strip() or None
        if len(text) > _LONGEST:
            raise BadInput(f"That has {len(text)} characters: give at most {_LONGEST} of it.")
        rows = searched_quotations(self._store.read(), collections, self._looked_at(text, collections))
        meant = self._search.meant(speaker, collections) if speaker else []
        claimed = meant[0].name if len(meant) == 1 else speaker
        words = [" ".join(row_words) for row_words in self._words(rows)]
        near = _worth_comparing(text, words)
        matches = compare(text, [words[i] for i in near])
        if not matches:
            return self._paraphrased(text, rows, collections, claimed)
        return self._matched(text, [rows[i] for i in near], matches, collections, claimed)

    def _looked_at(self, claim: str, collections: Sequence[str]) -> Filters:
        """All quotations; of many, those of articles that have runs of the claim's words, its telling words, or
        passages near it."""
        connection = self._store.read()
        if not more_quotations(connection, collections, _MANY):
            return Filters()
        words = expression(self._store, claim)
        numbers = [
            *(n for runs in _runs(claim) for n in match_words(connection, runs, collections, None, _PASSAGES)),
            *match_words(connection, words.any, collections, None, _PASSAGES, words.rare),
        ]
        found = searched_passages(connection, numbers, collections, Window())
        heads = heads_by_revision(connection, [passage.revision for passage in found.values()])
        return Filters(articles=frozenset(h.id for h in heads.values()) | self._search.articles_on(claim, collections))

    def _words(self, rows: Sequence[StoredQuotation]) -> list[list[str]]:
        texts = dict(texts_of(self._store.read(), sorted({row.revision for row in rows})))
        # Of what was removed since there is no text.
        return [[texts.get(row.revision, "")[p.start : p.end] for p in row.pieces] for row in rows]

    def _matched(
        self,
        claim: str,
        rows: Sequence[StoredQuotation],
        matches: Sequence[Match],
        collections: Sequence[str],
        claimed: str | None,
    ) -> Verdict:
        best = matches[0]
        if best.kind is MatchKind.STITCHED:
            found = self._search.complete([(rows[i], best.score) for i in best.candidates], collections)
            return Verdict(claim, VerdictKind.STITCHED, tuple(found), best.diff, claimed, _all_agree(found, claimed))
        beside = [m for m in matches if m.kind is not MatchKind.STITCHED and m.score >= _BESIDE_BEST * best.score]
        found = self._search.complete([(rows[m.candidates[0]], m.score) for m in beside], collections)
        # Of several who said it, the one claimed; of one speaker's words, those printed as words before those reported.
        order = sorted(
            range(len(found)),
            key=lambda i: (
                -(found[i].score >= best.score - 0.05 and _said_by(found[i], claimed) is True),
                -found[i].score,
                found[i].quotation.kind is QuotationKind.INDIRECT,
                found[i].speaker is None,
            ),
        )
        first = beside[order[0]]
        chosen = tuple(found[i] for i in order)[:_SHOWN]
        kind = VerdictKind.EXACT if first.kind is MatchKind.EXACT else VerdictKind.NEAR
        return Verdict(claim, kind, chosen, first.diff, claimed, _said_by(chosen[0], claimed))

    def _paraphrased(
        self, claim: str, rows: Sequence[StoredQuotation], collections: Sequence[str], claimed: str | None
    ) -> Verdict:
        ordered = sorted(rows, key=lambda row: row.pk)
        vectors = quotation_vectors(self._store.read(), [row.pk for row in ordered])
        if len(ordered) and len(vectors) == len(ordered):
            cosines = vectors @ self._embedder.embed_query(claim)
            best = [i for i in np.argsort(-cosines, kind="stable")[:_SHOWN] if cosines[i] >= _PARAPHRASE]
            found = self._search.complete([(ordered[i], float(cosines[i])) for i in best], collections)
            if found:
                kept = tuple(f for f in found if f.score >= _BESIDE_BEST * found[0].score)
                return Verdict(claim, VerdictKind.PARAPHRASED, kept, (), claimed, _said_by(kept[0], claimed))
        return Verdict(claim, VerdictKind.NOT_FOUND, claimed=claimed, printed=self._printed(claim, collections))

    def _printed(self, claim: str, collections: Sequence[str]) -> str | None:
        """The title of an article that has the claim's words, though not as what somebody said."""
        words = folded_words(claim)[:_PHRASE]
        if len(words) < _FEWEST:
            return None
        connection = self._store.read()
        numbers = match_words(connection, '"' + " ".join(words) + '"', collections, None, 1)
        found = searched_passages(connection, numbers, collections, Window())
        heads = heads_by_revision(connection, [passage.revision for passage in found.values()])
        return next((head.title for head in heads.values()), None)


def _runs(claim: str) -> Iterator[str]:
    """FTS5 expressions for what has a run of the claim's words, which a quotation may break off anywhere; one for each
    part of it, since it may be stitched together."""
    words = _WORD.findall(claim)
    starts = range(0, max(1, len(words) - _RUN + _STEP), _STEP)
    for part in range(0, len(starts), _RUNS):
        yield " OR ".join(f'"{" ".join(words[at : at + _RUN])}"' for at in starts[part : part + _RUNS])


def _worth_comparing(claim: str, texts: Sequence[str]) -> list[int]:
    """The positions of texts that share words with the claim: comparing word by word takes long."""
    wanted = set(folded_words(claim))
    least = min(_FEWEST, len(wanted))
    return [i for i, text in enumerate(texts) if len(wanted.intersection(folded_words(text))) >= least]


def _said_by(found: FoundQuotation, claimed: str | None) -> bool | None:
    if claimed is None or found.speaker is None:
        return None
    query = speaker_query(claimed)
    return is_named(query, found.speaker) or is_named(query, found.quotation.speaker or found.speaker)


def _all_agree(found: Sequence[FoundQuotation], claimed: str | None) -> bool | None:
    each = [_said_by(f, claimed) for f in found]
    if not each or None in each:
        return None
    return all(each)
