"""Which web addresses are kept, and which are the same article."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.reading.urls import canonical_url, host_name, web_address


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("HTTP://Example.COM:80/A?b=1#top", "http://example.com/A?b=1"),
        ("https://example.com:443", "https://example.com/"),
        ("https://example.com:8443/a/", "https://example.com:8443/a"),
        ("https://example.com/a?utm_source=x&utm_medium=y&fbclid=z&gclid=1", "https://example.com/a"),
        ("https://example.com/a?id=7&utm_source=x", "https://example.com/a?id=7"),
        ("https://example.com/a?b=2&a=1", "https://example.com/a?a=1&b=2"),
        ("https://example.com/?p=77", "https://example.com/?p=77"),
        ("https://example.com/index?article", "https://example.com/index?article"),
        ("https://example.com/a//b/./c/../d", "https://example.com/a/b/d"),
        ("https://example.com/caf%c3%a9", "https://example.com/caf%C3%A9"),
        ("https://example.com/café", "https://example.com/caf%C3%A9"),
        ("https://example.com/%7euser", "https://example.com/~user"),
        ("https://example.com/100%25-true", "https://example.com/100%25-true"),
        # the same page in another dress
        ("https://m.example.com/a", "https://www.example.com/a"),
        ("https://mobile.example.co.uk/a", "https://www.example.co.uk/a"),
        ("https://amp.example.com/a", "https://www.example.com/a"),
        ("https://en.m.example.org/wiki/A", "https://en.example.org/wiki/A"),
        ("https://example.com/2016/a-long-story/amp/", "https://example.com/2016/a-long-story"),
        ("https://example.com/story-1234567.amp", "https://example.com/story-1234567"),
        ("https://example.com/story.amp.html", "https://example.com/story.html"),
        ("https://example.com/a-long-story?amp=1", "https://example.com/a-long-story"),
        ("https://example.com/a-long-story?outputType=amp", "https://example.com/a-long-story"),
        ("https://example.com/a-long-story/print", "https://example.com/a-long-story"),
        ("https://example.com/a-long-story?print=true", "https://example.com/a-long-story"),
        ("https://www.google.com/amp/s/example.com/a-long-story.html", "https://example.com/a-long-story.html"),
        ("https://example-com.cdn.ampproject.org/c/s/example.com/x", "https://example.com/x"),
        # and pages that only look like it
        ("https://example.com/guitars/amp", "https://example.com/guitars/amp"),
        ("https://example.com/design/print", "https://example.com/design/print"),
        ("https://example.com/amp-it-up", "https://example.com/amp-it-up"),
        ("https://m.com/a", "https://m.com/a"),
        ("https://amplifier.example.com/a", "https://amplifier.example.com/a"),
        ("https://example.com/a?m=2", "https://example.com/a?m=2"),
        ("https://example.com/a?ref=234", "https://example.com/a?ref=234"),
    ],
)
def test_one_article_has_one_address(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical
    assert canonical_url(canonical) == canonical


@pytest.mark.parametrize(
    ("raw", "address"),
    [
        (" https://example.com/a b ", "https://example.com/a%20b"),
        ("//example.com/a", "https://example.com/a"),
        ("https://bank.example@evil.example/", "https://evil.example/"),
        ("https://user:secret@example.com/a", "https://example.com/a"),
        ("https://exämple.com/", "https://xn--exmple-cua.com/"),
        ("https://example.com/a)[b](c", "https://example.com/a)%5Bb%5D(c"),
        ("https://example.com/<@123>", "https://example.com/%3C@123%3E"),
        ("https://example.com/a\nb", "https://example.com/ab"),
        ("http://[::1]:8000/a", "http://[::1]:8000/a"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("ftp://example.com/a", None),
        ("file:///etc/passwd", None),
        ("https:///path", None),
        ("https://example.com:99999/", None),
        ("https://exa mple.com/", None),
        ("https://example.com\\@evil.example/", None),
        ("https://" + "a" * 3000 + ".com/", None),
        ("just words", None),
        ("", None),
        ("http://[::1", None),
    ],
)
def test_only_addresses_that_can_be_shown_are_kept(raw: str, address: str | None) -> None:
    assert web_address(raw) == address


@given(st.text(max_size=60) | st.text(max_size=60).map(lambda s: "https://example.com/" + s))
def test_any_text_is_an_address_or_none(raw: str) -> None:
    address = web_address(raw)
    if address is not None:
        assert web_address(address) == address
        assert not set(address) & set(' <>"\n\r\t`{}|^')
        assert canonical_url(canonical_url(address)) == canonical_url(address)


def test_a_host_names_the_publisher() -> None:
    assert host_name("https://www.example.com/a") == "example.com"
    assert host_name("https://m.example.com/a") == "example.com"
    assert host_name("https://news.example.co.uk/a") == "news.example.co.uk"
