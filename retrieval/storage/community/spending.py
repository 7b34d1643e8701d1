"""What the language model was spent on today, by whom, in the catalogue: all processes count together."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from retrieval.storage.connection import Connections


class Spending:
    """Tokens spent today, in all and by each asker. Safe to use from several threads and processes."""

    def __init__(self, connections: Connections, today: Callable[[], date]) -> None:
        self._connections, self._today = connections, today

    def spend(self, asker: str | None, tokens: int) -> None:
        """Count `tokens`; what was spent before today is deleted."""
        day = self._today().isoformat()
        with self._connections.transaction() as connection:
            connection.execute("DELETE FROM spending WHERE day < ?", (day,))
            connection.execute(
                "INSERT INTO spending (day, asker, tokens) VALUES (?, ?, ?)"
                " ON CONFLICT (day, asker) DO UPDATE SET tokens = tokens + excluded.tokens",
                (day, asker or "", tokens),
            )

    def spent(self, asker: str | None = None) -> int:
        """The tokens spent today, in all or by one asker."""
        query, values = "SELECT coalesce(sum(tokens), 0) FROM spending WHERE day = ?", [self._today().isoformat()]
        if asker is not None:
            query, values = f"{query} AND asker = ?", [*values, asker]
        (tokens,) = self._connections.read().execute(query, values).fetchone()
        return int(tokens)

    def forget(self, asker: str) -> None:
        """Delete whose tokens they were; that they were spent stays."""
        with self._connections.transaction() as connection:
            connection.execute(
                "INSERT INTO spending (day, asker, tokens) SELECT day, '', tokens FROM spending WHERE asker = :asker"
                " ON CONFLICT (day, asker) DO UPDATE SET tokens = tokens + excluded.tokens",
                {"asker": asker},
            )
            connection.execute("DELETE FROM spending WHERE asker = ? AND asker != ''", (asker,))
