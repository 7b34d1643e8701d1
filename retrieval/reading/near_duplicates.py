"""Near-duplicates: the same story from two publishers, or edited again, found by MinHash.

MinHash: A. Broder, On the resemblance and containment of documents, 1997; locality-sensitive hashing by bands:
Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, chapter 3.
"""

from __future__ import annotations

import re
import zlib

import numpy as np
from numpy.typing import NDArray

PERMUTATIONS = 128
_ROWS = 3  # hashes in a band
_SHINGLE = 3  # words
# Copies of one wire story, cut and lightly edited, share well over half of their shingles; two stories of one
# publisher on one topic share its stock of background paragraphs, in news of 2022 up to half.
_ALIKE = 0.5
# A copy cut to its first paragraphs shares less, but nearly all that it has.
_CONTAINED = 0.75
_CONTAINED_ALIKE = 0.25
_LARGEST = np.iinfo(np.uint32).max

_WORD = re.compile(r"\w+")
# Odd constants of 64 bits (the fractional part of the golden ratio and splitmix64's), one for each place in a shingle.
_PLACES = np.array([0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB, 0xD6E8FEB86659FD93], dtype=np.uint64)


def signature(text: str) -> NDArray[np.uint32]:
    """The MinHash signature of a text's words, three at a time: `PERMUTATIONS` hashes.

    A text without words has the signature of the empty set, which resembles nothing.
    """
    from datasketch import MinHash  # half a second to import

    minhash = MinHash(num_perm=PERMUTATIONS, hashfunc=_itself, scheme="affine32")
    minhash.update_batch(_shingles(text))
    return np.asarray(minhash.hashvalues, dtype=np.uint32)


def bands(signature: NDArray[np.uint32]) -> list[int]:
    """The keys under which a signature is looked up: signed integers of 64 bits.

    Two texts that are alike have one in common; a text without words has none.
    """
    if _is_empty(signature):
        return []
    count = len(signature) // _ROWS
    rows = signature[: count * _ROWS].reshape(count, _ROWS).astype(np.uint64)
    keys = _mixed((rows * _PLACES[:_ROWS]).sum(axis=1, dtype=np.uint64) + np.arange(count, dtype=np.uint64))
    return [int(key) for key in keys.view(np.int64)]


def similar(a: NDArray[np.uint32], b: NDArray[np.uint32]) -> bool:
    """Whether two signatures are of texts that tell the same story in the same words."""
    if _is_empty(a) or _is_empty(b):
        return False
    alike = float(np.mean(a == b))
    if alike >= _ALIKE:
        return True
    if alike < _CONTAINED_ALIKE:
        return False
    sizes = _size(a), _size(b)
    common = alike / (1 + alike) * sum(sizes)
    return common >= _CONTAINED * min(sizes)


def _size(signature: NDArray[np.uint32]) -> float:
    """About how many shingles a signature is of: the fewer, the larger the smallest of their hashes."""
    return len(signature) / float(np.sum(signature / _LARGEST)) - 1


def _shingles(text: str) -> NDArray[np.uint32]:
    """The distinct hashes of every `_SHINGLE` words in a row; of all words where there are fewer."""
    words = [zlib.crc32(word.encode("utf-8", "replace")) for word in _WORD.findall(text.casefold())]
    if not words:
        return np.empty(0, dtype=np.uint32)
    hashes = _mixed(np.array(words, dtype=np.uint64))
    size = min(_SHINGLE, len(hashes))
    combined = np.zeros(len(hashes) - size + 1, dtype=np.uint64)
    for place in range(size):
        combined += hashes[place : place + len(combined)] * _PLACES[place]
    return np.unique((_mixed(combined) >> np.uint64(32)).astype(np.uint32))


def _mixed(hashes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """splitmix64's finalizer: a bijection that spreads every bit over all."""
    hashes = (hashes ^ (hashes >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    hashes = (hashes ^ (hashes >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return hashes ^ (hashes >> np.uint64(31))


def _itself(value: int) -> int:
    return value


def _is_empty(signature: NDArray[np.uint32]) -> bool:
    return bool((signature == _LARGEST).all())
