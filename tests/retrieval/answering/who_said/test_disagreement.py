"""Who spoke against it, who said otherwise, and that nobody did."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from retrieval.library import Library
from retrieval.reading.given import Given

pytestmark = pytest.mark.model

Write = Callable[[str, str], Path]

OLD = "The toll will stay at two crowns.\n\nMayor Inés Calder said the toll would never rise."
NEW = (
    "Mayor Inés Calder said on Tuesday that the toll would rise to four crowns.\n\n"
    "Otto Brandl, a fisherman, disagreed. “Four crowns will empty the harbour of boats,” he said.\n\n"
    "Harbour police said the gates were shut."
)


@pytest.fixture
def toll(library: Library, write: Write) -> Library:
    library.add([write("old.txt", OLD)], given=Given(published=date(2026, 1, 7), title="The toll stays"))
    library.add([write("new.txt", NEW)], given=Given(published=date(2026, 4, 15), title="The toll rises"))
    return library


def test_whether_somebody_said_otherwise_is_shown_in_the_order_of_time(toll: Library) -> None:
    answer = toll.ask("Has Calder ever said otherwise about the toll?")
    assert [s.text.split("toll would ")[1] for s in answer.sentences] == ["never rise.", "rise to four crowns."]
    assert answer.sentences[1].text.startswith("[On 14 April 2026:]")
    assert answer.notes


def test_who_disagreed_is_who_spoke_against_it(toll: Library) -> None:
    for question in ("Who disagreed with Calder?", "who disagreed with calder", "Who disagreed about the toll?"):
        answer = toll.ask(question)
        assert len(answer.sentences) == 1
        assert "empty the harbour" in answer.text
    refused = toll.ask("Who disagreed about the gates?")
    assert refused.abstained


def test_who_complained_is_nobody_who_only_said_something(library: Library, write: Write) -> None:
    text = (
        "The goats have eaten the brambles, the line’s owner, Ann Roe, said on Tuesday.\n\n"
        "The goats are far too loud, complained Lena Ford, who lives beside the bank."
    )
    library.add([write("goats.txt", text)])
    answer = library.ask("Who complained about the goats?")
    assert "Ford" in answer.text
    assert "Roe" not in answer.text


def test_that_nobody_disagreed_with_somebody_is_said(toll: Library) -> None:
    answer = toll.ask("Who disagreed with Brandl?")
    assert answer.abstained
    assert "anybody disagreed with Brandl" in (answer.reason or "")


def test_whoever_is_not_convinced_disagrees(library: Library, write: Write) -> None:
    text = (
        "The quay is safe, Mayor Inés Calder said.\n\n"
        "Not everyone is convinced. Otto Brandl, a fisherman, said the wall might fall."
    )
    library.add([write("quay.txt", text)])
    assert "the wall might fall" in library.ask("Who disagrees with Calder?").text


def test_where_nothing_like_it_was_denied_nothing_else_is_shown(toll: Library) -> None:
    answer = toll.ask("Did Calder deny that she had dined with the contractor?")
    assert answer.abstained
    assert "nothing said on that" in (answer.reason or "")


def test_a_pronoun_that_stands_for_nobody_is_named_by_no_article(toll: Library) -> None:
    answer = toll.ask("What did their solicitor say?")
    assert answer.abstained
    assert "Their" not in (answer.reason or "")
