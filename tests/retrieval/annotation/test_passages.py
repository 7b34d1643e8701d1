"""Passages: whole sentences, exact offsets, within the model's tokens."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.annotation.passages import PassageAnnotator, heading
from retrieval.schema import Stretch
from retrieval.storage.encoding.embedding import HashingEmbedder, SentenceTransformerEmbedder
from tests.conftest import an_article

EMBEDDER = HashingEmbedder()
ANNOTATOR = PassageAnnotator(EMBEDDER.count_tokens, EMBEDDER.max_tokens)


def long_text(sentences: int) -> str:
    return "\n\n".join(
        " ".join(f"In round {p}.{s} the council of Lowmouth spoke of the quay and its cost." for s in range(5))
        for p in range(sentences // 5)
    )


@given(st.text(max_size=2_000))
def test_the_offsets_of_any_text_lead_to_the_words(text: str) -> None:
    for passage in ANNOTATOR.annotate(an_article(text=text)):
        assert passage.sentences[0].start == passage.start
        assert passage.sentences[-1].end == passage.end
        assert all(text[s.start : s.end].strip() == text[s.start : s.end] != "" for s in passage.sentences)


@given(st.text(alphabet=st.sampled_from("a. \n\t“”'’\u0301\u200d🏴é"), max_size=400))
def test_no_word_is_lost_between_passages(text: str) -> None:
    passages = ANNOTATOR.annotate(an_article(text=text))
    covered = "".join(text[s.start : s.end] for p in passages for s in p.sentences)
    assert "".join(covered.split()) == "".join(text.split())


def test_a_long_article_is_cut_into_passages_of_even_length_within_the_tokens() -> None:
    article = an_article(text=long_text(100))
    passages = ANNOTATOR.annotate(article)
    sizes = EMBEDDER.count_tokens([heading(article) + "\n" + article.text[p.start : p.end] for p in passages])
    assert max(sizes) <= EMBEDDER.max_tokens
    assert len(passages) > 3
    assert min(sizes) > 0.5 * max(sizes)


def test_passages_rather_end_where_paragraphs_end() -> None:
    article = an_article(text=long_text(100))
    ends = [article.text[p.end : p.end + 2] for p in ANNOTATOR.annotate(article)]
    assert sum(end == "\n\n" for end in ends[:-1]) >= 0.8 * len(ends[:-1])


def test_boilerplate_is_in_no_passage() -> None:
    text = "The quay closed.\n\nSubscribe now!\n\nThe mayor spoke."
    at = text.index("Subscribe")
    article = dataclasses.replace(an_article(text=text), boilerplate=(Stretch(at, at + 14),))
    assert [text[p.start : p.end] for p in ANNOTATOR.annotate(article)] == ["The quay closed.", "The mayor spoke."]


def test_a_sentence_longer_than_a_passage_is_cut_at_white_space() -> None:
    text = " ".join(["quay"] * 1_000)
    passages = ANNOTATOR.annotate(an_article(text=text))
    assert len(passages) > 3
    assert all(set(text[p.start : p.end].split()) == {"quay"} for p in passages)


def test_a_word_without_end_is_cut_too() -> None:
    text = "a" * 100_000
    passages = ANNOTATOR.annotate(an_article(text=text))
    assert sum(s.end - s.start for p in passages for s in p.sentences) == len(text)


def test_a_headline_of_a_hundred_words_leaves_room_for_the_text() -> None:
    article = an_article(title="word " * 300, text=long_text(50))
    assert EMBEDDER.count_tokens([ANNOTATOR.heading(article)])[0] <= EMBEDDER.max_tokens / 4


def test_an_article_that_is_all_boilerplate_has_no_passages() -> None:
    article = dataclasses.replace(an_article(text="Subscribe now!"), boilerplate=(Stretch(0, 14),))
    assert ANNOTATOR.annotate(article) == []


@pytest.mark.model
def test_passages_fit_the_real_model() -> None:
    embedder = SentenceTransformerEmbedder()
    annotator = PassageAnnotator(embedder.count_tokens, embedder.max_tokens)
    article = an_article(text=long_text(200))
    texts = [annotator.heading(article) + "\n" + article.text[p.start : p.end] for p in annotator.annotate(article)]
    assert max(embedder.count_tokens(texts)) <= embedder.max_tokens == 254
