"""The news that the benchmarks make is the same at every run, and its questions have answers in it."""

from __future__ import annotations

from tests.benchmarks.made_news import made_news
from tests.benchmarks.peers.coverage import embedded_share


def test_the_same_seed_makes_the_same_news_and_another_seed_other_news() -> None:
    assert made_news(30) == made_news(30)
    assert made_news(30) != made_news(30, seed=1)


def test_articles_are_as_long_as_news_and_some_stories_are_told_twice() -> None:
    articles, questions = made_news(60)
    assert len({a.id for a in articles}) == 60
    lengths = [len(a.text.split()) for a in articles]
    assert 500 < sum(lengths) / len(lengths) < 900
    assert len({a.title for a in articles}) < 60
    ids = {a.id for a in articles}
    assert questions
    assert all(q.article_ids and q.article_ids <= ids for q in questions)


def test_what_a_model_drops_of_a_long_chunk_counts_as_not_read() -> None:
    text = " ".join(f"Sentence {n} tells of the quay." for n in range(200))
    assert embedded_share({"a": text}, [("a", text)]) < 0.3
    pieces = [text[at : at + 500] for at in range(0, len(text), 500)]
    assert embedded_share({"a": text}, [("a", piece) for piece in pieces]) > 0.98
