"""Tokens spent: counted for a day, in all and by asker, by several processes together."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from retrieval.storage.community.spending import Spending
from retrieval.storage.connection import Connections


def test_tokens_are_counted_by_asker_and_in_all_until_the_day_is_over(tmp_path: Path) -> None:
    today = date(2026, 3, 4)
    connections = Connections(tmp_path / "catalogue.sqlite")
    spending, other = (Spending(connections, lambda: today) for _ in range(2))
    spending.spend("ann", 100)
    other.spend("ann", 20)
    spending.spend("bob", 5)
    spending.spend(None, 1)
    assert (spending.spent(), spending.spent("ann"), other.spent("bob")) == (126, 120, 5)
    spending.forget("ann")
    assert (spending.spent(), spending.spent("ann")) == (126, 0)
    today += timedelta(days=1)
    assert spending.spent() == 0
    connections.close()
