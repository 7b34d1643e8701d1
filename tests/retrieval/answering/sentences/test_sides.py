"""Who is against something."""

import pytest

from retrieval.answering.sentences.sides import tells_no_opposition


@pytest.mark.parametrize(
    ("question", "sentence", "lacking"),
    [
        ("Who voted against the dam?", "The council voted by 9 to 4 for the dam.", True),
        ("Who voted against the dam?", "All four Greens opposed the dam.", False),
        ("Who opposed the dam?", "Ines Calder said no to it.", False),
        ("Who was dismissed by the club?", "Orrin United sacked its coach.", False),
        ("Who attacked the ship?", "Three boats fired at the ship.", False),
        ("Who supported the dam?", "The council voted for the dam.", False),
    ],
)
def test_whoever_is_against_it_is_not_found_where_nobody_is(question: str, sentence: str, lacking: bool) -> None:
    assert tells_no_opposition(question, sentence) is lacking
