import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.annotation.quotations.marks import quoted_stretches
from retrieval.annotation.sentences import paragraphs


def inner(text: str) -> list[str]:
    return [text[q.inner.start : q.inner.end] for q in quoted_stretches(text, paragraphs(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"It rained," she said.', ["It rained,"]),
        ("“It rained,” she said.", ["It rained,"]),
        ("‘It rained,’ she said.", ["It rained,"]),
        ("'It rained,' she said.", ["It rained,"]),
        ("''It rained,'' she said.", ["It rained,"]),
        ("``It rained,'' she said.", ["It rained,"]),
        ("«Il pleut», she said.", ["Il pleut"]),
        ("« Il pleut », she said.", [" Il pleut "]),
        ("„Es regnet“, she said.", ["Es regnet"]),
        ('"One," he said, "two."', ["One,", "two."]),
        ("“He told me, ‘Go home,’” she said.", ["He told me, ‘Go home,’"]),
        ("\"He told me, 'Go home,'\" she said.", ["He told me, 'Go home,'"]),
        ('(“It rained.”) "It snowed."', ["It rained.", "It snowed."]),
    ],
)
def test_every_kind_of_mark_is_paired(text, expected):
    assert inner(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The workers' union and the owners' club don't agree.",
        "The workers’ union and the owners’ club don’t agree.",
        "It was the summer of '68, rock 'n' roll and all.",
        "Don't tell 'em.",
        'The screen measures 24" and the other 27".',
        "She is 5' 11\" tall.",
        "There are no marks here.",
        "“”",
    ],
)
def test_apostrophes_inches_and_empty_marks_quote_nothing(text):
    assert inner(text) == []


def test_a_paragraph_that_is_left_open_runs_to_its_end():
    text = "“The first part goes on.\n\n“And here it ends,” she said."
    first, second = quoted_stretches(text, paragraphs(text))
    assert (text[first.inner.start : first.inner.end], first.closed) == ("The first part goes on.", False)
    assert (text[second.inner.start : second.inner.end], second.closed) == ("And here it ends,", True)


def test_a_mark_left_open_in_one_paragraph_does_not_swallow_the_next():
    text = 'He pointed at the 12" ruler.\n\n"It broke," she said.'
    assert inner(text) == ["It broke,"]


@given(st.text(alphabet="ab .,\n'\"“”‘’«»„`", max_size=80))
def test_quoted_stretches_are_in_the_text_in_order_and_apart(text):
    found = quoted_stretches(text, paragraphs(text))
    assert all(0 <= q.start < q.inner.start <= q.inner.end <= q.end <= len(text) for q in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
