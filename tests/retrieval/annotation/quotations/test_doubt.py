"""A pronoun beside another name is nobody's for certain."""

import pytest

from retrieval.annotation.quotations.doubt import without_guesses
from retrieval.schema import Quotation, QuotationKind, Stretch

CASES = [
    ("Roe’s lawyer, Jane Poe, said her client was ill. “It is bad,” she said.", "Ada Roe", None),
    ("Its keeper, Jane Poe, told visitors to go. “It is bad,” she said.", "Ada Roe", None),
    ("Ada Roe met Jane Poe at noon. “It is bad,” she said.", "Ada Roe", "Ada Roe"),
    ("Roe shrugged. “It is bad,” she said.", "Ada Roe", "Ada Roe"),
    ("The Lowmouth Harbour Board met at noon. “It is bad,” she said.", "Ada Roe", "Ada Roe"),
    ("“It is bad,” she said.", "Ada Roe", "Ada Roe"),
]


@pytest.mark.parametrize(("text", "resolved", "speaker"), CASES)
def test_a_speaker_is_unclear_where_the_paragraph_names_somebody_else(
    text: str, resolved: str, speaker: str | None
) -> None:
    said, she = text.index("It is"), text.rindex("she")
    quotation = Quotation(
        (Stretch(said, said + 9),), QuotationKind.DIRECT, mention=Stretch(she, she + 3), speaker=resolved
    )
    (read,) = without_guesses(text, [Stretch(0, len(text))], [quotation])
    assert read.speaker == speaker


def test_a_name_is_no_guess() -> None:
    text = "Jane Poe left. “It is bad,” said Roe."
    quotation = Quotation((Stretch(16, 25),), QuotationKind.DIRECT, mention=Stretch(33, 36), speaker="Ada Roe")
    assert without_guesses(text, [Stretch(0, len(text))], [quotation]) == [quotation]
