"""What is asked of the events, read from words: days in any spelling, and topics that name days."""

from __future__ import annotations

from datetime import date

from retrieval.annotation.time import tag, window_of, without_time
from retrieval.errors import BadInput
from retrieval.schema import TimeSpan, Window
from retrieval.search.found_events import EventQuery
from retrieval.search.words import content_words

_LONGEST = 200  # characters of a day or a topic


def read_days(text: str, today: date) -> tuple[TimeSpan, bool]:
    """The days that `text` names for someone whose day is `today`, and whether it left their year open.

    BadInput where it names none.
    """
    clean = " ".join(text.split())
    if len(clean) <= _LONGEST:
        time = window_of(clean, today)
        span = time.span or time.published
        if span is not None and (span.first or span.last):
            phrase = time.phrase or time.published_phrase
            words = clean[phrase.start : phrase.end] if phrase else clean
            return span, leaves_year_open(words)
    raise BadInput(f"“{clean[:60]}” names no day: write it as 2016-10-31, “October 2016” or “last week”.")


def leaves_year_open(phrase: str) -> bool:
    """Whether a phrase names days of the year without the year ("21 October"), so that any year may be meant."""
    values = [e.value for e in tag(phrase, None)]
    return bool(values) and all(v.startswith("XXXX-") and v[5:7].isdigit() for v in values)


def event_query(
    today: date,
    *,
    about: str | None = None,
    on: str | None = None,
    first: str | None = None,
    last: str | None = None,
    published_first: str | None = None,
    published_last: str | None = None,
) -> EventQuery:
    """What the options of a command ask for. A topic that names days asks for these where no option names any.

    BadInput where an option names no day, or days end before they begin.
    """
    if on is not None and (first is not None or last is not None):
        raise BadInput("Give either the days (--on), or the first and the last of them (--from, --to).")
    low, high, year_open = _window(on, first, last, today)
    published_low, published_high, _ = _window(None, published_first, published_last, today)
    topic = " ".join(about.split()) if about else ""
    if len(topic) > _LONGEST:
        raise BadInput(f"That topic has {len(topic)} characters: name it in at most {_LONGEST}.")
    if topic and low is None and high is None:
        time = window_of(topic, today)
        if time.span is not None:
            low, high = time.span.first, time.span.last
            year_open = time.phrase is not None and leaves_year_open(topic[time.phrase.start : time.phrase.end])
        if time.published is not None and published_low is None and published_high is None:
            published_low, published_high = time.published.first, time.published.last
        topic = without_time(topic, time)
    return EventQuery(
        first=low,
        last=high,
        about=topic if content_words(topic) else None,
        published=Window(published_low, published_high),
        year_open=year_open,
    )


def _window(on: str | None, first: str | None, last: str | None, today: date) -> tuple[date | None, date | None, bool]:
    if on is not None:
        span, year_open = read_days(on, today)
        return span.first, span.last, year_open
    low = high = None
    year_open = False
    if first is not None:
        span, year_open = read_days(first, today)
        low = span.first or span.last
    if last is not None:
        span, open_end = read_days(last, today)
        high = span.last or span.first
        year_open = open_end and (first is None or year_open)
    if low and high and low > high:
        raise BadInput(f"The days end on {high}, before they begin on {low}: swap the two.")
    return low, high, year_open and low is not None and high is not None
