"""Each construction with its counter-case; every text is invented."""

import pytest

from retrieval.annotation.parser import load_parser, parse
from retrieval.annotation.quotations.extraction import extract
from retrieval.schema import Stance

pytestmark = pytest.mark.model


def said(text):
    """(pieces, speaker's mention, cue) of each attribution."""
    found = extract(text, lambda sentences: parse(load_parser(), sentences))
    return [
        (
            [text[slice(*p)] for p in a.pieces],
            text[slice(*a.mention)] if a.mention else None,
            " ".join(text[slice(*c)] for c in a.cue),
        )
        for a in found
    ]


@pytest.mark.parametrize(
    ("text", "pieces", "mention", "cue"),
    [
        ('"The dam is safe," Mara Lindqvist said.', ["The dam is safe"], "Mara Lindqvist", "said"),
        ('"The dam is safe," said Lindqvist, an engineer.', ["The dam is safe"], "Lindqvist", "said"),
        ('"It is safe," she said. "We checked it."', ["It is safe", "We checked it."], "she", "said"),
        ('"The dam," Lindqvist said, "is safe."', ["The dam", "is safe."], "Lindqvist", "said"),
        ('"Is it safe?" she asked. "Nobody knows."', ["Is it safe?", "Nobody knows."], "she", "asked"),
        ('Brandt said: "We are working on it."', ["We are working on it."], "Brandt", "said"),
        ("''The dam is safe,'' Ms. Lindqvist said.", ["The dam is safe"], "Ms. Lindqvist", "said"),
        ("‘We are leaving,’ said the captain.", ["We are leaving"], "the captain", "said"),
        ("« Nous partons », said the captain.", ["Nous partons"], "the captain", "said"),
        ("„Wir gehen“, said the captain.", ["Wir gehen"], "the captain", "said"),
        ('"We won!" shouted Brandt.', ["We won!"], "Brandt", "shouted"),
        (
            '"I never saw it," Brandt said, and the judge nodded.',
            ["I never saw it"],
            "Brandt",
            "said",
        ),
        (
            "“He told me, ‘You will never work here again,’” Okafor said.",
            ["He told me, ‘You will never work here again,’"],
            "Okafor",
            "said",
        ),
    ],
)
def test_words_in_quotation_marks(text, pieces, mention, cue):
    assert said(text) == [(pieces, mention, cue)]


@pytest.mark.parametrize(
    ("text", "pieces", "mention", "cue"),
    [
        (
            "The dam will be shut on Monday; the board estimates that it will take a week.",
            ["it will take a week"],
            "the board",
            "estimates",
        ),
        ("Lindqvist said that the dam is safe.", ["the dam is safe"], "Lindqvist", "said"),
        ("Lindqvist said the dam is safe.", ["the dam is safe"], "Lindqvist", "said"),
        ("The dam is safe, the engineer said.", ["The dam is safe"], "the engineer", "said"),
        ("The dam, Lindqvist said on Tuesday, is safe.", ["The dam", "is safe"], "Lindqvist", "said"),
        ("As Brandt said, the match was off.", ["the match was off"], "Brandt", "said"),
        (
            "According to the harbour authority, two ferries were delayed.",
            ["two ferries were delayed"],
            "the harbour authority",
            "According to",
        ),
        (
            "Two ferries were delayed, according to the harbour authority.",
            ["Two ferries were delayed"],
            "the harbour authority",
            "according to",
        ),
        ("The mayor urged residents to boil their water.", ["to boil their water"], "The mayor", "urged"),
        ("The mayor vowed to rebuild the pier.", ["to rebuild the pier"], "The mayor", "vowed"),
        ("His promise to lower fares was popular.", ["to lower fares"], "His", "promise"),
        (
            "Brandt repeated the claim that wages had fallen.",
            ["wages had fallen"],
            "Brandt",
            "claim",
        ),
        (
            "The company announced the closure of two mills.",
            ["the closure of two mills"],
            "The company",
            "announced",
        ),
        ("The union called for new talks.", ["new talks"], "The union", "called"),
        ("Brandt issued a statement saying the deal was dead.", ["the deal was dead"], "Brandt", "saying"),
        ("Okafor, who said she had seen the letter, left.", ["she had seen the letter"], "who", "said"),
        ("Residents were told that the water was safe.", ["the water was safe"], None, "were told"),
        ("Brandt denied taking the money.", ["taking the money"], "Brandt", "denied"),
        ("Brandt put the loss at 85,000 euros.", ["the loss at 85,000 euros"], "Brandt", "put"),
        ("**18:05** Two crew died, according to Brandt.", ["Two crew died"], "Brandt", "according to"),
        ("Update, 5:40 p.m.: Brandt has said that it is safe.", ["it is safe"], "Brandt", "has said"),
        ("Update, 3 May: Brandt has said that it is safe.", ["it is safe"], "Brandt", "has said"),
        (
            "The fire, according to the chief, Ann Roe, was set by a guest.",
            ["The fire", "was set by a guest"],
            "the chief",
            "according to",
        ),
        (
            "The union showed this newspaper a letter of May 2025 in which an engineer then working for the board, "
            "Rhys Brandt, advised that the valve be replaced.",
            ["the valve be replaced"],
            "Rhys Brandt",
            "advised",
        ),
        (
            "The union accused Acme of hiding leaks since April.",
            ["Acme of hiding leaks since April"],
            "The union",
            "accused",
        ),
        (
            "She did not accept that the search was late, as the defence has claimed.",
            ["the search was late"],
            "the defence",
            "has claimed",
        ),
    ],
)
def test_speech_without_quotation_marks(text, pieces, mention, cue):
    assert (pieces, mention, cue) in said(text)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ('The mayor called the plan "a disgrace."', ['the plan "a disgrace."']),
        ('Brandt said he was "very tired" of it.', ['he was "very tired" of it']),
        (
            'Brandt said he expected sales to recover, "assuming no further surprises."',
            ['he expected sales to recover, "assuming no further surprises."'],
        ),
        (
            "Brandt said that he had changed his mind: “Facts are facts in the end.”",
            ["he had changed his mind", "Facts are facts in the end."],
        ),
        ('They can "take it out on the clubs," Brandt said.', ['They can "take it out on the clubs,"']),
    ],
)
def test_some_of_the_words_in_quotation_marks(text, pieces):
    assert [p for p, _, _ in said(text)] == [pieces]


@pytest.mark.parametrize(
    "text",
    [
        "I heard Brandt say that the dam is safe.",
        "He was surprised to hear Brandt say that the dam is safe.",
        "Brandt would like to say that the dam is safe.",
        "Lawyers forced Brandt to admit that the dam is safe.",
        "Brandt was heard to say that the dam is safe.",
        "Brandt used the speech to say that the dam is safe.",
    ],
)
def test_what_was_heard_was_said(text):
    assert [content for content, mention, _ in said(text) if mention == "Brandt"] == [["the dam is safe"]]


def test_a_question_may_hang_on_what_is_said_and_stand_in_it():
    assert len(said("Ada Brandt said it was late, didn't she?")) == 1
    assert len(said("“Did Roe say that it was late?” Ada Brandt asked.")) == 1


def test_whoever_paints_something_as_something_says_so():
    assert len(said("Ada Brandt painted the plan as a gift to the rich.")) == 1


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("The minister said the bridge was safe.", Stance.SAID),
        ("The minister denied that the bridge was unsafe.", Stance.DENIED),
        ("The minister did not say whether the bridge was safe.", Stance.NOT_SAID),
        ("Nobody knows if Lind told the crew that the bridge was safe.", Stance.NOT_SAID),
        ("The minister never said that the bridge was safe.", Stance.NOT_SAID),
        ("Nobody in the ministry said the bridge was safe.", Stance.NOT_SAID),
        ("No minister has ever said the bridge was safe.", Stance.NOT_SAID),
        ("The minister rejected the suggestion that the bridge was unsafe.", Stance.DENIED),
        ("The minister denied taking money for the bridge.", Stance.DENIED),
        ("The minister left without saying why the bridge was shut.", Stance.NOT_SAID),
        ("The minister made the suggestion that the bridge was unsafe.", Stance.SAID),
        ("The minister declined to comment on the bridge.", Stance.DECLINED),
        ("The airline did not respond to a request for comment.", Stance.DECLINED),
        ("Brandt would not comment.", Stance.DECLINED),
        ("Brandt has not commented on the bridge.", Stance.DECLINED),
        ("Brandt had no comment.", Stance.DECLINED),
        ("Brandt could not be reached for comment.", Stance.DECLINED),
        ("Brandt did not return calls.", Stance.DECLINED),
        ("Brandt was not available for comment.", Stance.DECLINED),
        ("The ministry was unavailable for comment on Friday.", Stance.DECLINED),
    ],
)
def test_denials_and_silence_keep_their_sense(text, stance):
    (found,) = extract(text, lambda sentences: parse(load_parser(), sentences))
    assert found.stance is stance


def test_to_whom_and_how_it_was_said():
    text = '"The road is closed," police chief Ann Roe told reporters in an e-mail on Monday.'
    (found,) = extract(text, lambda sentences: parse(load_parser(), sentences))
    assert found.addressee is not None
    assert found.manner is not None
    assert text[slice(*found.addressee)] == "reporters"
    assert text[slice(*found.manner)] == "in an e-mail"


def test_a_second_cue_is_a_quotation_of_its_own():
    assert said("Brandt said he was tired, adding that he would rest.") == [
        (["he was tired"], "Brandt", "said"),
        (["he would rest"], "Brandt", "adding"),
    ]


def test_a_quotation_goes_on_over_paragraphs():
    text = (
        "“The dam is old,” Lindqvist said. “We watch it closely.\n\n“It was built in a hurry.”\n\n"
        "“It will not last,” said Brandt, who owns a mill."
    )
    assert said(text) == [
        (["The dam is old", "We watch it closely.", "It was built in a hurry."], "Lindqvist", "said"),
        (["It will not last"], "Brandt", "said"),
    ]


def test_a_colon_hands_the_speaker_to_the_next_paragraph():
    text = "Lindqvist put out a warning on Friday. She wrote:\n\n“Stay away from the dam. It may fail.”"
    assert said(text) == [(["Stay away from the dam. It may fail."], "She", "wrote")]


def test_a_floating_quotation_after_indirect_speech_has_its_speaker():
    assert said('The dam was old, Lindqvist said. "We watch it closely."') == [
        (["The dam was old", "We watch it closely."], "Lindqvist", "said")
    ]


def test_a_quotation_that_nobody_is_named_for_has_no_speaker():
    text = 'The hall fell silent.\n\n"We have waited ten years for this."\n\nThen the doors opened.'
    assert said(text) == [(["We have waited ten years for this."], None, "")]


def test_a_transcript_is_read_by_its_labels():
    text = "ROWE: Will it hold?\n\nLINDQVIST: He said it would.\n\nROWE: Thank you."
    assert said(text) == [
        (["Will it hold?"], "ROWE", ":"),
        (["He said it would."], "LINDQVIST", ":"),
        (["Thank you."], "ROWE", ":"),
    ]


@pytest.mark.parametrize("text", ["When in doubt, ask a navigator.", "Residents offer mixed reactions to the storm."])
def test_whoever_is_addressed_within_the_words_themselves_is_no_addressee(text):
    found = extract(text, lambda sentences: parse(load_parser(), sentences))
    assert [a.addressee for a in found] == [None for _ in found]


def test_what_is_only_pointed_at_is_not_recorded():
    assert said("The team described it on Monday. The mayor called him.") == []


def test_a_clause_that_ends_in_an_opening_mark_is_joined_with_the_words_behind_it():
    text = (
        "In a second letter, Quill said simply the vote was about abortion, no more, "
        '"The issue before this court ... is not the policy or morality of abortion. The issue before this court is '
        'what the law says about abortion. The law does not take sides on the issue of abortion."\n'
    )
    ((pieces, mention, _),) = said(text)
    assert mention == "Quill"
    assert pieces == [text[text.index("simply") :].strip()]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("In “The Glass Harbour,” Roe attempts to paint a picture of rights.", []),
        ('In May, during a visit to "The Late Show," Ann Lowe revealed that she was ill.', [["she was ill"]]),
        ("She sang in “Blue Nights,” and Ann Lowe told fans that she was done.", [["she was done"]]),
        ("It ended with “a small farce,” and Ann Lowe told fans that she was done.", [["she was done"]]),
        # the quoted words are what is said
        ("They are “in a mess, all of them,” Lowe told fans.", [["They are “in a mess, all of them,”"]]),
        ("“I do not think,” Lowe said, “that it is late.”", [["I do not think", "that it is late."]]),
    ],
)
def test_a_title_and_the_end_of_another_clause_are_not_what_the_next_cue_says(text, pieces):
    assert [p for p, _, _ in said(text)] == pieces


def test_a_source_is_not_given_the_second_half_of_a_quotation():
    text = "“They lied. All of them,” Bell told staff, according to two people."
    assert said(text) == [(["They lied. All of them"], "Bell", "told")]
    assert [mention for _, mention, _ in said("“It will rain. It will pour,” according to Bell.")] == ["Bell"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Brandt pointed out that the bridge was old.", (["the bridge was old"], "Brandt", "pointed out")),
        ("“I broke it,” Brandt shared on Monday.", (["I broke it"], "Brandt", "shared")),
        (
            "He told reporters after that he was not signaling a change.",
            (["he was not signaling a change"], "He", "told"),
        ),
        ("Interrupting, Karen Boll (D-Ohio) said: “No.”", (["No."], "Karen Boll", "said")),
        (
            "He left because of the rain − saying “it rains” too much.",
            (["“it rains” too much"], "He", "saying"),
        ),
        ("Rising, Peter Olm (Con, Kent) said he was ready.", (["he was ready"], "Peter Olm", "said")),
    ],
)
def test_less_usual_ways_to_say_who_said_what(text, found):
    assert said(text) == [found]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        # a cue between commas that has an object of its own says that
        ("In a call last week, Lew acknowledged the limits.", ["the limits"]),
        ("During the debate, Brandt mentioned his ties to the firm.", ["his ties to the firm"]),
        ("The road, the council assured residents on Monday, will open.", ["The road", "will open"]),
        # when and why the article says, not the speaker
        ('Brandt called the vote "a farce" after she lost her seat.', ['the vote "a farce"']),
        ('Brandt described the ride as "scary" because the brakes failed.', ['the ride as "scary"']),
        ('Brandt called it "a farce that began after she lost."', ['it "a farce that began after she lost."']),
    ],
)
def test_what_is_said_has_nothing_of_when_and_why_it_was(text, pieces):
    assert [p for p, _, _ in said(text)] == [pieces]
