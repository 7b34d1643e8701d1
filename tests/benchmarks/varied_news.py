"""News of many kinds, invented for training the selector, with questions and the sentences that answer them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

FILE = Path(__file__).resolve().parent.parent / "data" / "varied_news.txt"

_HEAD = re.compile(r"# (?P<id>\S+) \| (?P<day>[\d-]+) \| ?(?P<title>.*)")
_QUESTION = re.compile(r"\? (?P<text>.+?) => (?P<fact>.+?) :: (?P<gold>[\d,]+)")


@dataclass(frozen=True, slots=True)
class NewsQuestion:
    """A question with the sentences of its article that answer it, none where no article does; `fact` they hold."""

    text: str
    article_id: str
    asked_on: date
    gold: tuple[str, ...]
    fact: str


@dataclass(frozen=True, slots=True)
class NewsArticle:
    """An article, a sentence a line."""

    id: str
    published: date
    title: str
    sentences: tuple[str, ...]
    questions: tuple[NewsQuestion, ...]


def articles(file: Path = FILE) -> Iterator[NewsArticle]:
    """The articles of the file; ValueError where a line has no such form."""
    for block in file.read_text(encoding="utf-8").strip().split("\n\n"):
        head, *lines = block.splitlines()
        match = _HEAD.fullmatch(head)
        if match is None:
            raise ValueError(f"no article begins with {head!r}")
        day = date.fromisoformat(match["day"])
        sentences = tuple(line for line in lines if not line.startswith("?"))
        asked = tuple(_question(line, match["id"], day, sentences) for line in lines if line.startswith("?"))
        yield NewsArticle(match["id"], day, match["title"], sentences, asked)


def _question(line: str, article_id: str, day: date, sentences: tuple[str, ...]) -> NewsQuestion:
    if line.startswith("?? "):
        return NewsQuestion(line[3:], article_id, day, (), "")
    match = _QUESTION.fullmatch(line)
    if match is None:
        raise ValueError(f"no question has the form of {line!r}")
    gold = tuple(sentences[int(n)] for n in match["gold"].split(","))
    return NewsQuestion(match["text"], article_id, day, gold, match["fact"])
