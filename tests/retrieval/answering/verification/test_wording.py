"""Sentences that word an article otherwise: what may be worded otherwise, and the lie that stands beside each."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from retrieval.annotation.parser import load_parser, parse
from retrieval.annotation.quotations.annotator import QuotationAnnotator
from retrieval.annotation.sentences import sentences
from retrieval.answering.verification.cited import CitedPassage
from retrieval.answering.verification.sources import said_in
from retrieval.answering.verification.verifier import Verifier
from retrieval.schema import Article
from retrieval.storage.encoding.embedding import SentenceTransformerEmbedder

HALL = """The auction of Hollin Hall ended without a sale on Friday. Bids did not reach the reserve price of $900,000.
Tarn Bank had lent the owner the money. The bank will sell 40 paintings in May. The insurer, Pell Mutual, paid
nothing. A gardener found a telescope behind a wall. The instrument, made in 1612, is insured for 70,000 dollars. Of
the 30 bidders who came, 12 paid a deposit. The average price of a room is 80 dollars. The heir, Dora Quain, lost 2
million dollars in 2023. She rejected calls to resign as a trustee. Smith & Orr will repair the roof; the council had
asked for a new one. Nobody was hurt when a ladder fell. The sale is due in June."""


@cache
def verifier() -> Verifier:
    return Verifier(lambda texts: parse(load_parser(), texts), SentenceTransformerEmbedder().embed_documents)


@cache
def hall() -> CitedPassage:
    text = " ".join(HALL.split())
    article = Article(id="hall", text=text, title="No buyer for hall", source="Post", published=date(2026, 5, 2))
    said = said_in(text, 0, len(text), QuotationAnnotator().annotate(article))
    return CitedPassage("p1", text, tuple(sentences(text)), article.title, article.source, date(2026, 5, 2), said, text)


def shown(sentence: str) -> bool:
    found = verifier().verify(sentence, ["p1"], {"p1": hall()})
    return found.supported and "[according to" not in found.text


@pytest.mark.model
@pytest.mark.parametrize(
    "sentence",
    [
        "Tarn Bank will sell 40 paintings in May.",
        "The telescope is insured for 70,000 dollars.",
        "12 of the 30 bidders paid a deposit.",
        "Dora Quain made a loss of 2 million dollars in 2023.",
        "Smith & Orr will repair the roof.",
        "No one was hurt when a ladder fell.",
        "The sale is expected in June.",
        "Bids did not reach the reserve price of $900,000.",
    ],
)
def test_the_same_in_other_words_is_shown(sentence: str) -> None:
    assert shown(sentence)


@pytest.mark.model
@pytest.mark.parametrize(
    "sentence",
    [
        "Pell Mutual will sell 40 paintings in May.",
        "The wall is insured for 70,000 dollars.",
        "12 of the 30 bidders who came paid the owner.",
        "The 30 bidders paid a deposit.",
        "Dora Quain made a profit of 2 million dollars in 2023.",
        "Smith & Pell will repair the roof.",
        "No one was hurt when a wall fell.",
        "The sale was expected in May.",
        "Bids did not reach the price of $900,000.",
        "The price was $900,000.",
        "The price of a room is 80 dollars.",
        "Dora Quain: Bids did not reach the reserve price of $900,000.",
    ],
)
def test_what_is_only_near_to_it_is_not(sentence: str) -> None:
    assert not shown(sentence)


HARBOUR = """Of 900 residents who were asked, 61% of sailors and 34% of farmers said that the port authority should
close the old lock, a Tarn Post poll found. The authority's engineer, Jo Roe-Vance, 52, as he is known
since he was stripped of his office, left on Monday. The council faces the risk of a strike as soon as
June 9. The dispute over fees ended, but shops long for the rich old docks. The rock band Ember Lane
plays the quay on June 12; the concert will be its first since 2019. The DOP has said that the pier is
safe. The Dalby Rovers' loss to the Ennor Terns on Sunday ended their season. More than 3,000 pages of
letters released by the council show the cost. Two thousand people had been told to leave. The port will
be dredged from June 1-4. Norway's coast was hit by a wave, and a ship sank off Denmark. The Department
of Ports owns the pier."""


@cache
def harbour() -> CitedPassage:
    text, day = " ".join(HARBOUR.split()), date(2026, 5, 2)
    article = Article(id="harbour", text=text, title="Lock to close?", source="Tarn Post", published=day)
    said = said_in(text, 0, len(text), QuotationAnnotator().annotate(article))
    return CitedPassage("p1", text, tuple(sentences(text)), article.title, article.source, day, said, text)


def shown_of_harbour(sentence: str) -> bool:
    found = verifier().verify(sentence, ["p1"], {"p1": harbour()})
    return found.supported and "[according to" not in found.text


@pytest.mark.model
@pytest.mark.parametrize(
    "sentence",
    [
        "The council released more than 3,000 pages of letters.",
        "The port will be dredged from June 1 to June 4.",
        "The Ports Department has said that the pier is safe.",
        "The band plays the quay on June 12.",
    ],
)
def test_names_dates_and_descriptions_may_be_given_otherwise(sentence: str) -> None:
    assert shown_of_harbour(sentence)


@pytest.mark.model
@pytest.mark.parametrize(
    "sentence",
    [
        "34% of sailors and 61% of farmers said that the port authority should close the old lock.",
        "A strike will begin on June 9.",
        "The dispute over docks ended.",
        "The Ennor Terns lost to the Dalby Rovers on Sunday.",
        "Two thousand people left.",
        "The port will be dredged from May 28 to June 4.",
        "Denmark's coast was hit by a wave.",
    ],
)
def test_what_has_changed_places_or_lost_its_limits_is_not(sentence: str) -> None:
    assert not shown_of_harbour(sentence)


@pytest.mark.model
@pytest.mark.parametrize(
    "sentence",
    ["The ladder planned to repair the roof.", "Dora Quain is from Tarn.", "The 12 bidders came to Hollin Hall."],
)
def test_who_does_it_and_where_is_compared_behind_verbs_that_say_little(sentence: str) -> None:
    assert not shown(sentence)


OFFICE = """Norham announced on Monday that it will accept stamps as payment for fees. The court will try to
apply a statute that limits a minor's access to the pool. The clerk Ada Quorn moved to Dalby, Mass., in March.
Judge Iver Tolm took no part in the vote, and Jo Brask took the chair. Barges carry more grain each year than
all trucks combined, according to researchers. The guild reviewed the plans, and the harbour office threw out
a complaint. Polls suggest that farmers remain split on the dam. Crews may repair the weir."""


@cache
def office() -> CitedPassage:
    text, day = " ".join(OFFICE.split()), date(2026, 5, 2)
    article = Article(id="office", text=text, title="Stamps for fees", source="Post", published=day)
    said = said_in(text, 0, len(text), QuotationAnnotator().annotate(article))
    return CitedPassage("p1", text, tuple(sentences(text)), article.title, article.source, day, said, text)


@pytest.mark.model
@pytest.mark.parametrize(
    "sentence",
    [
        "Norham will accept stamps as payment for fees.",
        "The court will try to apply a statute limiting minors' access to the pool.",
        "Ada Quorn moved to Dalby, Massachusetts, in March.",
        "The guild studied the plans.",
    ],
)
def test_what_a_writer_puts_otherwise_is_shown(sentence: str) -> None:
    assert verifier().verify(sentence, ["p1"], {"p1": office()}).supported


@pytest.mark.model
@pytest.mark.parametrize(
    "sentence",
    [
        "The council will accept stamps as payment for fees.",
        "The court will try to apply a statute limiting minors' fees.",
        "Ada Quorn moved to Dalby, Mississippi, in March.",
        "Jo Brask did not take part in the vote.",
        "Polls show that farmers agree on the dam.",
        "The guild studied the complaint.",
        "The guild dismissed the plans.",
        "Crews repaired the weir.",
    ],
)
def test_the_lie_beside_it_is_not(sentence: str) -> None:
    assert not verifier().verify(sentence, ["p1"], {"p1": office()}).supported


@pytest.mark.model
def test_what_is_left_to_somebodys_word_is_credited_to_them() -> None:
    sentence = "Barges carry more grain each year than all trucks combined."
    found = verifier().verify(sentence, ["p1"], {"p1": office()})
    assert found.supported
    assert found.text == "Barges carry more grain each year than all trucks combined [according to researchers]."


FERRY = """The choice of Dalby was made on the strength of its skilled workforce, not because of subsidies. The pier was
built of clay instead of stone. All boats except the trawlers stayed in port. Not every buoy was repaired. Ada Quorn was
given a suspended sentence of eighteen months. The deputy harbour master opened the fair. The regional government bought
the lock. It was the longest ban ever imposed on a skipper in the county for theft. All deep docks are shut. The talks
had nearly broken down twice. Conditions were far harder in the previous weekend. The museum shows a horse from the
fourth century BC. The chance of heavy snow is about 30 percent. Iver Tolm called it a betrayal of the southern half of
the county. Fishing licences would need the signatures of ten percent of voters. The new pump is to supply 200,000
people. Iver Tolm had been skipper since 2010. Under the plan, the ward in Dalby would close in 2028. The firm said that
it would sell the mill in June. The hall was empty. The mast is 40 metres high, the tower 6. Marl withdrew a lawsuit
after a clerk had ruled that the claim came too late. The sale has to be approved by the Board, which has to decide by
30 September. The gallery is free on Sunday."""


@cache
def ferry() -> CitedPassage:
    text, day = " ".join(FERRY.split()), date(2026, 5, 2)
    article = Article(id="ferry", text=text, title="Ferry news", source="Post", published=day)
    said = said_in(text, 0, len(text), QuotationAnnotator().annotate(article))
    return CitedPassage("p1", text, tuple(sentences(text)), article.title, article.source, day, said, text)


@pytest.mark.model
@pytest.mark.parametrize(
    ("so", "not_so"),
    [
        (
            "The choice of Dalby was made on the strength of its skilled workforce.",
            "The choice of Dalby was made on the strength of subsidies.",
        ),
        ("The pier was built of clay rather than stone.", "The pier was built of stone instead of clay."),
        ("The boats stayed in port.", "The trawlers stayed in port."),
        ("Not every buoy was repaired.", "Every buoy was repaired."),
        ("Ada Quorn was given a suspended sentence.", "Ada Quorn was given a sentence of eighteen months."),
        ("The deputy harbour master opened the fair.", "The harbour master opened the fair."),
        ("The regional government bought the lock.", "The government bought the lock."),
        ("It was the longest ban ever imposed on a skipper in the county for theft.", "It was the longest ban ever."),
        ("All deep docks are shut.", "All people in the county are shut."),
        ("The talks almost broke down twice.", "The talks had broken down twice."),
        ("Conditions were far harder in the previous weekend.", "Conditions were far harder in the previous week."),
        ("The museum shows a horse from the fourth century BC.", "The museum shows a horse from the fourth century."),
        ("The chance of heavy snow is about 30 percent.", "The chance of snow is about 30 percent."),
        (
            "Iver Tolm called it a betrayal of the southern half of the county.",
            "Iver Tolm called it a betrayal of the county.",
        ),
        (
            "Fishing licences would need the signatures of ten percent of voters.",
            "Fishing licences would need the signatures of ten percent of the people.",
        ),
        ("The new pump will supply 200,000 people.", "The new pump supplies 200,000 people."),
        ("Iver Tolm had been skipper since 2010.", "Iver Tolm has been skipper since 2010."),
        ("The ward in Dalby would close in 2028.", "The ward in Dalby will close in 2028."),
        ("The firm said that it will sell the mill in June.", "The firm sold the mill in June."),
        ("The hall was empty.", "The hall is empty."),
        ("The mast is 40 metres high.", "The tower is 40 metres high."),
        (
            "Marl withdrew a lawsuit after a clerk had ruled that the claim came too late.",
            "Marl withdrew a lawsuit before a clerk had ruled that the claim came too late.",
        ),
        ("The Board has to approve the sale.", "The Board has to approve the sale by 30 September."),
        ("The gallery is free on Sunday.", "The museum is free on Sunday."),
    ],
)
def test_what_narrows_denies_or_leaves_open_may_not_be_dropped(so: str, not_so: str) -> None:
    given = {"p1": ferry()}
    found = [verifier().verify(sentence, ["p1"], given) for sentence in (so, not_so)]
    assert [f.supported and "[according to" not in f.text for f in found] == [True, False]


QUAYS = """The mayor of Dalby, Jane Roe, resigned on Monday. A man was detained for throwing a bottle. The officer who
found it, Jo Brask, said that it was a coin. Taps will run from 6 a.m. to 10 a.m. daily. Nobody asked the firm for its
books, its owner Ada Quorn said. The bill goes to parliament in May."""


@cache
def quays() -> CitedPassage:
    text, day = " ".join(QUAYS.split()), date(2026, 5, 2)
    article = Article(id="quays", text=text, title="Mayor of Dalby resigns", source="Post", published=day)
    said = said_in(text, 0, len(text), QuotationAnnotator().annotate(article))
    return CitedPassage("p1", text, tuple(sentences(text)), article.title, article.source, day, said, text)


@pytest.mark.model
@pytest.mark.parametrize(
    ("so", "not_so"),
    [
        ("Jane Roe, the mayor of Dalby, resigned on Monday.", "Dalby resigned on Monday."),
        ("A man was detained after throwing a bottle.", "A man was detained before throwing a bottle."),
        ("Jo Brask said that it was a coin.", "Jane Roe said that it was a coin."),
        ("Taps will run from 6 to 10 a.m. daily.", "Taps will run from 6 to 10 p.m. daily."),
        (
            "Ada Quorn said that nobody asked the firm for its books.",
            "Jo Brask said that nobody asked the firm for its books.",
        ),
    ],
)
def test_who_it_was_and_when_may_be_told_in_another_order(so: str, not_so: str) -> None:
    given = {"p1": quays()}
    found = [verifier().verify(sentence, ["p1"], given) for sentence in (so, not_so)]
    assert [f.supported and "[according to" not in f.text for f in found] == [True, False]


@pytest.mark.model
@pytest.mark.parametrize("figure", ["1.4", "1.1"])
def test_nothing_is_credited_to_what_a_publisher_takes_back(figure: str) -> None:
    text = "An earlier version of this article said the lift cost £1.1 million. It cost £1.4 million."
    article = Article(id="lift", text=text, title="Lift stuck", source="Post", published=date(2026, 5, 2))
    said = said_in(text, 0, len(text), QuotationAnnotator().annotate(article))
    passage = CitedPassage("p1", text, tuple(sentences(text)), article.title, "Post", date(2026, 5, 2), said, text)
    found = verifier().verify(f"The lift cost £{figure} million.", ["p1"], {"p1": passage})
    assert "according to" not in found.text
    assert not found.supported or figure == "1.4"
