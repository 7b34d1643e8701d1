"""Bylines -> names."""

from __future__ import annotations

import pytest

from retrieval.reading.authors import distinct, split_byline


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("Ann Lee", ("Ann Lee",)),
        ("By Ann Lee and Bo Diaz", ("Ann Lee", "Bo Diaz")),
        ("by: Ann Lee, Bo Diaz, and Cy Young", ("Ann Lee", "Bo Diaz", "Cy Young")),
        ("Ann Lee; Bo Diaz & Cy Young", ("Ann Lee", "Bo Diaz", "Cy Young")),
        ("Ann Lee, Bo Diaz Jr., Cy Young, M.D.", ("Ann Lee", "Bo Diaz Jr.", "Cy Young, M.D.")),
        ("Sammy Davis, Jr.", ("Sammy Davis, Jr.",)),
        ("By Ann Lee, Staff Writer", ("Ann Lee",)),
        ("Ann Lee | Senior Reporter | ann@gazette.example", ("Ann Lee",)),
        ("Ann Lee\nBo Diaz", ("Ann Lee", "Bo Diaz")),
        ("Ann Lee and ann lee", ("Ann Lee",)),
        ("Anderson Byrd", ("Anderson Byrd",)),
        ("https://social.example/ann", ()),
        ("", ()),
        (" , ; ", ()),
    ],
)
def test_a_byline_is_split_into_names(byline: str, names: tuple[str, ...]) -> None:
    assert split_byline(byline) == names


def test_a_list_of_names_is_kept_as_it_is() -> None:
    assert distinct(["Lee, Ann", " By Bo  Diaz", "Lee, Ann", ""]) == ("Lee, Ann", "Bo Diaz")
