"""Lies are caught and true paraphrases pass, over articles written for this table."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from retrieval.annotation.parser import load_parser, parse
from retrieval.annotation.quotations.annotator import QuotationAnnotator
from retrieval.annotation.sentences import sentences
from retrieval.answering.verification import CitedPassage, Verdict, Verifier
from retrieval.answering.verification.sources import said_in
from retrieval.schema import Article
from retrieval.storage.embedding import SentenceTransformerEmbedder

CASES = Path(__file__).parent / "cases"


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (CASES / name).read_text(encoding="utf-8").splitlines()]


@cache
def passage(name: str) -> CitedPassage:
    (row,) = [
        r
        for r in rows("articles.jsonl") + rows("more_articles.jsonl") + rows("third_articles.jsonl")
        if r["id"] == name
    ]
    text, published = row["text"], date.fromisoformat(row["published"])
    article = Article(id=name, text=text, title=row["title"], source=row["source"], published=published)
    said = said_in(text, 0, len(text), QuotationAnnotator().annotate(article))
    return CitedPassage("p1", text, tuple(sentences(text)), row["title"], row["source"], published, said, text)


@cache
def verifier() -> Verifier:
    embedder = SentenceTransformerEmbedder()
    return Verifier(lambda texts: parse(load_parser(), texts), embedder.embed_documents)


def verdict(case: dict[str, Any]) -> Verdict:
    return verifier().verify(case["sentence"], case.get("keys", ["p1"]), {"p1": passage(case["article"])})


def shown_as_written(case: dict[str, Any]) -> bool:
    found = verdict(case)
    return found.supported and "[according to" not in found.text


@pytest.mark.model
@pytest.mark.parametrize("case", rows("lies.jsonl") + rows("more_lies.jsonl"), ids=lambda case: case["sentence"][:60])
def test_a_lie_is_not_shown(case: dict[str, Any]) -> None:
    assert not shown_as_written(case)


@pytest.mark.model
def test_of_true_paraphrases_at_most_one_in_twenty_is_refused() -> None:
    truths = rows("truths.jsonl") + rows("more_truths.jsonl")
    refused = [case["sentence"] for case in truths if not verdict(case).supported]
    assert len(truths) >= 80
    assert len(refused) <= len(truths) // 20, refused


@pytest.mark.model
def test_of_lies_and_paraphrases_it_was_not_tuned_on_as_many_are_told_apart_as_before() -> None:
    """A floor, not a goal: of the unseen half not a single case was looked at while the checks were written."""
    missed = [case["sentence"] for case in rows("third_lies.jsonl") if shown_as_written(case)]
    assert len(missed) <= 2, missed
    assert sum(shown_as_written(case) for case in rows("unseen_lies.jsonl")) <= 7
    refused = [case for case in rows("third_truths.jsonl") + rows("unseen_truths.jsonl") if not verdict(case).supported]
    assert len(refused) <= 13


def test_the_table_holds_every_kind_of_lie() -> None:
    kinds = Counter(case["kind"] for case in rows("lies.jsonl"))
    assert sum(kinds.values()) >= 80
    assert len(kinds) >= 12
