"""The words alone, without the marks of Markdown and of extracted pages."""

from __future__ import annotations

import pytest

from retrieval.reading.markup import plain_markdown, plain_page


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("**18:05** Two people *were* hurt.", "18:05 Two people were hurt."),
        ("**The quay is shut.** The governor, she said, knew.", "The quay is shut. The governor, she said, knew."),
        ("***both*** and __strong__ and _weak_", "both and strong and weak"),
        ("**bold *and* more**", "bold and more"),
        ("It was **late\nand** dark.", "It was late\nand dark."),
        ("“*No*,” she said of *The Gazette*’s report.", "“No,” she said of The Gazette’s report."),
        ("**Q:** Why?\n\n**A:** Cracks.", "Q: Why?\n\nA: Cracks."),
        ("- first\n* second\n  + third", "first\nsecond\nthird"),
        ("> “We cannot,” said Ines.\r\n> She left.", "“We cannot,” said Ines.\r\nShe left."),
        ("| a | b |\n|---|:-:|\n| 1 | 2 |", "a | b\n\n1 | 2"),
        ("**[Post](https://e.org/_a_b_)**", "[Post](https://e.org/_a_b_)"),
    ],
)
def test_marks_are_taken_out_and_every_word_stays_on_its_line(text: str, plain: str) -> None:
    assert plain_markdown(text) == plain
    assert plain.count("\n") == text.count("\n")


@pytest.mark.parametrize(
    "text",
    [
        "5 * 3 * 2 and 5*3*2",
        "Price* and weight*\n*Without tax.\n*Without bones.",
        "a snake_case_name",
        "It fell to -5 degrees, - or so he said - and **",
        "f***ing **** off",
        "---\n\n* * *\n\n- - -",
        "```\n**code**\n- x\n```\n",
        "`**code**` and https://e.org/*a*/_b_/",
        "**one\n\ntwo**",
        "# A heading",
        "2 > 1 | 0",
        "1. One",
    ],
)
def test_what_is_no_mark_stays(text: str) -> None:
    assert plain_markdown(text) == text


def test_a_page_loses_the_marks_of_its_lists_and_tables() -> None:
    text = "What we know\n- The quay is shut.\n- “Stay away.”\n\n| Bread | 2.10 | \n|---|---|\n| A story in a cell. | "
    assert plain_page(text) == "What we know\nThe quay is shut.\n“Stay away.”\n\nBread | 2.10\nA story in a cell."


@pytest.mark.parametrize(
    "text", ["*a " * 50_000, "**" * 50_000, "> " * 50_000, "*a" * 50_000, ("*a " * 29 + "\n\n") * 900]
)
def test_marks_without_end_take_no_time(text: str) -> None:
    assert "a" in plain_markdown(text) or set(text) <= {"*", ">", " "}
