import pytest

from retrieval.annotation.quotations.marks import quoted_stretches
from retrieval.annotation.quotations.signatures import signed
from retrieval.annotation.sentences import paragraphs


def signer(text):
    """The name found for the last quotation of `text`."""
    within = paragraphs(text)
    q = quoted_stretches(text, within)[-1]
    here = next(i for i, p in enumerate(within) if p.start <= q.start < p.end)
    found = signed(text, q, within[here - 1] if here else None)
    return text[slice(*found.mention)] if found and found.mention else None


@pytest.mark.parametrize(
    "text",
    [
        "“We waited ten years for it.” – Mara Lindqvist, 31, of Port Hale",
        "“We waited ten years for it.”\n\n—Mara Lindqvist",
        "Mara Lindqvist, 31, Port Hale\n\n“We waited ten years for it.”",
        "Mara Lindqvist:\n\n“We waited ten years for it.”",
    ],
)
def test_a_name_on_a_line_of_its_own_signs_the_quotation(text):
    assert signer(text) == "Mara Lindqvist"


@pytest.mark.parametrize(
    "text",
    [
        "“We waited ten years for it.” – and then it rained.",
        "“We waited ten years for it.” – Monday",
        "Mara Lindqvist walked to the harbour.\n\n“We waited ten years for it.”",
        "Port Workers Win Long Fight\n\n“We waited ten years for it.”",
    ],
)
def test_an_afterthought_a_sentence_or_a_headline_signs_nothing(text):
    assert signer(text) is None
