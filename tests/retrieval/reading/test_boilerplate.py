"""What is kept out of answers, and what only looks like it and stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.reading.boilerplate import boilerplate

PROSE = (
    "The harbour board voted on Tuesday to rebuild the eastern pier, which a storm tore apart last winter.",
    "Work is to begin in the spring and should take eleven months, the board’s engineer said in a report.",
    "“We have waited long enough,” said Mara Quill, who runs the ferry office beside the pier.",
    "The money comes from a loan that the town took up in January and from a levy on cruise ships.",
    "Fishermen have moored at the northern quay since the storm and complain of the distance.",
    "A second vote, on the colour of the lamps, was put off.",
)


def marked(text: str) -> list[str]:
    return [text[s.start : s.end] for s in boilerplate(text)]


def at_the_end(line: str) -> str:
    return "\n\n".join((*PROSE, line))


def in_the_middle(line: str) -> str:
    return "\n\n".join((*PROSE[:3], line, *PROSE[3:]))


def at_the_head(line: str) -> str:
    return "\n\n".join((line, *PROSE))


ANYWHERE = [
    "More on the pier:Harbour board puts off the vote on lamps",
    "‘We have waited long enough’:Ferry office opens again after the storm",
    "Advertisement",
    "ADVERTISEMENT",
    "Sponsored content",
    "Story continues below advertisement",
    "Read more: The lamps of the old pier",
    "READ MORE: Ferry fares to rise in May",
    "Read more »",
    "Read more",
    "Related: How the storm crossed the bay",
    "RELATED STORIES",
    "See also: A guide to the islands",
    "Don’t miss: Ten walks along the coast",
    "WATCH: Waves break over the pier",
    "Opinion: The pier is worth every penny",
    "Share on Facebook Tweet Email",
    "Share this article",
    "Facebook Twitter WhatsApp Email Print",
    "Share via email, Facebook or Twitter",
    "Tweet",
    "Sign up for our newsletter",
    "Sign up here for our free weekly newsletter and never miss a story.",
    "Get our morning briefing delivered to your inbox every weekday.",
    "Subscribe to our newsletter to have the best stories of the week in your inbox.",
    "Follow us on Facebook and Instagram",
    "Follow us on Twitter for all the latest news.",
    "Download our app for breaking news alerts.",
    "Join our WhatsApp channel to receive our biggest stories first.",
    "Please consider supporting our journalism with a subscription.",
    "Enjoying our coverage? Become a member and support our newsroom.",
    "We use cookies to improve your experience on our site. By clicking Accept you agree to this.",
    "This site uses cookies.",
    "By signing up, you agree to our Terms of Use and Privacy Policy.",
    "You can unsubscribe at any time.",
    "Already a subscriber? Log in",
    "Subscribe now",
    "To continue reading this article, subscribe today.",
    "Sign in to comment",
    "Leave a comment",
    "Comments (14)",
    "© 2031 The Harbour Gazette",
    "Copyright 2031 The Harbour Gazette. All rights reserved.",
    "This material may not be published, broadcast, rewritten or redistributed.",
    "This story has been updated.",
    "This article has been updated with comments from the ferry company.",
    "This is a developing story. Check back for updates.",
    "Photo: Ann Lee / Harbour Gazette",
    "Photograph: Ann Lee/Agency Images",
    "Image source, Agency Images",
    "Image caption, The pier before the storm",
    "Photo by Ann Lee",
    "(AP Photo/Ann Lee)",
    "Ann Lee/Getty Images",
    "File photo",
    "4 min read",
    "Listen to this article · 6:21 min",
    "Have a tip? Contact our newsroom at tips@gazette.example.",
    "Click here to read the full report.",
    "Thank you for reading.",
    "Most read",
    "Follow Ann Lee on Twitter: @annlee",
    "(You can have “Five things by the sea” in your inbox every day. Sign up here.)",
    "Our guide to the islands is free. Consider supporting our journalism and become a subscriber today.",
    "Purchases you make through our links may earn us a commission.",
    "See the full timetable here >>>",
    "***",
    "**Read more:** [The lamps of the old pier](https://gazette.example/lamps)",
    "[Sign up for our newsletter](https://gazette.example/letters)",
    "![The pier](pier.jpg)",
]


@pytest.mark.parametrize("line", ANYWHERE)
def test_it_is_marked_wherever_it_stands(line: str) -> None:
    for text in (at_the_end(line), in_the_middle(line), at_the_head(line)):
        assert marked(text) == [line]


AT_THE_END = [
    "Reporting by Ann Lee in Port Marl; editing by Bo Diaz",
    "(Reporting by Ann Lee and Cy Young; Additional reporting by Di Fox in Brine; Editing by Bo Diaz)",
    "Additional reporting by Ann Lee.",
    "Ann Lee and Bo Diaz contributed to this report.",
    "Edited by Bo Diaz",
    "By subscribing, you keep our reporters on the beat.",
    "If you value what we do, please support us with a donation, because our readers make it possible.",
    "Your support lets us tell the stories nobody else tells.",
    "Support local journalism. Subscribe today.",
    "*This page was free to read. Keep it so: subscribe to the Gazette for 3 a month.*",
    "Our newsroom depends on you: become a member today.",
]


@pytest.mark.parametrize("line", AT_THE_END)
def test_it_is_marked_at_the_end(line: str) -> None:
    assert marked(at_the_end(line)) == [line]


@pytest.mark.parametrize(
    "appeal",
    [
        "Good reporting takes time and money.\nPlease consider a subscription to support our work.",
        "Trustworthy journalism has never mattered more.\nSubscribe, and help us keep asking questions for you.",
        "When rumours travel faster than facts, an independent newsroom is essential.\n"
        "With your subscription you make our reporting possible.",
    ],
)
def test_an_appeal_over_two_lines_is_marked_whole(appeal: str) -> None:
    assert marked(at_the_end(appeal)) == [appeal]
    assert marked("\n".join((*PROSE, appeal))) == [appeal]


STAYS = [
    "The newspaper wants to win 10,000 new subscribers by the end of the year.",
    "Subscriptions to the newsletter have doubled since the storm, its publisher said.",
    "Readers can subscribe to the ferry’s newsletter at the town hall.",
    "Sign-ups for the newsletter closed on Friday.",
    "“Subscribe to our newsletter,” the mayor told the crowd, and nobody laughed.",
    "“Please support our journalism,” reads the banner that hangs over the paper’s front door.",
    "She read more books than anyone in the town.",
    "Read more slowly, her teacher used to say.",
    "Related companies must file accounts of their own.",
    "Share prices fell by a tenth.",
    "Shares of the ferry company fell on Monday.",
    "Follow the coast road for two miles and turn left at the chapel.",
    "The advertisement showed a ferry in full sail.",
    "Advertisement revenue fell to a third of what it was.",
    "Cookies are banned from the reading room, the librarian said.",
    "The website uses cookies to follow its visitors without asking them, the regulator found.",
    "Copyright law gives the heirs seventy years.",
    "Copyright in the photographs belongs to the town.",
    "Reporting by the Gazette showed that the levy was never collected.",
    "Reporting by two newspapers in May led to the inquiry.",
    "Editing by hand is slow, and the archive has four million pages.",
    "Photographs of the pier hung in every shop.",
    "The photo shows the captain on the bridge an hour before the storm.",
    "This story began in a boathouse in 1931.",
    "This article of the constitution has been amended twice.",
    "This story has been updated to correct the name of the engineer, who is Tom Reeve.",
    "Correction: an earlier version of this article gave the wrong length of the pier. It is 240 metres long.",
    "The museum asks its members to donate what they can.",
    "You can donate blankets at the chapel, where our volunteers sort them.",
    "Support for the pier fell to 40 percent.",
    "Journalism students from the college filmed the vote.",
    "Independent journalism is essential to a town of this size, the mayor said.",
    "Email is how the engineer answered every question.",
    "Print runs have halved.",
    "Watch towers were built along the bay in 1803.",
    "Get out while you can, the captain shouted.",
    "Thank you is a phrase that the board has never used.",
    "Comments from the public ran to ninety pages.",
    "Join the dots and the outline of the new pier appears.",
    "By signing up for the plan, the town gave away its right to appeal.",
    "Terms of the loan were not made public.",
    "Analysis: the storm cost the town 4 million, and the board has 2 million. Nobody knows more.",
    "Help came from the islands before it came from the capital.",
    "He said he would read more and talk less.",
    "Most read the report in an evening.",
    "Contact with the vessel was lost at noon.",
    "“Our app is free,” said Quill. “You only need to sign up.”",
    "Those who register now pay the old fare, and the board expects many to register today.",
    "The brokers earn a commission on every berth they sell.",
    "Buyers who sign up today pay less.",
    "Residents should consider subscribing to flood insurance, the engineer wrote.",
    "Become a member of the rowing club and you will be wet all winter, people here say.",
]


@pytest.mark.parametrize("line", STAYS)
def test_a_sentence_about_such_things_stays(line: str) -> None:
    for text in (at_the_end(line), in_the_middle(line), at_the_head(line)):
        assert marked(text) == []


def test_the_credit_of_a_caption_goes_and_its_sentence_stays() -> None:
    caption = "The pier lay in pieces on the morning after the storm. Ann B. Lee/Agency/Getty Images"
    assert marked(in_the_middle(caption)) == ["Ann B. Lee/Agency/Getty Images"]
    assert marked(in_the_middle("The pier on Monday. (Photo by Ann Lee/Agency via Getty Images)")) != []


def test_the_headlines_below_related_articles_are_marked() -> None:
    headlines = "Related articles\nFerry fares to rise in May\nWhat the storm left behind\nTen walks along the coast"
    assert marked(at_the_end(headlines)) == [headlines]
    assert marked(in_the_middle("Related articles")) == ["Related articles"]


def test_a_dateline_on_a_line_of_its_own_is_marked_at_the_head() -> None:
    assert marked(at_the_head("PORT MARL, Coast Agency —")) == ["PORT MARL, Coast Agency —"]
    assert marked(in_the_middle("And then —")) == []


def test_buttons_one_a_line_are_marked() -> None:
    assert marked(at_the_head("Share\nFacebook\nTwitter\nEmail\nX")) == ["Share\nFacebook\nTwitter\nEmail\nX"]


def test_several_at_the_end_are_marked_together() -> None:
    end = "Reporting by Ann Lee\n\nRead more: The lamps\n\nSign up for our newsletter\n\n© 2031 The Gazette"
    assert marked(at_the_end(end)) == [end]


def test_a_text_that_looks_like_nothing_else_stays() -> None:
    assert marked("Sign up for our newsletter") == []
    assert marked("") == []
    assert marked("\n \n") == []


def test_line_ends_of_windows_do_not_hide_it() -> None:
    text = at_the_end("Read more: The lamps").replace("\n", "\r\n")
    assert marked(text) == ["Read more: The lamps"]


PIECES = st.sampled_from([*PROSE, *ANYWHERE, *AT_THE_END, *STAYS])


@given(st.lists(PIECES | st.text(max_size=40), max_size=25), st.sampled_from(["\n", "\n\n", "\r\n", "\u2029", " \n\t"]))
def test_stretches_lie_within_the_text_in_order_and_apart(pieces: list[str], joint: str) -> None:
    text = joint.join(pieces)
    end = -1
    for stretch in boilerplate(text):
        assert end < stretch.start < stretch.end <= len(text)
        assert text[stretch.start : stretch.end].strip() == text[stretch.start : stretch.end]
        end = stretch.end


@pytest.mark.parametrize(
    "line",
    ["a" * 50_000, "a " * 50_000, "Read more " * 5_000, "(" * 20_000, "A/" * 20_000, "share " * 9_000, "\n" * 50_000,
     "Sign up for our " * 3_000, "A. " * 20_000 + "/Getty Images", "© " * 20_000],
)  # fmt: skip
def test_no_text_takes_long(line: str) -> None:
    boilerplate(line + "\n\n" + line[:900])


def test_the_appeal_of_the_sample_article_is_marked() -> None:
    sample = next(
        (p for d in Path(__file__).resolve().parents if (p := d / "shared/seeds/north-korea-talks.txt").is_file()), None
    )
    if sample is None:
        pytest.skip("the sample article is not here")
    text = sample.read_text(encoding="utf-8")
    (stretch,) = boilerplate(text)
    assert text[stretch.start :] == "\n".join(text.rstrip("\n").splitlines()[-2:])
