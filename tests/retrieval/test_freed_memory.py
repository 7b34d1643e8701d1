"""What was freed goes back to the system."""

from __future__ import annotations

import sys

import numpy as np
import psutil
import pytest

from retrieval.freed_memory import give_back


@pytest.mark.skipif(sys.platform != "linux", reason="glibc alone is told")
def test_memory_that_was_freed_in_pieces_is_given_back() -> None:
    process = psutil.Process()
    pieces = [np.ones(2_000) for _ in range(4_000)]  # 64 MB, each too small to be mapped by itself
    kept = pieces[::50]
    full = process.memory_info().rss
    del pieces
    give_back()
    assert full - process.memory_info().rss > 20_000_000
    assert kept
