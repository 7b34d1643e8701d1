"""Text from an article is shown and never acts."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discord.rendering.escaping import MAX_ADDRESS, code, escape, escape_label, safe_address, unescape
from tests.growth import assert_linear

# What Discord looks for, after its own escapes are taken out; what is pinged or embedded is also looked for in the
# raw text.
MARKUP = [
    re.compile(pattern)
    for pattern in (
        r"<@[!&]?\d+>",
        r"<#\d+>",
        r"<a?:\w+:\d+>",
        r"<t:-?\d+(:\w)?>",
        r"</[^>]+:\d+>",
        r"<id:\w+>",
        r"\*.*\*",
        r"_.*_",
        r"~~",
        r"\|\|",
        r"`",
        r"\]\(",
        r"\w+://",
        r"^#{1,3} ",
        r"^-#? ",
        r"^>",
        r"^\d+\. ",
        r"discord\.gg/",
    )
]
RAW = [re.compile(pattern) for pattern in (r"<@[!&]?\d", r"@(everyone|here)", r"https?://", r"<#\d", r"\]\(")]
HOSTILE = st.lists(
    st.one_of(
        st.sampled_from(("<@1>", "<@!1>", "<@&1>", "<#1>", "@everyone", "@here", "<a:x:1>", "<:x:1>", "<t:1:R>")),
        st.sampled_from(("</ask:1>", "<id:guide>", "[a](https://b.example)", ":x:", "https://", "discord.gg/abc")),
        st.sampled_from(("```", "`", "*", "**", "_", "__", "~~", "||", "#", "##", "-#", "-", ">", ">>>", "1.", "\\")),
        st.sampled_from(("<", ">", "@", "]", "(", " ", "\n", "\u202e", chr(0xD800))),
        st.text(max_size=12),
    ),
    max_size=12,
).map("".join)


def without_escapes(text: str) -> str:
    return re.sub(r"\\[^0-9A-Za-z\s]", "\ue000", text)


@given(HOSTILE)
def test_nothing_in_escaped_text_acts(text: str) -> None:
    escaped = escape(text)
    for pattern in MARKUP:
        assert not pattern.search(without_escapes(escaped)), pattern.pattern
    for pattern in RAW:
        assert not pattern.search(escaped), pattern.pattern


@given(HOSTILE)
def test_escaped_text_is_shown_as_it_was(text: str) -> None:
    shown = unescape(escape(text))
    unseen = re.compile(r"[\x00-\x1b\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]")
    assert shown.split() == unseen.sub("", re.sub(r"[\t\n\r\v\f\x85]", " ", text)).split()


@pytest.mark.parametrize(
    "prose",
    [
        "Mr. O'Brien said: “The talks (held Oct. 21-22) cost $4.5 million, or 12% of it.”",
        "“[He] is state-run,” she said; 10:30 p.m. was late.",
        "The U.S./U.K. side & others — 50 of 60 — agreed!",
        "write to press@gazette.example",
    ],
)
def test_ordinary_prose_stays_as_it_is(prose: str) -> None:
    assert escape(prose) == prose


def test_a_label_cannot_end_its_link_early() -> None:
    assert escape_label("[Live] talks](https://evil.example") == "(Live) talks)(https\\://evil.example"


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("articles/bridge.md:14", "`articles/bridge.md:14`"),
        ("a`b.md:1", "a\\`b.md:1"),
        ("<@1>.md:1", "\\<\\@1\\>.md:1"),
        ("two\nlines.md:1", "`two lines.md:1`"),
    ],
)
def test_a_path_is_shown_as_code_where_it_can_be(path: str, shown: str) -> None:
    assert code(path) == shown


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://gazette.example/a", "https://gazette.example/a"),
        ("https://gazette.example/a b)>c", "https://gazette.example/a%20b%29%3Ec"),
        (
            "https://gazette.example/a#:~:text=the%20bridge,-open",
            "https://gazette.example/a#:~:text=the%20bridge,-open",
        ),
        ("https://gazette.example/100%?q=ü", "https://gazette.example/100%25?q=%C3%BC"),
        ("HTTP://Gazette.Example:8080/", "http://gazette.example:8080/"),
        ("https://gazette.example/@everyone", "https://gazette.example/%40everyone"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("//gazette.example/a", None),
        ("https://gazette.example@evil.example/", None),
        ("https://gazette.example:99999/", None),
        ("https://ga zette.example/", None),
        ("https://[::1/", None),
        ("https://gazette.example/" + "a" * MAX_ADDRESS, None),
        ("", None),
        (None, None),
    ],
)
def test_only_plain_addresses_are_linked(url: str | None, address: str | None) -> None:
    assert safe_address(url) == address


@given(st.text(max_size=60))
def test_no_address_breaks_out_of_its_link(tail: str) -> None:
    address = safe_address(f"https://gazette.example/{tail}")
    assert address is None or re.fullmatch(r"[^\s<>()\[\]|`*\\@\"]+", address)


@pytest.mark.parametrize("run", ["<", ":", "@", "[", "](", "\\", ":a", "<a:", "1", "# ", "http://"])
def test_escaping_takes_time_in_proportion_to_the_text(run: str) -> None:
    assert_linear(escape, run)
