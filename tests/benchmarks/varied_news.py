"""News of many kinds, invented for training the selector, with questions and the sentences that answer them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from pathlib import Path

FILE = Path(__file__).resolve().parent.parent / "data" / "varied_news.txt"

_HEAD = re.compile(r"# (?P<id>\S+) \| (?P<day>[\d-]+) \| ?(?P<title>.*)")
_NEXT_HEAD = re.compile(r"## (?P<day>[\d-]+) \| ?(?P<title>.*)")
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
    """An article, or several reports of one story; each sentence has the headline that it stands under."""

    id: str
    published: date
    title: str
    sentences: tuple[str, ...]
    headlines: tuple[str, ...]
    questions: tuple[NewsQuestion, ...]


def articles(file: Path = FILE) -> Iterator[NewsArticle]:
    """The articles of the file; ValueError where a line has no such form."""
    for block in file.read_text(encoding="utf-8").strip().split("\n\n"):
        head, *lines = block.splitlines()
        match = _matched(_HEAD, head)
        day, title = date.fromisoformat(match["day"]), match["title"]
        sentences, headlines, asked = [], [], []
        for line in lines:
            if line.startswith("##"):
                title = _matched(_NEXT_HEAD, line)["title"]
            elif line.startswith("?"):
                asked.append(line)
            else:
                sentences.append(line)
                headlines.append(title)
        article = NewsArticle(match["id"], day, match["title"], tuple(sentences), tuple(headlines), ())
        yield with_questions(article, asked)


def with_questions(article: NewsArticle, lines: Sequence[str]) -> NewsArticle:
    """An article with the questions of `lines`; ValueError where one has no such form."""
    asked = tuple(_question(line, article.id, article.published, article.sentences) for line in lines)
    return replace(article, questions=asked)


def reports(story: NewsArticle) -> list[NewsArticle]:
    """What stands under each headline, without questions: the articles that a collection has of a story."""
    if len(set(story.headlines)) == 1:
        return [replace(story, questions=())]
    told = groupby(zip(story.headlines, story.sentences, strict=True), key=lambda pair: pair[0])
    found = []
    for n, (title, pairs) in enumerate(told):
        sentences = tuple(sentence for _, sentence in pairs)
        headlines = (title,) * len(sentences)
        found.append(NewsArticle(f"{story.id}/{n}", story.published, title, sentences, headlines, ()))
    return found


def _question(line: str, article_id: str, day: date, sentences: Sequence[str]) -> NewsQuestion:
    if line.startswith("?? "):
        return NewsQuestion(line[3:], article_id, day, (), "")
    match = _matched(_QUESTION, line)
    gold = tuple(sentences[int(n)] for n in match["gold"].split(","))
    return NewsQuestion(match["text"], article_id, day, gold, match["fact"])


def _matched(form: re.Pattern[str], line: str) -> re.Match[str]:
    match = form.fullmatch(line)
    if match is None:
        raise ValueError(f"a line has not the form that it begins with: {line!r}")
    return match
