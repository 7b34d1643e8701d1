"""Words under one form."""

from __future__ import annotations

import pytest

from retrieval.search.verb_forms import asked_stems, told_stems


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("win", "She won the prize"),
        ("build", "The quay was built"),
        ("building", "They built it"),
        ("die", "He died at home"),
        ("find", "Divers found cracks"),
        ("begin", "It had begun"),
        ("open", "the opening"),
    ],
)
def test_a_verb_is_met_in_any_form(asked: str, told: str) -> None:
    plain, _ = asked_stems(asked)
    assert plain <= told_stems(told)


def test_names_are_kept_apart() -> None:
    plain, names = asked_stems("the Marren bridge open in Lowmouth")
    assert len(plain) == 2
    assert len(names) == 2
