"""The labels over the sample articles fit the articles, by plain parsing that shares no code with the product."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import frontmatter
import lxml.html
import pytest
import trafilatura

ROOT = Path(__file__).parent.parent
ARTICLES = ROOT / "docs_store" / "articles"
DATA = Path(__file__).parent / "data"


def labels(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


def read(path: Path) -> list[tuple[str, str]]:
    """The id and text of every article in a file."""
    raw = path.read_text(encoding="utf-8")
    match path.suffix:
        case ".md":
            page = frontmatter.loads(raw)
            return [(str(page["url"]), page.content)]
        case ".html":
            tree = lxml.html.fromstring(raw)
            text = trafilatura.extract(raw, include_comments=False)
            return [(tree.xpath("string(//link[@rel='canonical']/@href)"), text or "")]
        case ".jsonl":
            return [(record["id"], record["text"]) for record in map(json.loads, raw.splitlines())]
        case _:
            return [(f"articles/{path.name}", raw)]


@cache
def articles() -> dict[str, str]:
    pairs = [pair for path in sorted(ARTICLES.iterdir()) for pair in read(path)]
    assert len(dict(pairs)) == len(pairs), "two articles under one id"
    return dict(pairs)


def plain(text: str) -> str:
    return text.casefold().translate(str.maketrans("‘’“”", "''\"\""))


def test_twenty_articles_of_several_publishers_in_every_format() -> None:
    assert len(articles()) == 20
    assert {path.suffix for path in ARTICLES.iterdir()} == {".md", ".txt", ".html", ".jsonl"}
    assert all(200 <= len(text.split()) <= 450 for text in articles().values())
    sources = {frontmatter.load(str(path)).get("source") for path in ARTICLES.glob("*.md")}
    assert len(sources) >= 4


def test_ids_and_questions_are_unique() -> None:
    rows = labels("questions.jsonl")
    assert len({row["id"] for row in rows}) == len(rows)
    assert len({plain(row["question"]) for row in rows}) == len(rows)


def test_enough_questions_of_every_sort() -> None:
    rows = labels("questions.jsonl")
    assert len(rows) >= 170
    assert sum(not row["answerable"] for row in rows) >= 45
    assert sum(row["multi"] for row in rows) >= 35
    kinds = "number amount day duration person body place title yes-no reason list definition position"
    assert {*kinds.split(), "who-said", "when", "other"} == {row["kind"] for row in rows}


@pytest.mark.parametrize("name", ["quotations.jsonl", "events.jsonl"])
def test_labelled_words_stand_in_their_article(name: str) -> None:
    for row in labels(name):
        pieces = [row["text"]] if isinstance(row["text"], str) else row["text"]
        for piece in pieces:
            assert piece, row
            assert piece in articles()[row["article_id"]], row


def test_gold_stands_in_its_article_and_holds_the_facts() -> None:
    for row in labels("questions.jsonl"):
        assert bool(row["gold"]) == bool(row["facts"]) == row["answerable"] == ("why" not in row), row
        for gold in row["gold"]:
            assert gold["text"] in articles()[gold["article_id"]], row
        shown = plain(" ".join(gold["text"] for gold in row["gold"]))
        for fact in row["facts"]:
            assert all(plain(form) in shown for form in fact.split("|")), (row["question"], fact)


def test_about_two_fifths_of_every_sort_of_question_are_held_out() -> None:
    rows = labels("questions.jsonl")
    assert {row["split"] for row in rows} == {"develop", "held-out"}
    sorts = Counter((row["answerable"], row["multi"], row["split"]) for row in rows)
    for answerable, multi in [(True, False), (True, True), (False, False)]:
        held_out, develop = sorts[answerable, multi, "held-out"], sorts[answerable, multi, "develop"]
        assert 0.33 <= held_out / (held_out + develop) <= 0.47


def test_quotations_name_kind_speaker_and_stance() -> None:
    rows = labels("quotations.jsonl")
    assert {row["kind"] for row in rows} == {"direct", "indirect", "mixed"}
    assert {row["stance"] for row in rows} == {"said", "denied", "declined", "not said"}
    for row in rows:
        # the name as the article gives it; a body may stand there with another kind of apostrophe
        assert plain(row["speaker"]) in plain(articles()[row["article_id"]]), row


def test_events_are_dated_in_order() -> None:
    rows = labels("events.jsonl")
    assert len(rows) >= 40
    assert {row["status"] for row in rows} == {"happened", "scheduled", "hypothetical", "denied"}
    for row in rows:
        if row["from"] is None and row["to"] is None:
            assert row["value"].startswith("XXXX"), row
        elif row["from"] and row["to"]:
            assert date.fromisoformat(row["from"]) <= date.fromisoformat(row["to"]), row
