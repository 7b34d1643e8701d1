"""The publisher that a plain text names itself."""

import pytest

from retrieval.reading.publishers import credited_publisher


@pytest.mark.parametrize(
    ("text", "publisher"),
    [
        ("Owls hold up bypass\nBy Mara Lind\nThe Vale Chronicle, 14 September 2026\n\nWork.", "The Vale Chronicle"),
        ("Owls hold up bypass\nHarbour Gazette | September 14, 2026\n\nWork has stopped.", "Harbour Gazette"),
        ("Owls hold up bypass\nBy Mara Lind, Northern Post\n\nWork has stopped.", "Northern Post"),
        ("Owls hold up bypass\n14 September 2026 — Evening Star\n\nWork has stopped.", "Evening Star"),
        ("Owls hold up bypass\nBy Mara Lind\n14 September 2026\n\nWork has stopped.", None),
        ("Owls hold up bypass\nLowmouth, 14 September 2026\n\nWork has stopped.", None),
        ("Owls hold up bypass\nMara Lind, 14 September 2026\n\nWork has stopped.", None),
        ("Owls hold up bypass\n\nThe Vale Chronicle reported on Monday that work has stopped.", None),
        ("By Mara Lind\nUpdated 14 September 2026\n\nWork has stopped.", None),
        ("", None),
    ],
)
def test_a_line_under_the_headline_names_the_publisher(text: str, publisher: str | None) -> None:
    assert credited_publisher(text) == publisher
