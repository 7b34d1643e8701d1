"""The checks before a question, and who reads what."""

from __future__ import annotations

from datetime import date

import pytest

from bot.discord.answers.cooldown import Cooldown, TooOften
from bot.discord.answers.questions import window
from bot.discord.scope import Place, collections_of, home_of
from retrieval.errors import BadInput
from retrieval.schema import OPERATOR, Window, collections_of_server


def at(server: int | None, *closed: int) -> Place:
    return Place(server, 9, 1, closed=closed)


def test_a_server_reads_the_operators_collection_and_its_own() -> None:
    assert collections_of(at(5), servers_read_operator=True) == (OPERATOR, "server-5")


def test_a_server_reads_only_its_own_where_the_operator_keeps_his() -> None:
    assert collections_of(at(5), servers_read_operator=False) == ("server-5",)


def test_no_server_reads_another_servers() -> None:
    assert not {"server-5"} & set(collections_of(at(55), servers_read_operator=True))


def test_a_closed_channel_reads_its_own_too_and_what_is_added_there_is_its_own() -> None:
    assert collections_of(at(5, 9), servers_read_operator=False) == ("server-5", "server-5-channel-9")
    assert home_of(at(5)) == "server-5"
    assert home_of(at(5, 9)) == "server-5-channel-9"
    assert home_of(at(5, 10, 9)) == "server-5-channel-10"  # a private thread in a closed channel


def test_the_collections_of_a_server_are_its_own_and_its_channels() -> None:
    names = ["operator", "server-5", "server-5-channel-9", "server-55", "server-55-channel-9"]
    assert collections_of_server(5, names) == ["server-5", "server-5-channel-9"]


def test_a_direct_message_reads_the_operators_collection_or_is_declined() -> None:
    assert collections_of(at(None), servers_read_operator=True) == (OPERATOR,)
    with pytest.raises(BadInput, match="ask me in a server"):
        collections_of(at(None), servers_read_operator=False)
    with pytest.raises(BadInput, match="added in a server"):
        home_of(at(None))


@pytest.mark.parametrize(
    ("first", "last", "source", "expected"),
    [
        (None, None, None, Window()),
        ("2031-05-04", None, None, Window(first=date(2031, 5, 4))),
        (" 2031-05-04 ", "2031-05-04", " Gazette ", Window(date(2031, 5, 4), date(2031, 5, 4), "Gazette")),
        (None, None, "  ", Window()),
    ],
)
def test_options_name_a_window(first: str | None, last: str | None, source: str | None, expected: Window) -> None:
    assert window(first, last, source) == expected


@pytest.mark.parametrize(
    "day", ["yesterday", "04/05/2031", "2031-5-4", "20310504", "2031-02-30", "2031-W18-1", "٢٠٣١-٠٥-٠٤"]
)
def test_a_day_in_another_form_is_refused_with_an_example(day: str) -> None:
    with pytest.raises(BadInput, match="“to” takes a day such as 2016-10-31"):
        window(None, day, None)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("yesterday", None, Window(first=date(2031, 5, 6))),
        ("last week", "last week", Window(date(2031, 4, 28), date(2031, 5, 4))),
        ("April 2031", "3 May 2031", Window(date(2031, 4, 1), date(2031, 5, 3))),
        (None, "2031-05-04", Window(last=date(2031, 5, 4))),
    ],
)
def test_days_in_words_are_counted_from_today(first: str | None, last: str | None, expected: Window) -> None:
    assert window(first, last, None, date(2031, 5, 7)) == expected


@pytest.mark.parametrize("day", ["04/05/2031", "2031-W18-1", "banana", "20310504", "the bridge"])
def test_what_names_no_single_day_is_refused(day: str) -> None:
    with pytest.raises(BadInput, match="2016-10-31"):
        window(day, None, None, date(2031, 5, 7))


def test_days_the_wrong_way_round_are_refused() -> None:
    with pytest.raises(BadInput, match="swap them"):
        window("2031-05-05", "2031-05-04", None)


def test_a_person_asks_so_often_and_no_more_and_is_told_once() -> None:
    now = 0.0
    cooldown = Cooldown(2, 10.0, clock=lambda: now)
    cooldown.spend(1)
    cooldown.spend(1)
    with pytest.raises(TooOften, match="in 10 seconds") as refused:
        cooldown.spend(1)
    assert refused.value.first
    with pytest.raises(TooOften) as refused:
        cooldown.spend(1)
    assert not refused.value.first
    cooldown.spend(2)
    now = 10.0
    cooldown.spend(1)
