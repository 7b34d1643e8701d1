"""Words on a topic that they do not name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from retrieval.answering.who_said.unnamed_topic import NOT_NAMED
from retrieval.library import Library
from retrieval.reading.given import Given

pytestmark = pytest.mark.model

TRIAL = (
    "A trial of the drug halved attacks. The drug was given to 2,000 people; half of them had side effects.\n\n"
    "Milo Farr, a doctor, said findings were impressive. He warned that few women took part. He questioned costs.\n\n"
    "Approval of the drug is expected next spring.\n"
)


@pytest.mark.parametrize(("topic", "shown"), [("drug", True), ("effects", False)])
def test_what_is_said_in_one_place_is_on_what_the_article_keeps_coming_back_to(
    library: Library, write: Callable[[str, str], Path], topic: str, shown: bool
) -> None:
    library.add([write("a.txt", TRIAL)], given=Given(title="Attacks halved", published=date(2026, 5, 4)))
    answer = library.ask(f"What did Milo Farr say about the {topic}?")
    assert (NOT_NAMED in answer.notes) is shown
    assert ("impressive" in answer.text) is shown


OTTERS = (
    "Eight pairs of dotterels nested this summer. Marl said dogs were taking the eggs. The trust wants dogs to be kept"
    " on leads on the northern shore from April to July, when the birds nest there.\n\n"
    "Not everyone is pleased about the otters, of which there are more every year. Col Draper, a fisherman, said they"
    " had eaten a third of his catch.\n"
)


@pytest.mark.parametrize(("topic", "shown"), [("otters", True), ("dogs", False), ("dotterels", False)])
def test_what_is_said_on_the_next_matter_is_not_on_the_one_before(
    library: Library, write: Callable[[str, str], Path], topic: str, shown: bool
) -> None:
    library.add([write("a.txt", OTTERS)], given=Given(title="Otters and birds", published=date(2026, 5, 4)))
    assert ("third of his catch" in library.ask(f"What did Col Draper say about the {topic}?").text) is shown
