"""How the work on a text grows with its length."""

from __future__ import annotations

import time
from collections.abc import Callable


def assert_linear(work: Callable[[str], object], piece: str, *, size: int = 2_000) -> None:
    """Fail where eight times the text takes thirty times the processor's time, or more.

    A ratio, and of eight times the text, so that a quadratic cost (64) stands out from a linear one (8) on any
    machine. `size`, in repetitions of `piece`, is doubled until the shorter text takes what a clock can tell.
    """
    while (once := _seconds(work, piece * size)) < 0.01 and size * len(piece) < 250_000:
        size *= 2
    assert _seconds(work, piece * size * 8) < 30 * max(once, 0.002)


def _seconds(work: Callable[[str], object], text: str) -> float:
    taken = []
    for _ in range(3):  # the machine has other things to do, too
        began = time.process_time()
        work(text)
        taken.append(time.process_time() - began)
    return min(taken)
