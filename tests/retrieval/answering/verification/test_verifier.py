"""Lies are caught and true sentences pass, over articles written for these tables and over the samples."""

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
from retrieval.answering.verification.cited import CitedPassage, Fault, Verdict
from retrieval.answering.verification.entailment import TaughtEntailment
from retrieval.answering.verification.sources import said_in
from retrieval.answering.verification.verifier import Verifier
from retrieval.reading.files import read_file
from retrieval.schema import Article
from retrieval.storage.encoding.embedding import SentenceTransformerEmbedder

CASES = Path(__file__).parent / "cases"
SAMPLES = Path(__file__).parents[4] / "docs_store" / "articles"


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (CASES / name).read_text(encoding="utf-8").splitlines()]


@cache
def passage(name: str) -> CitedPassage:
    """A whole article as one passage: one of this folder's, or a sample by its file (and its id in it)."""
    written = [r for part in ("", "more_", "third_", "chat_") for r in rows(f"{part}articles.jsonl") if r["id"] == name]
    if written:
        (row,) = written
        published = date.fromisoformat(row["published"])
        article = Article(id=name, text=row["text"], title=row["title"], source=row["source"], published=published)
    else:
        file, _, wanted = name.partition("#")
        read = [a for a in read_file(SAMPLES / file, name=file) if isinstance(a, Article)]
        (article,) = [a for a in read if not wanted or a.id == wanted]
    text, day = article.text, article.published_on
    said = said_in(text, 0, len(text), QuotationAnnotator().annotate(article))
    return CitedPassage("p1", text, tuple(sentences(text)), article.title, article.source, day, said, text)


@cache
def verifier() -> Verifier:
    embed = SentenceTransformerEmbedder().embed_documents
    return Verifier(lambda texts: parse(load_parser(), texts), embed, bears_out=TaughtEntailment())


@cache
def by_grammar() -> Verifier:
    return Verifier(lambda texts: parse(load_parser(), texts), SentenceTransformerEmbedder().embed_documents)


def verdict(case: dict[str, Any]) -> Verdict:
    return verifier().verify(case["sentence"], case.get("keys", ["p1"]), {"p1": passage(case["article"])})


def shown_as_written(case: dict[str, Any]) -> bool:
    found = verdict(case)
    return found.supported and "[according to" not in found.text


def told(*names: str) -> list[dict[str, Any]]:
    return [case for name in names for case in rows(f"{name}.jsonl")]


@pytest.mark.model
@pytest.mark.parametrize(
    "case", told("lies", "more_lies", "third_lies", "sample_lies"), ids=lambda case: case["sentence"][:60]
)
def test_a_lie_is_not_shown(case: dict[str, Any]) -> None:
    assert not shown_as_written(case)


@pytest.mark.model
def test_of_lies_that_it_was_not_tuned_on_hardly_one_is_shown() -> None:
    """A floor. Of these two tables not a single case was looked at while the checks were written."""
    assert not [case["sentence"] for case in rows("held_out_lies.jsonl") if shown_as_written(case)]
    assert sum(shown_as_written(case) for case in rows("unseen_lies.jsonl")) <= 2


@pytest.mark.model
@pytest.mark.parametrize(("name", "most"), [("chat_lies", 0), ("unread_chat_lies", 1)])
def test_of_lies_as_a_chat_model_words_them_hardly_one_is_shown(name: str, most: int) -> None:
    assert sum(shown_as_written(case) for case in rows(f"{name}.jsonl")) <= most


@pytest.mark.model
@pytest.mark.parametrize(
    ("names", "most"),
    [
        (("sample_truths",), 15),  # close to the article; of 112
        (("truths", "more_truths", "third_truths"), 41),  # freely worded; of 152
        (("held_out_truths", "unseen_truths"), 35),  # freely worded, never looked at; of 84
        (("chat_truths",), 27),  # as a chat model joins and turns sentences; of 42
        (("unread_chat_truths",), 26),  # the same of articles that were not developed on; of 38
    ],
    ids=["close", "free", "held out", "chat", "chat unread"],
)
def test_of_true_paraphrases_no_more_are_refused_than_before(names: tuple[str, ...], most: int) -> None:
    """Floors, not goals: where a true sentence is refused, the article's own stands in its place."""
    refused = [case["sentence"] for case in told(*names) if not verdict(case).supported]
    assert len(refused) <= most, refused


@pytest.mark.model
@pytest.mark.parametrize("name", ["herring-fair-guide.txt", "museum-theft.html", "dunvarrow-budget-vote.md", "bank"])
def test_an_articles_own_sentences_are_borne_out_by_it(name: str) -> None:
    own = [" ".join(text.split()) for text in passage(name).sentence_texts()]
    plain = [
        text for text in own if not set(text) & set('‘’“”"[') and text.split()[0] not in ("He", "She", "It", "Its")
    ]
    refused = [text for text in plain if not verdict({"sentence": text, "article": name}).supported]
    assert len(plain) >= 7
    assert refused == []


@pytest.mark.model
def test_whoever_reads_on_decides_of_wording_alone() -> None:
    reads = Verifier(
        lambda texts: parse(load_parser(), texts),
        SentenceTransformerEmbedder().embed_documents,
        bears_out=lambda sentence, excerpts: 100.0,
    )
    exact = {Fault.NUMBER, Fault.DATE, Fault.NAME, Fault.QUOTED_WORDS, Fault.JOINED_QUOTATIONS, Fault.WRONG_SPEAKER}
    passed = kept = 0
    for case in told("lies", "truths"):
        given = {"p1": passage(case["article"])}
        findings = by_grammar().verify(case["sentence"], case.get("keys", ["p1"]), given).findings
        read = reads.verify(case["sentence"], case.get("keys", ["p1"]), given)
        if {f.fault for f in findings} & exact:
            kept += 1
            assert not read.supported
        elif findings and read.supported:
            passed += 1
    assert kept >= 10
    assert passed >= 10


def test_the_table_holds_every_kind_of_lie() -> None:
    for name in ("lies.jsonl", "held_out_lies.jsonl"):
        kinds = Counter(case["kind"] for case in rows(name))
        assert sum(kinds.values()) >= 60
        assert len(kinds) >= 12
