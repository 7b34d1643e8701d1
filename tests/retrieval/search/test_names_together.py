"""A name that is all that a question asks about."""

from retrieval.search.names_together import name_alone


def test_texts_that_have_the_name_as_it_stands() -> None:
    name = name_alone("Who is Ned Field?")
    assert name is not None
    texts = {
        1: "Ned was seen in a field.",
        2: "“So it is,” said Ned Field, a baker.",
        3: "The field. Ned",
        4: "NED FIELD",
    }
    assert [n for n, text in texts.items() if name.search(text)] == [2, 4]


def test_words_apart_and_single_words_are_no_name() -> None:
    assert name_alone("Who sold the mill at Ulm?") is None
    assert name_alone("Who is Field?") is None
    assert name_alone("") is None
