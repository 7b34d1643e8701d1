import pytest

from retrieval.annotation.quotations.kinds import is_no_speech, kind_of
from retrieval.annotation.quotations.marks import quoted_stretches
from retrieval.annotation.sentences import paragraphs
from retrieval.schema import QuotationKind, Stretch


@pytest.mark.parametrize(
    ("text", "piece", "kind"),
    [
        ('"It rained," she said.', "It rained,", QuotationKind.DIRECT),
        ("She said it rained.", "it rained", QuotationKind.INDIRECT),
        ('She said it was "raining hard."', 'it was "raining hard."', QuotationKind.MIXED),
        ('She said the so-called "drought" was over.', 'the so-called "drought" was over', QuotationKind.INDIRECT),
        ('She said the film "Dry Land" was long.', 'the film "Dry Land" was long', QuotationKind.INDIRECT),
    ],
)
def test_the_kind_is_what_the_marks_show(text, piece, kind):
    start = text.index(piece)
    quoted = quoted_stretches(text, paragraphs(text))
    assert kind_of(text, [Stretch(start, start + len(piece))], quoted) is kind


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('The so-called "reforms" failed.', True),
        ('The clerk, known as "the Mole," left.', True),
        ('Her novel "The Glass Harbour" won.', True),
        ('On "The Late Hour," she laughed.', True),
        ('He said the film was "too long for me."', False),
        ('He spoke of "the worst year of my life."', False),
        ('She said: "The Glass Harbour is mine."', False),
    ],
)
def test_scare_quotes_and_titles_are_no_speech(text, expected):
    (quoted,) = quoted_stretches(text, paragraphs(text))
    assert is_no_speech(text, quoted) is expected
