"""Which names an article shows to be of a person."""

from __future__ import annotations

import pytest

from retrieval.answering.conversation.persons_told import may_be_a_person

SHOWN = [
    ("Ada Lind", "The ferry stops, said Ada Lind, managing director of Sund Lines.", "a post behind the name"),
    ("Ada Lind", "The firm’s lawyer, Ada Lind, denied it.", "a post before it"),
    ("Lind", "Dr Ada Lind will take over.", "a title"),
    ("Ada Lind", "“I am not going,” said Ada Lind.", "who says “I”"),
    ("Ada Lind", "Ada Lind, who owns the mill, left.", "“who”"),
    ("Ada Lind", "Ada Lind, 47, left.", "an age"),
    ("Lind", "Ada Lind was named in May. Lind said that it rains.", "speech under the surname alone"),
    ("Jo Orr", "The keeper was glad. “It rains,” left fielder Jo Orr said.", "speech, and a noun before the name"),
    ("Ada", "Her sister, Ada Lind, was glad.", "kin, by the first name"),
]


@pytest.mark.parametrize(("name", "text", "why"), SHOWN, ids=[why for *_, why in SHOWN])
def test_an_article_shows_a_person(name: str, text: str, why: str) -> None:
    assert may_be_a_person(name, [text], opens=True)


NOBODY = [
    ("Reds", "The Marl Reds won. Reds fans came. The Reds lost later, and Reds players left.", "a team"),
    ("Marl Rail", "The line’s owner, Marl Rail, said so. The firm will pay.", "an owner may be a firm"),
    ("Sund Lines", "Sund Lines said that the ferry stops.", "firms speak, too"),
    ("Alm Bridge", "Alm Bridge, the iron road bridge over the Orr, was shut.", "a bridge"),
    ("Orrin", "Workers in Orrin went home.", "a place"),
    ("Workers", "Workers at the mill in Orrin went home.", "a word that opens a sentence"),
    ("Regional", "Ada Lind, regional secretary of the union, spoke.", "no name of the article"),
    ("Ondine", "The trawler Ondine sank.", "a ship"),
    ("Carers United", "The union Carers United had complained. Its secretary, Ada Lind, spoke.", "a union"),
]


@pytest.mark.parametrize(("name", "text", "why"), NOBODY, ids=[why for *_, why in NOBODY])
def test_a_capital_alone_shows_nobody(name: str, text: str, why: str) -> None:
    assert not may_be_a_person(name, [text], opens=True)


def test_a_name_that_no_article_has_may_be_of_a_person_unless_it_only_opens_a_sentence() -> None:
    assert may_be_a_person("Lind", ["The tower fell."], opens=False)
    assert may_be_a_person("Ada Lind", ["The tower fell."], opens=True)
    assert not may_be_a_person("Workers", ["The tower fell."], opens=True)
    assert may_be_a_person("Lind", [], opens=True)
