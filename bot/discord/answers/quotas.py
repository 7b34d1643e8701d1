"""How many questions a member, and a server, may ask in a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

from bot.discord.scope import Place
from bot.discord.stored import Stored
from retrieval.errors import NotReady
from retrieval.schema.community import ServerSettings


class QuotaReached(NotReady):
    """The questions of the day are spent; the sentence says whose, how many, and until when."""


class Quotas:
    """Counts in memory, so that nobody waits for a write, and writes behind; a restart goes on counting."""

    def __init__(self, stored: Stored, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._stored, self._now = stored, now
        self._counts: dict[tuple[int, date], dict[int, int]] = {}

    async def spend(self, place: Place, settings: ServerSettings) -> None:
        """Count a question; raises QuotaReached where it is one too many."""
        if place.server is None or (settings.member_quota is None and settings.server_quota is None):
            return
        zone = self._stored.zone(settings)
        server, member, day = place.server, place.member, self._now().astimezone(zone).date()
        counts = await self._on(server, day)
        until = f"ask again tomorrow (a day begins at midnight, {zone.key})"
        if settings.member_quota is not None and counts.get(member, 0) >= settings.member_quota:
            raise QuotaReached(f"You have asked all of your {_questions(settings.member_quota)} of today: {until}.")
        if settings.server_quota is not None and sum(counts.values()) >= settings.server_quota:
            raise QuotaReached(
                f"This server has asked all of its {_questions(settings.server_quota)} of today: {until}."
            )
        counts[member] = counts.get(member, 0) + 1
        self._stored.in_background(lambda community: community.count_question(server, member, day))

    async def _on(self, server: int, day: date) -> dict[int, int]:
        if (server, day) not in self._counts:
            for key in [key for key in self._counts if key[0] == server]:
                del self._counts[key]
            read = await self._stored(lambda community: community.questions_on(server, day))
            self._counts.setdefault((server, day), read)
        return self._counts[(server, day)]


def _questions(count: int) -> str:
    return f"{count} question{'s' if count != 1 else ''}"
