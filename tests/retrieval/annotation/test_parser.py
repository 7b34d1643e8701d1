import pytest

from retrieval.annotation.parser import load_parser, parse
from retrieval.errors import NotConfigured


def test_a_model_that_is_not_installed_is_refused_with_a_sentence_that_names_it():
    with pytest.raises(NotConfigured, match="no_such_model is not installed"):
        load_parser("no_such_model")


@pytest.mark.model
def test_each_sentence_stays_one_sentence():
    texts = ["“Leave. Now. All of you,” she said.", "It rained."]
    docs = list(parse(load_parser(), texts))
    assert [doc.text for doc in docs] == texts
    assert [len(list(doc.sents)) for doc in docs] == [1, 1]


@pytest.mark.model
def test_the_model_is_loaded_once():
    assert load_parser() is load_parser()
