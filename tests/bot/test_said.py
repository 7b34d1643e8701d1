"""A found quotation in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.said import words_of
from retrieval.schema import QuotationKind, Stance
from tests.answers import quotation


@pytest.mark.parametrize(
    ("kind", "cue", "stance", "shown"),
    [
        (QuotationKind.INDIRECT, "asked", Stance.SAID, "asked: to be paid"),
        (QuotationKind.INDIRECT, "had asked", Stance.SAID, "asked: to be paid"),
        (QuotationKind.MIXED, "called for", Stance.SAID, "called for: to be paid"),
        (QuotationKind.INDIRECT, "said", Stance.SAID, "to be paid"),
        (QuotationKind.INDIRECT, "According to", Stance.SAID, "to be paid"),
        (QuotationKind.INDIRECT, "claim … said", Stance.SAID, "to be paid"),
        (QuotationKind.INDIRECT, "", Stance.SAID, "to be paid"),
        (QuotationKind.INDIRECT, "denied", Stance.DENIED, "denied: to be paid"),
        (QuotationKind.INDIRECT, "declined", Stance.DECLINED, "declined to be paid"),
        (QuotationKind.DIRECT, "asked", Stance.SAID, "“to be paid”"),
    ],
)
def test_reported_words_show_how_they_were_said_where_that_is_not_plain(
    kind: QuotationKind, cue: str, stance: Stance, shown: str
) -> None:
    found = quotation("to be paid", kind=kind)
    found = replace(found, cue=cue, quotation=replace(found.quotation, stance=stance))
    assert words_of(found) == shown
