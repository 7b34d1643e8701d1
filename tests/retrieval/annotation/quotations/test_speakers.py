import pytest

from tests.quoted import read, speakers

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Mara Lindqvist, an engineer, said the dam was safe.\n\nLindqvist said it was old. She said it would last.",
            [("Mara Lindqvist", "Mara Lindqvist"), ("Lindqvist", "Mara Lindqvist"), ("She", "Mara Lindqvist")],
        ),
        (
            "Sen. Mara Lindqvist said the dam was safe. Mrs. Lindqvist said it was old.",
            [("Sen. Mara Lindqvist", "Mara Lindqvist"), ("Mrs. Lindqvist", "Mara Lindqvist")],
        ),
        (
            "Deputy Harbour Minister Joao Reis arrived. The deputy harbour minister said the port was open.",
            [("The deputy harbour minister", "Joao Reis")],
        ),
        (
            "The Federal Dam Agency (FDA) closed the road. The FDA said it would open soon.",
            [("The FDA", "Federal Dam Agency")],
        ),
        (
            "Okafor Chidi, who said he had seen the letter, left.",
            [("who", "Okafor Chidi")],
        ),
        (
            "It was brought by the potter Okafor Chidi, who grew up in Brack and said that the kiln there made him.",
            [("who", "Okafor Chidi")],
        ),
        ("Mara J. Lindqvist spoke. Mara Lindqvist said it was safe.", [("Mara Lindqvist", "Mara J. Lindqvist")]),
    ],
)
def test_mentions_of_one_speaker_are_chained(text, expected):
    assert speakers(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Mara Lindqvist said it rained. Nils Lindqvist said it snowed.",
            [("Mara Lindqvist", "Mara Lindqvist"), ("Nils Lindqvist", "Nils Lindqvist")],
        ),
        (
            "Mara Lindqvist and Nils Lindqvist run the mill. Lindqvist said it was old.",
            [("Lindqvist", None)],
        ),
        (
            "Mr. Nils Lindqvist and Mrs. Mara Lindqvist run the mill. Mrs. Lindqvist said it was old.",
            [("Mrs. Lindqvist", "Mara Lindqvist")],
        ),
        ("A spokesman said the road was closed.", [("A spokesman", None)]),
        ("A spokesman for Ms Reis said the road was closed.", [("A spokesman for Ms Reis", None)]),
        (
            "The wife of President Joao Reis said the road was closed.",
            [("The wife of President Joao Reis", None)],
        ),
        (
            "A spokesman for Dam Agency Director Joao Reis said the road was closed.",
            [("A spokesman for Dam Agency Director Joao Reis", None)],
        ),
        ("Nobody was about. She said the road was closed.", [("She", None)]),
        ("Analysts said prices would rise.", [("Analysts", None)]),
        ("Brandt and Okafor said they agreed.", [("Brandt and Okafor", None)]),
    ],
)
def test_two_people_stay_two_and_the_unclear_stays_unclear(text, expected):
    assert speakers(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # what something is in does not speak as "he"
        ("Rain fell in Camp Brack. Camp Brack said it was dry. He said it was late.", [("He", None)]),
        ("Norway is an ally. Norway said it was dry. “We won,” he said.", [("he", None)]),
        ("Nils Jordan is an ally. Jordan said it was dry. “We won,” he said.", [("he", "Nils Jordan")]),
        ("The BRT said it was late. BRT Video said it was dark. The BRT said it was cold.", [("The BRT", "BRT")] * 2),
        ("Whichever of the two it is, one of the crew said it was late.", [("one of the crew", None)]),
        ("Resident Ada Brandt said it was late.", [("Resident Ada Brandt", "Ada Brandt")]),
        ("Harbour Coroner Ada Brandt said it was late.", [("Harbour Coroner Ada Brandt", "Ada Brandt")]),
        ("It was late. Adds Nils Brandt: “It was dark.”", [("Nils Brandt", "Nils Brandt")]),
        ("Skipper Nils Moss, who ran it, heard of it. “It is late,” he said.", [("he", "Nils Moss")]),
        ("Nils 'Bo' Moss came with his son Tom Moss. Moss said it was late.", [("Moss", "Nils 'Bo' Moss")]),
    ],
)
def test_a_name_is_of_whom_it_is_used(text, expected):
    assert [s for s in speakers(text) if s[0] in {mention for mention, _ in expected}] == expected


def test_the_lead_is_named_where_the_next_paragraph_names_its_speaker():
    text = (
        "The dam may fail this winter, said a former harbour engineer who has seen the plans.\n\n"
        "“It was built in a hurry,” said Mara Lindqvist, a former engineer at the port."
    )
    assert [q.speaker for q in read(text)] == ["Mara Lindqvist", "Mara Lindqvist"]


def test_the_lead_stays_unnamed_where_somebody_else_speaks_next():
    text = (
        "The dam may fail this winter, said a former harbour engineer who has seen the plans.\n\n"
        "“It will hold,” said Nils Brandt, the owner of a mill."
    )
    assert [q.speaker for q in read(text)] == [None, "Nils Brandt"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Its director, Mara Lindqvist, said the dam was safe. She said it would last.",
            [("Its director", "Mara Lindqvist"), ("She", "Mara Lindqvist")],
        ),
        ("“It is safe,” said the port’s manager, Dr Nils Brandt.", [("the port’s manager", "Nils Brandt")]),
        ("His daughter, the cellist Ada Moss, said it rained.", [("His daughter", "Ada Moss")]),
        ("The operator, KTO, said the tunnel was shut.", [("the operator", "KTO")]),
        ("The judge, a former baker, said it was late.", [("The judge", None)]),
        ("According to the director, Mara Lindqvist left early.", [("the director", None)]),
        (
            "Bank of Utopia Governor Mara Lindqvist said it fell.",
            [("Bank of Utopia Governor Mara Lindqvist", "Mara Lindqvist")],
        ),
        (
            "Port of Ambry spokesman Nils Brandt said no ship left.",
            [("Port of Ambry spokesman Nils Brandt", "Nils Brandt")],
        ),
        (
            "The Bureau of Labor Statistics said it fell.",
            [("The Bureau of Labor Statistics", "Bureau of Labor Statistics")],
        ),
    ],
)
def test_a_name_beside_what_somebody_is_names_the_speaker(text, expected):
    assert [(m.lower(), s) for m, s in speakers(text)] == [(m.lower(), s) for m, s in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Walter Moss, the choirmaster, died on Monday. His daughter, Ada Moss, sang.\n\nMoss said she could.",
            [("Moss", "Walter Moss")],
        ),
        (
            "Nils Brandt denied the theft. Brandt's wife, Ada, was there. She said it was late.",
            [("Nils Brandt", "Nils Brandt"), ("She", "Ada")],
        ),
        (
            "Nils Brandt denied the theft. Brandt's lawyer left early. She said it was late.",
            [("Nils Brandt", "Nils Brandt"), ("She", None)],
        ),
        (
            "A spokeswoman for Vantor's chief executive, Piet Aalders, said it was late.",
            [("A spokeswoman for Vantor's chief executive", None)],
        ),
        ("The wife of the pilot, Ada Brandt, said it was late.", [("The wife of the pilot", None)]),
        (
            "A spokesman for Vantor, Piet Aalders, said it was late.",
            [("A spokesman for Vantor", "Piet Aalders")],
        ),
        (
            "The head of the council, Ada Brandt, said it was late.",
            [("The head of the council", "Ada Brandt")],
        ),
    ],
)
def test_relatives_and_lawyers_do_not_speak_for_whom_they_belong_to(text, expected):
    assert speakers(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Quillon Holdings cut its forecast. The company said orders had fallen. It said prices had too.",
            ["Quillon Holdings", "Quillon Holdings"],
        ),
        ("Quillon Botvik cut its forecast. The company said orders had fallen.", ["Quillon Botvik"]),
        ("Quillon Holdings sued Moss Industries. The company said orders had fallen.", [None]),
        ("Ada Moss cut her hair. The company said orders had fallen.", [None]),
        ("Tarabia’s Foreign Ministry said it was late.", ["Tarabia’s Foreign Ministry"]),
        ("The Tanker Owners’ Federation said it was late.", ["Tanker Owners’ Federation"]),
    ],
)
def test_bodies_are_chained_like_persons(text, expected):
    assert [q.speaker for q in read(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Manager Luis Reis spoke first. “We were bad,” the Uruguayan said.", [None]),
        ("Luis Reis said it was over. “We were bad,” the Uruguayan said.", ["Luis Reis", "Luis Reis"]),
        ("Priya Moss KC spoke. “You were angry,” Moss said.", ["Priya Moss"]),
        ("Dekker said it was over. “We won,” he said.", ["Dekker", "Dekker"]),
        (
            "Vera Moss said it would do.\n\nDekker said it would not. “We won,” he said.",
            ["Vera Moss", "Dekker", "Dekker"],
        ),
        ("Analysts said it was over. “We won,” he said.", [None, None]),
    ],
)
def test_names_as_news_has_them(text, expected):
    assert [q.speaker for q in read(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann Poe of the think tank Norwatch said the plan was dead.", "Ann Poe"),
        ("Acme (ACM) shares fell, suggesting that the deal was dead.", None),
        ("The Centre for Coastal Health said the water was safe.", "Centre for Coastal Health"),
        ("Airlines for Utopia said fares would fall.", "Airlines for Utopia"),
        ("Utopia’s Ministry of Coastal Defence said the ship had left.", "Utopia’s Ministry of Coastal Defence"),
        ("Ferries ran late. Late Ann Poe was missed. Ann Poe left. Late Ann Poe once said it was late.", "Ann Poe"),
        ("Project Scientist Ann Poe said the dam was safe.", "Ann Poe"),
        ("One of them, Ann Poe, now a pilot, said the dam was safe.", "Ann Poe"),
        ("Present: Ann Poe (Chair), Dan Ott\n\nAP said that the dam was safe.", "Ann Poe"),
        ("Present: Ann Poe, Al Pitt\n\nAP said that the dam was safe.", "AP"),
        ("It was found by Brack Police Chief Ann Poe. Poe said the dam was safe.", "Ann Poe"),
        ("He caught COVID-19. Poe said the dam was safe.", "Poe"),
        ("Utopia’s Justice Department said the dam was safe.", "Utopia’s Justice Department"),
        ("It will stop, a spokesman for its parent company, Acmeco, said.", None),
        ("It will stop, a spokesman for its parent company, Ann Poe, said.", "Ann Poe"),
        ("A visit by Poe suggests that the dam is safe.", None),
        ("The office of Prime Minister Ann Poe said the dam was safe.", None),
        ("In the United States, the company said, the dam was safe.", None),
        ("KTO Director of Coastal Defence Ann Poe said the dam was safe.", "Ann Poe"),
        ("The Federal Reserve said the dam was safe.", "Federal Reserve"),
        ("Health Secretary Ann Poe said the dam was safe.", "Ann Poe"),
        ("Staff Sgt. Ann Poe said the dam was safe.", "Ann Poe"),
        ("Police Sgt. Ann Poe told reporters the dam was safe.", "Ann Poe"),
        ("Farmer Ann Poe said the dam was safe.", "Ann Poe"),
        ("Tyler James Poe said the dam was safe.", "Tyler James Poe"),
        ("The transport agency, the Alder Transit Authority, said the dam was safe.", "Alder Transit Authority"),
        ("Jose\u0301 Mun\u0303oz runs it. Mun\u0303oz said the dam was safe.", "Jose\u0301 Mun\u0303oz"),
        ("Its page is kto.com. KTO said the dam was safe.", "KTO"),
        ("In modern times it is rare. The Times said the dam was safe.", "The Times"),
        ("We read the Alder Post. The Post said the dam was safe.", "Alder Post"),
        ("The Council said the dam was safe.", None),
    ],
)
def test_a_name_is_whole_and_has_nothing_that_is_not_of_it(text, expected):
    assert [speaker for _, speaker in speakers(text)] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("V. A. Bout was freed. “I am free,” Bout said. Viktor Bout is a dealer.", "Viktor Bout"),
        ("K. Moe was freed. “I am free,” Moe said. Karl Moe is a dealer.", "Karl Moe"),
        ("Karl Moe and Kate Moe came. “I am free,” Moe said. K. Moe left.", None),
        ("J. K. Moss wrote it. “I am free,” Moss said. Joan Poe left.", "J. K. Moss"),
    ],
)
def test_initials_are_of_the_only_one_whom_they_fit(text, expected):
    assert [q.speaker for q in read(text)] == [expected]
