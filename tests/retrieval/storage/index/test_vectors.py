"""Every vector index behaves alike."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from retrieval.schema import Window
from retrieval.storage.articles import publisher_key
from retrieval.storage.encoding.token_states import Vectors
from retrieval.storage.index.ownership import IndexOwner
from retrieval.storage.index.vectors import ChromaVectors, IndexRow, MemoryVectors, VectorIndex


def unit(*values: float) -> np.ndarray:
    row = np.array(values, np.float32)
    return row / np.linalg.norm(row)


@pytest.fixture(params=["memory", "alone", "served", "at a URL"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[VectorIndex]:
    if request.param == "memory":
        yield MemoryVectors()
        return
    owner = IndexOwner(tmp_path, serve=request.param != "alone")
    if request.param == "at a URL":  # a `chroma run` that this store does not own
        owner.client()
        note = owner.served_at()
        assert note is not None
        index = ChromaVectors(IndexOwner(tmp_path / "elsewhere", url=note.url), "test")
    else:
        index = ChromaVectors(owner, "test")
    yield index
    index.close()
    owner.close()


def indexed(
    numbers: Sequence[int], vectors: Vectors, day: int | None = None, source: str | None = None
) -> dict[int, IndexRow]:
    return {n: IndexRow(v, day or 0, publisher_key(source)) for n, v in zip(numbers, vectors, strict=True)}


ROWS = np.stack([unit(1, 0, 0), unit(0.8, 0.6, 0), unit(0, 1, 0), unit(0, 0, 1)])


def test_nearest_comes_first_with_its_cosine(index: VectorIndex) -> None:
    index.add("operator", indexed([1, 2, 3], ROWS[:3], 20260304, "Post"))
    found = index.nearest("operator", unit(1, 0, 0), 3, Window())
    assert [n for n, _ in found] == [1, 2, 3]
    assert [round(c, 2) for _, c in found] == [1.0, 0.8, 0.0]


def test_adding_under_a_known_number_replaces(index: VectorIndex) -> None:
    index.add("operator", indexed([1], ROWS[:1], 20260304, "Post"))
    index.add("operator", indexed([1], ROWS[2:3], 20260305, None))
    assert index.count("operator") == 1
    assert index.nearest("operator", unit(0, 1, 0), 1, Window())[0][1] == pytest.approx(1.0, abs=1e-3)
    assert index.nearest("operator", unit(0, 1, 0), 1, Window(source="Post")) == []


def test_a_window_of_days_and_a_publisher_are_hard_filters(index: VectorIndex) -> None:
    index.add("operator", indexed([1], ROWS[:1], 20260304, "Post"))
    index.add("operator", indexed([2], ROWS[1:2], 20260401, "Courier"))
    index.add("operator", indexed([3], ROWS[2:3], None, "Courier"))

    def found(window: Window) -> list[int]:
        return sorted(n for n, _ in index.nearest("operator", unit(1, 0, 0), 9, window))

    assert found(Window(first=date(2026, 3, 5))) == [2]
    assert found(Window(last=date(2026, 3, 4))) == [1]
    assert found(Window(first=date(2026, 3, 4), last=date(2026, 4, 1))) == [1, 2]
    assert found(Window(source="COURIER")) == [2, 3]
    assert found(Window(first=date(2026, 4, 1), source="Post")) == []


def test_collections_do_not_see_each_other(index: VectorIndex) -> None:
    index.add("operator", indexed([1], ROWS[:1]))
    index.add("server-7", indexed([2], ROWS[:1]))
    assert [n for n, _ in index.nearest("server-7", unit(1, 0, 0), 9, Window())] == [2]


def test_what_is_forgotten_is_found_no_more(index: VectorIndex) -> None:
    index.add("operator", indexed([1, 2], ROWS[:2]))
    index.forget("operator", [1, 99])
    assert [n for n, _ in index.nearest("operator", unit(1, 0, 0), 9, Window())] == [2]
    index.drop("operator")
    assert index.count("operator") == 0
    index.drop("never there")


def test_more_rows_than_chroma_takes_at_once(index: VectorIndex) -> None:
    rng = np.random.default_rng(0)
    rows = rng.normal(size=(1_200, 8)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    index.add("operator", indexed(list(range(1, 1_201)), rows))
    assert index.count("operator") == 1_200
    assert index.nearest("operator", rows[700], 1, Window())[0][0] == 701


def test_what_another_thread_drops_between_two_steps_is_opened_anew(tmp_path: Path) -> None:
    class Emptied(dict[tuple[int, str], Any]):
        """As it is where another thread drops a collection after every look at it."""

        def __contains__(self, key: object) -> bool:
            known = super().__contains__(key)
            self.clear()
            return known

        def get(self, key: tuple[int, str], default: Any = None) -> Any:
            value = super().get(key, default)
            self.clear()
            return value

    owner = IndexOwner(tmp_path)
    index = ChromaVectors(owner, "test")
    index._opened = Emptied()
    index.add("operator", indexed([1], ROWS[:1]))
    assert [index.count("operator") for _ in range(3)] == [1, 1, 1]
    index.close()
    owner.close()
