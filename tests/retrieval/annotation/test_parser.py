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


@pytest.mark.model
def test_what_was_parsed_in_the_call_before_is_the_same_in_the_next():
    model = load_parser()
    one, two = "The mayor said the bridge would stay open.", "It was built in 1931."
    first = list(parse(model, [one, two, one]))
    second = list(parse(model, [two, "Nobody came.", one]))
    assert [doc.text for doc in (*first, *second)] == [one, two, one, two, "Nobody came.", one]
    assert [t.dep_ for t in second[2]] == [t.dep_ for t in first[0]]
    assert second[0] is first[1]
