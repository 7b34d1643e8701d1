"""What keeps OnRecord welcome: a pause between two requests to one host, and robots.txt (RFC 9309)."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from protego import Protego

AGENT = "OnRecord"
"""The name by which robots.txt may address OnRecord."""

_HOSTS = 1000  # remembered at once
_LONGEST_PAUSE = 10.0  # seconds; a site that asks for more gets this
_ROBOTS_LIFETIME = 3600.0  # seconds


class Pauses:
    """When each host may be asked next. Safe to use from several threads; `clock` counts seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._next: OrderedDict[str, float] = OrderedDict()
        self._lock = threading.Lock()

    def reserve(self, host: str, pause: float) -> float:
        """Seconds to wait before asking `host`; the next one to ask waits `pause` longer."""
        with self._lock:
            now = self._clock()
            at = max(now, self._next.pop(host, now))
            self._next[host] = at + min(pause, _LONGEST_PAUSE)
            while len(self._next) > _HOSTS:
                self._next.popitem(last=False)
            return at - now


@dataclass(frozen=True, slots=True)
class Rules:
    """What a site's robots.txt says; `parsed` None: it has none."""

    parsed: Protego | None

    def allow(self, url: str) -> bool:
        """Whether OnRecord may read `url`."""
        return self.parsed is None or bool(self.parsed.can_fetch(url, AGENT))

    @property
    def pause(self) -> float | None:
        """Seconds between requests that the site asks for."""
        delay = None if self.parsed is None else self.parsed.crawl_delay(AGENT)
        return None if delay is None else float(delay)


def rules(text: str | None) -> Rules:
    """The rules of a robots.txt, None where there is none."""
    if not text:
        return Rules(None)
    from protego import Protego

    return Rules(Protego.parse(text))


class RulesSeen:
    """The rules of the sites asked of late. Safe to use from several threads."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._seen: OrderedDict[str, tuple[float, Rules]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, site: str) -> Rules | None:
        """What is known of a site, None where nothing is or where it was read too long ago."""
        with self._lock:
            read, found = self._seen.get(site, (0.0, None))
            return found if found is not None and self._clock() - read < _ROBOTS_LIFETIME else None

    def put(self, site: str, found: Rules) -> None:
        """Remember what a site's robots.txt says."""
        with self._lock:
            self._seen.pop(site, None)
            self._seen[site] = (self._clock(), found)
            while len(self._seen) > _HOSTS:
                self._seen.popitem(last=False)
