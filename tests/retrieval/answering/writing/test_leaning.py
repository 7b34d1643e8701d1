"""A sentence that is true by itself, where it stands: "it", "the company" and "the mayor" are whom the source means."""

from __future__ import annotations

import pytest

from retrieval.annotation.sentences import sentences
from retrieval.answering.verification.cited import CitedPassage, Verdict
from retrieval.answering.writing.leaning import Place, placed
from retrieval.schema import Stretch
from tests.retrieval.answering.conversation.test_follow_ups import parsed

pytestmark = pytest.mark.model

ARTICLE = (
    "The Castor Bay was built in 1998. It hit a pier in 2019. The company sold it. The ferry leaves from Tarn. "
    "The mayor, Bo Lind, was pleased. Last year Acme lost 5 million. The chief of the fire service, Ann Roe, agreed. "
    "The Orsa Museum opened. The museum was full. The police came late. They left at dawn. "
    "Two families hired a lawyer. Ann Roe signed the deal. The cause is not known. The Tarn Museum is shut. "
    "“We sail,” said Jo Ek. “It is safe.” Una Moss was late. “Tarn is lovely,” she said. In 2020 she left. "
    "The horse is in the museum at Tarn."
)
OTHER = "A bank was robbed in Ulm. Jan Berg, the mayor of Tarn, spoke."


def passage(key: str, text: str) -> CitedPassage:
    return CitedPassage(key, text, tuple(Stretch(*s) for s in sentences(text)), article=text)


GIVEN = {"p1": passage("p1", ARTICLE), "p2": passage("p2", OTHER)}


def verdict(text: str, source: str) -> Verdict:
    places = [(k, s) for k, p in GIVEN.items() for s in p.sentences if p.text[s.start : s.end].startswith(source)]
    return Verdict(text, (), (places[0],))


def stands(text: str, source: str, before: tuple[str, str] | None, question: str = "What happened?") -> str | None:
    behind = verdict(*before) if before is not None else None
    return placed(verdict(text, source), Place(question, behind, GIVEN), lambda t: next(iter(parsed([t]))))


POLLUX = ("The Pollux sails from Tarn.", "The ferry")
BERG = ("Jan Berg, the mayor of Tarn, spoke.", "Jan Berg")
ROBBED = ("A bank was robbed in Ulm.", "A bank")


@pytest.mark.parametrize(
    ("text", "source", "before", "shown"),
    [
        ("It was built in 1998.", "The Castor Bay was", POLLUX, "It [Castor Bay] was built in 1998."),
        ("The mayor was pleased.", "The mayor", BERG, "The mayor [Bo Lind] was pleased."),
        ("The mayor was pleased.", "The mayor", None, "The mayor [Bo Lind] was pleased."),
        ("The company lost 5 million last year.", "Last year", BERG, "The company [Acme] lost 5 million last year."),
        ("Last year the company lost 5 million.", "Last year", BERG, "Last year the company [Acme] lost 5 million."),
        ("The fire chief agreed.", "The chief", None, "The fire chief [Ann Roe] agreed."),
        ("“We sail,” he said.", "“We sail", BERG, "“We sail,” he [Jo Ek] said."),
    ],
)
def test_the_name_that_the_source_gives_is_put_in(
    text: str, source: str, before: tuple[str, str] | None, shown: str
) -> None:
    assert stands(text, source, before) == shown


@pytest.mark.parametrize(
    ("text", "source", "before"),
    [
        ("It hit a pier in 2019.", "It hit", POLLUX),
        ("In 2019 it hit a pier.", "It hit", POLLUX),
        ("They left at dawn.", "They left", BERG),
        ("They hired a lawyer.", "Two families", ("The police came late.", "The police")),
        ("There, the horse stands in the museum.", "The horse", POLLUX),
        ("The police came late.", "The police", ROBBED),
        ("The company sold it.", "The company", ROBBED),
        ("The museum was full.", "The museum", BERG),
        ("It was built in 1998.", "The Castor Bay was", None),
        ("“Tarn is lovely,” she said.", "“Tarn", BERG),
        ("“Tarn is lovely,” she said.", "“Tarn", None),
        ("In 2020 she left.", "In 2020", BERG),
    ],
)
def test_what_would_be_said_of_another_there_does_not_stand(
    text: str, source: str, before: tuple[str, str] | None
) -> None:
    assert stands(text, source, before) is None


@pytest.mark.parametrize(
    ("text", "source", "before"),
    [
        ("It was built in 1998.", "The Castor Bay was", ("The Castor Bay sails from Tarn.", "The ferry")),
        ("It hit a pier in 2019.", "It hit", ("The Castor Bay was built in 1998.", "The Castor Bay was")),
        ("They left at dawn.", "They left", ("The police came late.", "The police")),
        ("The mayor was pleased.", "The mayor", ("Mayor Lind spoke.", "The mayor")),
        ("The museum was full.", "The museum", None),
        ("“Tarn is lovely,” she said.", "“Tarn", ("Una Moss was late.", "Una Moss")),
        ("“We sail,” said Jo Ek.", "“We sail", BERG),
        ("The police came late.", "The police", None),
        ("The cause is still unknown.", "The cause", ROBBED),
        ("The deal was signed by Ann Roe.", "Ann Roe signed", ROBBED),
        ("It was Ann Roe who signed the deal.", "Ann Roe signed", None),
        ("Ann Roe signed the deal.", "Ann Roe signed", ROBBED),
    ],
)
def test_what_means_the_same_there_stands_as_it_is(text: str, source: str, before: tuple[str, str] | None) -> None:
    assert stands(text, source, before) == text


def test_whom_the_question_names_is_not_named_again() -> None:
    assert stands("The mayor was pleased.", "The mayor", None, "Was Mayor Lind pleased?") == "The mayor was pleased."
