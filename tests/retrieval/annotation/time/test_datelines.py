"""Where a report begins behind its dateline."""

from __future__ import annotations

import pytest

from retrieval.annotation.time.datelines import after_dateline


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("HARBOUR CITY, July 19 (Wire) — The dam held.", "The dam held."),
        ("PORT HALE -- The dam held.", "The dam held."),
        ("Port Hale (Wire) – The dam held.", "The dam held."),
        ("PORT HALE, Me., May 3, 2024 - The dam held.", "The dam held."),
        ("(WNN) The dam held.", "The dam held."),
        ("Ulm Airways (UAW) Chief Jo Roe left.", "Ulm Airways (UAW) Chief Jo Roe left."),
        ("NATO is ready - for now.", "NATO is ready - for now."),
        ("The dam — an old one — held.", "The dam — an old one — held."),
    ],
)
def test_the_place_before_a_report_is_no_part_of_its_first_sentence(text: str, rest: str) -> None:
    assert text[after_dateline(text) :] == rest
