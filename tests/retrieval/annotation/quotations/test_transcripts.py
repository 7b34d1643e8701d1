import pytest

from retrieval.annotation.quotations.transcripts import transcribed
from retrieval.annotation.sentences import paragraphs


def labels(text: str) -> list[tuple[str, str]]:
    found = transcribed(text, paragraphs(text))
    return [
        (text[slice(*a.mention)], " ".join(text[p.start : p.end] for p in a.pieces))
        for a in found.values()
        if a.mention
    ]


def test_paragraphs_that_open_with_a_name_in_capitals_are_speech():
    text = "From the broadcast:\n\nROWE: Will it hold?\n\nLINDQVIST (on the phone): It will.\n\nROWE: Thank you."
    assert labels(text) == [("ROWE", "Will it hold?"), ("LINDQVIST", "It will."), ("ROWE", "Thank you.")]


def test_names_in_small_letters_need_a_conversation():
    talk = "Rowe: Will it?\n\nLindqvist: Yes.\n\nRowe: Sure?\n\nLindqvist: Quite."
    assert [who for who, _ in labels(talk)] == ["Rowe", "Lindqvist", "Rowe", "Lindqvist"]
    assert labels("Weather: sunny spells.\n\nTraffic: two lanes closed.") == []


def test_bold_labels_are_labels():
    talk = "**Ann Rowe: Will it?**\n\n**Lindqvist:** Yes.\n\n**Ann Rowe: Sure?**\n\n**Lindqvist:** Quite."
    assert labels(talk) == [
        ("Ann Rowe", "Will it?"),
        ("Lindqvist", "Yes."),
        ("Ann Rowe", "Sure?"),
        ("Lindqvist", "Quite."),
    ]


@pytest.mark.parametrize(
    "introduction",
    [
        "We spoke to the chemist Mara Lindqvist in May.",
        "**The Review: Is it late?**\n\n**Mara Lindqvist:** No.",
    ],
)
def test_the_answers_of_an_interview_are_of_whom_the_article_names(introduction):
    found = labels(f"{introduction}\n\n**Q: Will it?**\n\nA: Yes.\n\n**Q: Sure?**\n\nA: Quite.")
    assert found[-2:] == [("Mara Lindqvist", "Yes."), ("Mara Lindqvist", "Quite.")]
    assert all(who == "Mara Lindqvist" for who, _ in found)


@pytest.mark.parametrize(
    "introduction",
    [
        "Mayor Mara Lindqvist opened the tram.",  # a list of questions, not an interview
        "Mara Lindqvist and Nils Brandt spoke to us.",
        "",
    ],
)
def test_answers_are_nobodys_where_it_is_unclear_who_answers(introduction):
    assert (
        labels(f"{introduction}\n\nQ: How much is a ticket?\n\nA: It is two euros.\n\nQ: And back?\n\nA: Three.") == []
    )


def test_whoever_asks_has_no_name():
    text = "ROWE: Yes, Carl.\n\nQUESTION: Will it hold?\n\nLINDQVIST: It will.\n\nROWE: Thank you."
    assert [who for who, _ in labels(text)] == ["ROWE", "LINDQVIST", "ROWE"]
    assert labels("TRANSCRIPT: A briefing\n\n" + text)[0] == ("ROWE", "Yes, Carl.")


def test_headings_are_no_speakers():
    assert labels("UPDATE: The road is open.\n\nNOTE: Times are local.\n\nREAD MORE: The flood.") == []


@pytest.mark.parametrize(
    "text",
    [
        "BRACK: Three wins and a draw.\n\nLOWMOUTH: Two wins.\n\nDUNVARROW: None so far.",
        "Getting There: By ferry.\n\nNearby Food: A café.\n\nGetting There: By bus.\n\nNearby Food: None.",
        "The medal table is long.\n\nMEDAL ALERT: gold again.\n\nMEDAL ALERT: silver.\n\nROWING: It rained.",
    ],
)
def test_what_nobody_answers_is_no_conversation(text):
    assert labels(text) == []


def test_one_label_alone_is_no_transcript():
    assert labels("WARNING SIGNS: what to look for.\n\nIt rained.") == []


def test_a_role_behind_the_name_and_what_is_done_while_speaking_are_not_said():
    text = (
        "JOANNA PIKE, HOST: Welcome.\n\nTOM LOWE (on the phone): Thanks.\n\n"
        "PIKE: (laughs) So he came?\n\nLOWE: [sighs] (LAUGHTER) Well."
    )
    assert labels(text) == [
        ("JOANNA PIKE", "Welcome."),
        ("TOM LOWE", "Thanks."),
        ("PIKE", "So he came?"),
        ("LOWE", "Well."),
    ]
    found = transcribed(text, paragraphs(text))
    assert {text[slice(*a.cue[0])] for a in found.values()} == {":"}
    assert labels("MIAMI, FLORIDA: Three wins.\n\nPARIS, TEXAS: Two wins.") == []
