"""The same story from two publishers is found; two stories on one topic are not."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.reading.near_duplicates import PERMUTATIONS, bands, signature, similar

_WORDS = [f"{a}{b}{c}" for a in "bdfklm" for b in ("a", "or", "int", "ee") for c in ("", "ta", "ran", "son", "ly")]


def story(seed: int, paragraphs: int = 14) -> list[str]:
    """A story in no language, with the repetitions of one."""
    rng = random.Random(seed)
    vocabulary = rng.sample(_WORDS, 100)
    return [
        " ".join(rng.choice(vocabulary) for _ in range(rng.randint(30, 60))).capitalize() + "."
        for _ in range(paragraphs)
    ]


def text(paragraphs: list[str], headline: str = "") -> str:
    return "\n\n".join((headline, *paragraphs))


def alike(a: str, b: str) -> bool:
    first, second = signature(a), signature(b)
    found = bool(set(bands(first)) & set(bands(second)))
    return found and similar(first, second)


def edited(paragraphs: list[str], every: int) -> list[str]:
    """One word in `every` replaced."""
    words = "\n".join(paragraphs).split(" ")
    return " ".join(word if i % every else f"new{i}" for i, word in enumerate(words)).split("\n")


@pytest.mark.parametrize("seed", range(8))
def test_copies_of_one_story_are_alike(seed: int) -> None:
    original = story(seed)
    wire = text(original, "Board votes for pier")
    assert alike(wire, wire)
    assert alike(wire, wire.upper().replace("\n\n", "\r\n"))
    assert alike(wire, text(original, "A different headline altogether, by a different hand"))
    assert alike(wire, text(original[:9]))
    assert alike(wire, text([p for i, p in enumerate(original) if i not in (3, 7, 8)]))
    assert alike(wire, text(edited(original, 30)))
    assert alike(wire, text([*original[:2], *story(seed + 1000, 2), *original[2:]]))


@pytest.mark.parametrize("seed", range(8))
def test_two_stories_on_one_topic_are_not(seed: int) -> None:
    background = story(seed, 5)
    assert not alike(text([*story(seed + 100, 9), *background]), text([*story(seed + 200, 9), *background]))
    assert not alike(text(story(seed)), text(story(seed + 1)))


def test_texts_without_words_resemble_nothing() -> None:
    for empty in ("", " \n", "… – !"):
        assert bands(signature(empty)) == []
        assert not similar(signature(empty), signature(empty))


def test_a_signature_is_the_same_tomorrow() -> None:
    # Signatures are stored: another hash would part new copies from old ones.
    assert signature("the pier was rebuilt in the spring")[:3].tolist() == [18072864, 495841729, 519385929]


@settings(max_examples=50)
@given(st.text(max_size=200))
def test_every_text_has_a_signature_and_keys_the_catalogue_can_hold(any_text: str) -> None:
    found = signature(any_text)
    assert found.dtype == np.uint32
    assert found.shape == (PERMUTATIONS,)
    assert all(-(2**63) <= key < 2**63 for key in bands(found))
    assert not bands(found) or similar(found, found)
