"""How often one person may ask."""

from __future__ import annotations

import math
import time
from collections import OrderedDict, deque
from collections.abc import Callable

from retrieval.errors import NotReady

_PEOPLE = 10_000  # remembered at once; those who asked longest ago are forgotten first


class TooOften(NotReady):
    """Somebody asks faster than they may; ``first`` is False from the second refusal in a row on."""

    def __init__(self, seconds: float, *, first: bool) -> None:
        whole = max(1, math.ceil(seconds))
        super().__init__(f"That is a lot at once: ask again in {whole} second{'s' if whole > 1 else ''}.")
        self.first = first


class Cooldown:
    """At most `rate` questions in any `per` seconds from one person."""

    def __init__(self, rate: int = 5, per: float = 20.0, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate, self._per, self._clock = rate, per, clock
        self._asked: OrderedDict[int, deque[float]] = OrderedDict()
        self._refused: set[int] = set()

    def spend(self, user_id: int) -> None:
        """Count a question of this person; raises TooOften where it is one too many."""
        now = self._clock()
        asked = self._asked.setdefault(user_id, deque())
        self._asked.move_to_end(user_id)
        while len(self._asked) > _PEOPLE:
            self._refused.discard(self._asked.popitem(last=False)[0])
        while asked and asked[0] <= now - self._per:
            asked.popleft()
        if len(asked) >= self._rate:
            first = user_id not in self._refused
            self._refused.add(user_id)
            raise TooOften(asked[0] + self._per - now, first=first)
        self._refused.discard(user_id)
        asked.append(now)
