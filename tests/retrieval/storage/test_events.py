"""Events as the catalogue gives them."""

from __future__ import annotations

from pathlib import Path

import pytest

from retrieval.schema import OPERATOR, Window
from retrieval.storage.events import events_within
from tests.retrieval.storage.stocked import add, opened

pytestmark = pytest.mark.model


def test_the_events_nearest_to_their_publication_are_counted_in_days_over_the_end_of_a_year(tmp_path: Path) -> None:
    told = {
        "2026-01-01": "The quay at Lowmouth was closed on 31 December 2025.",
        "2026-01-20": "The ferry at Lowmouth came back on 2 January 2026.",
        "2026-05-02": "The mill at Lowmouth burned down on 30 April 2026.",
    }
    with opened(tmp_path) as library:
        add(library, [{"id": day, "title": text, "published": day, "text": text} for day, text in told.items()])
        found = events_within(library._store.read(), [OPERATOR], None, None, Window(), limit=2)
    assert [s.event.when.value for s in found] == ["2025-12-31", "2026-04-30"]
