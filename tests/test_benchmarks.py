"""Every benchmark starts: none is left behind by a change of what it measures."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

from tests import benchmarks

NAMES = [module.name for module in pkgutil.iter_modules(benchmarks.__path__) if not module.ispkg]


@pytest.mark.parametrize("name", NAMES)
def test_a_benchmark_is_importable(name: str) -> None:
    importlib.import_module(f"tests.benchmarks.{name}")
