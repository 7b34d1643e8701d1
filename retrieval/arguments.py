"""What callers hand in, checked, and as SQLite can take it: NUL and lone surrogates, which no article has, become
U+FFFD."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar, cast, overload

from retrieval.errors import BadInput
from retrieval.reading.decoding import well_formed
from retrieval.schema import QuotationQuery, Window
from retrieval.storage.articles import collection_named

_T = TypeVar("_T", bound=str | Window | QuotationQuery | None)
_K = TypeVar("_K", bound=int | None)


def taken(value: _T) -> _T:
    """A text, a window or a query with its texts well-formed; None stays None."""
    if isinstance(value, str):
        return cast("_T", well_formed(value))
    if isinstance(value, Window):
        return cast("_T", replace(value, source=taken(value.source)))
    if isinstance(value, QuotationQuery):
        changed = replace(value, speaker=taken(value.speaker), about=taken(value.about), source=taken(value.source))
        return cast("_T", changed)
    return value


def all_taken(values: str | Sequence[str]) -> tuple[str, ...]:
    """Several texts, or one alone, each well-formed: a text is never taken letter by letter."""
    return tuple(map(well_formed, [values] if isinstance(values, str) else values))


def one_named(collection: str) -> str:
    """The name of a collection; BadInput for what can be none."""
    return collection_named(collection)


@overload
def all_named(collections: str | Sequence[str]) -> tuple[str, ...]: ...
@overload
def all_named(collections: str | Sequence[str] | None) -> tuple[str, ...] | None: ...
def all_named(collections: str | Sequence[str] | None) -> tuple[str, ...] | None:
    """The names of collections, or one alone, None for all; BadInput for what can be none."""
    if collections is None:
        return None
    return tuple(map(collection_named, [collections] if isinstance(collections, str) else collections))


def count_taken(k: _K) -> _K:
    """How many are wanted at most, None for all; BadInput where that is none."""
    if k is not None and k < 1:
        raise BadInput(f"At most {k} cannot be found: give a k of 1 or more.")
    return k
