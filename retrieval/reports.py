"""What is told of reading: while it goes on, and in the end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from retrieval.errors import Unreadable
from retrieval.storage.store import Outcome


@dataclass(frozen=True, slots=True)
class Watcher:
    """Who is told how long work goes on. `progress` gets articles done and articles in all."""

    progress: Callable[[int, int], None] = lambda done, total: None
    unreadable: Callable[[Unreadable], None] = lambda error: None


@dataclass(slots=True)
class AddReport:
    """What became of what was handed in.

    `went_in` are the ids of the articles that are new or changed; `gone` the addresses of pages that are no more, whose
    articles stay; `notes` sentences on articles that went in.
    """

    outcomes: dict[Outcome, int] = field(default_factory=dict)
    removed: int = 0
    unreadable: list[Unreadable] = field(default_factory=list)
    went_in: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def count(self, outcome: Outcome) -> int:
        """How many articles came to `outcome`."""
        return self.outcomes.get(outcome, 0)

    def came_to(self, outcome: Outcome, count: int = 1) -> None:
        """Note that `count` articles came to `outcome`."""
        self.outcomes[outcome] = self.count(outcome) + count

    @property
    def changed_anything(self) -> bool:
        """Whether anything went in or out."""
        return bool(self.removed or self.count(Outcome.ADDED) or self.count(Outcome.CHANGED))
