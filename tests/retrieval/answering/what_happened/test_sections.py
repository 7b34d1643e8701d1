from __future__ import annotations

import pytest

from retrieval.answering.what_happened.sections import under_another_heading
from retrieval.search.words import stems

LISTED = """Ennor and Ulm celebrate the harvest this week.

Ulm

20th Harvest Parade

When: 16 September, noon

Where: Mill Street

Ennor

Harvest fair

When: 10 September

Parade at 2 p.m.
"""


@pytest.mark.parametrize(
    ("place", "name", "expected"),
    [
        ("Parade at 2 p.m.", "Ulm", True),  # what is told under Ennor
        ("Parade at 2 p.m.", "Ennor", False),  # the heading before last counts with the last
        ("When: 16 September", "Ulm", False),
        ("celebrate", "Ulm", False),  # before all headings
        ("Parade at 2 p.m.", "Lisbon", False),  # heads nothing
        ("When: 16 September", "Harvest", False),  # heads this too
    ],
)
def test_a_section_is_about_what_heads_it(place: str, name: str, expected: bool) -> None:
    assert under_another_heading(LISTED, LISTED.index(place), stems(name)) is expected


def test_a_text_without_headings_is_about_all_it_names() -> None:
    text = "The Ulm bridge was opened. It rained.\n\nIn Ennor the parade began at 2 p.m. on Friday."
    assert not under_another_heading(text, text.index("parade"), stems("Ulm"))
