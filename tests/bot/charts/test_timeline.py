"""A timeline as a picture: what is drawn, where, and what is said of it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.charts import timeline
from bot.charts.timeline import CHAT_ROWS, draw, picture_of
from retrieval.errors import UserError
from retrieval.schema import EventStatus, Granularity, TimeSpan
from retrieval.search.found_events import EventQuery, EventsFound, FoundEvent
from tests.told import found, report, span

LONG = (
    "The harbour board of Lowmouth, which had met for nine hours, resolved to close the north quay to lorries at once"
)


def many() -> EventsFound:
    start = date(2026, 1, 5)
    events = [
        report(f"{LONG} {n}", span(start + timedelta(days=5 * n), start + timedelta(days=6 * n)), article=f"a{n}",
               status=list(EventStatus)[n % 4])
        for n in range(25)
    ]  # fmt: skip
    events.insert(0, report("Before the war", TimeSpan(None, date(1938, 12, 31), Granularity.YEAR, "1939", "BEFORE")))
    events.append(report("In October", TimeSpan(None, None, Granularity.MONTH, "XXXX-10")))
    return found(*events, query=EventQuery(about="the quay"), total=40)


@pytest.mark.parametrize("rows", [CHAT_ROWS, 14])
def test_no_two_labels_overlap_and_all_lie_in_the_picture(monkeypatch: pytest.MonkeyPatch, rows: int) -> None:
    from matplotlib.figure import Figure
    from matplotlib.text import Text

    figures: list[Figure] = []
    save = Figure.savefig
    monkeypatch.setattr(Figure, "savefig", lambda self, *a, **k: (figures.append(self), save(self, *a, **k))[1])
    picture_of(many(), rows=rows)
    (figure,) = figures
    renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
    texts = [t for t in figure.findobj(Text) if t.get_text().strip()]
    boxes = [t.get_window_extent(renderer) for t in texts]
    assert len(texts) > 2 * rows
    width, height = figure.canvas.get_width_height()
    for i, box in enumerate(boxes):
        assert box.x0 >= 0, texts[i]
        assert box.x1 <= width, texts[i]
        assert box.y0 >= 0, texts[i]
        assert box.y1 <= height, texts[i]
        for j in range(i):
            assert not box.shrunk(0.98, 0.9).overlaps(boxes[j].shrunk(0.98, 0.9)), (texts[i], texts[j])


def test_a_chats_picture_is_wide_enough_for_its_preview() -> None:
    png = picture_of(many(), rows=CHAT_ROWS).png
    width, height = int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")
    assert width >= 1100
    assert width / height > 1.4


def test_every_colour_can_be_read_on_the_card() -> None:
    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    card = luminance(timeline._CARD)
    for colour in (timeline._INK, timeline._FAINT, *timeline._COLOURS.values()):
        assert (luminance(colour) + 0.05) / (card + 0.05) >= 4.5, colour


def test_the_alternative_text_tells_the_same_within_discords_limit() -> None:
    text = picture_of(many(), rows=CHAT_ROWS).alternative
    assert text.startswith("The quay, as a timeline of 8 events. 1: ")
    assert len(text) <= 1024
    short = picture_of(found(report("The quay closed", status=EventStatus.SCHEDULED), total=1)).alternative
    assert short == "What happened when, as a timeline of 1 event. 1: 2 March 2026, The quay closed (scheduled)."


@pytest.mark.parametrize(
    "events",
    [
        found(),
        found(query=EventQuery(date(1999, 3, 1), date(1999, 3, 31))),
        found(report("It cost $3 to cross and $4_{5} to return \\frac{")),
        found(report("港は月曜日に閉鎖された 🌊 \x1b[31m\u202e")),
        found(report("x", span(date.min)), report("y", span(date.max), article="b")),
        found(report("In October", TimeSpan(None, None, Granularity.MONTH, "XXXX-10"))),
        found(report("W" * 500)),
        found(FoundEvent((report("A", TimeSpan(date(2004, 1, 1), None, Granularity.YEAR, "2004", "ON_OR_AFTER")),))),
    ],
)
def test_whatever_articles_hold_can_be_drawn(events: EventsFound) -> None:
    assert picture_of(events).png.startswith(b"\x89PNG")


def test_the_alternative_text_is_in_the_file() -> None:
    assert b"Description\x00What happened when, as a timeline of 1 event." in picture_of(found(report())).png


def test_a_place_that_cannot_be_written_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be written"):
        draw(found(report()), tmp_path / "missing" / "t.png")
