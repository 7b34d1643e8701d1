"""A timeline as a picture, and in words for those who do not see it."""

from __future__ import annotations

import io
import re
import textwrap
import warnings
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from bot.charts.time_axis import Axis, axis_of, thinned
from bot.event_words import dated
from retrieval.errors import UserError
from retrieval.schema import EventStatus, TimeSpan
from retrieval.search.found_events import EventsFound, FoundEvent
from retrieval.search.wording import written_range

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
    from matplotlib.text import Text

ROWS = 14  # events drawn at most
CHAT_ROWS = 8  # in a chat, whose previews are about 550 pixels wide and 350 high
_ALTERNATIVE = 1_000  # characters; Discord takes 1,024

# One picture for both themes: a dark card on which every colour has a contrast of at least 4.5 to 1 (WCAG 2.1).
# The colours of the statuses are told apart by colour-blind readers (Okabe and Ito, 2008), and by shape.
_CARD, _INK, _FAINT, _GRID = "#1f2226", "#f2f3f5", "#b5bac1", "#3a3e45"
_COLOURS = {
    EventStatus.HAPPENED: "#56b4e9",
    EventStatus.SCHEDULED: "#f0b13c",
    EventStatus.HYPOTHETICAL: "#cc9ad0",
    EventStatus.DENIED: "#ff8a65",
}
_MEANING = {
    EventStatus.HAPPENED: "happened",
    EventStatus.SCHEDULED: "scheduled",
    EventStatus.HYPOTHETICAL: "possible",
    EventStatus.DENIED: "not so",
}
_WIDTH, _DPI = 8.6, 140  # inches, dots per inch
_ROW, _HEAD, _FOOT = 0.5, 1.06, 0.42  # inches
_LEFT, _SPLIT, _RIGHT = 0.025, 0.31, 0.985  # of the width: the axis, the labels
_BETWEEN = 12  # pixels between two labels of the axis
_SHORTEST = 0.02  # of the width: of a bar
_DATELINE = re.compile(r"^[A-Z]{3,}[^—–\n]{0,60}?\s(?:—|–|-|--)\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG and its alternative text."""

    png: bytes
    alternative: str


def draw(found: EventsFound, path: Path, *, rows: int = ROWS) -> str:
    """Write the timeline into a PNG file; its alternative text. UserError where the file cannot be written."""
    picture = picture_of(found, rows=rows)
    try:
        path.write_bytes(picture.png)
    except OSError as error:
        raise UserError(f"{path} cannot be written: {error.strerror}.") from error
    return picture.alternative


def picture_of(found: EventsFound, *, rows: int = ROWS) -> Picture:
    """At most `rows` events of the timeline drawn; they keep the numbers they have in the list."""
    import matplotlib as mpl
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    spans = {n: span for n, event in enumerate(found.events) if (span := _drawn_span(event.when)) is not None}
    axis = axis_of(list(spans.values())) if spans else None
    drawn = _drawn(found, spans, axis, rows)
    height = _HEAD + _FOOT + _ROW * max(1, len(drawn))
    with mpl.rc_context({"font.family": "DejaVu Sans", "text.parse_math": False}), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")  # a box stands for what the font lacks
        figure = Figure(figsize=(_WIDTH, height), dpi=_DPI, facecolor=_CARD)
        FigureCanvasAgg(figure)
        _write_heading(figure, found, len(drawn), height)
        axes = figure.add_axes((_LEFT, _FOOT / height, _RIGHT - _LEFT, _ROW * max(1, len(drawn)) / height))
        axes.set_xlim(0, _RIGHT - _LEFT)
        axes.set_ylim(max(1, len(drawn)) - 0.5, -0.5)
        axes.set_axis_off()
        if axis is not None:
            _draw_axis(axes, axis, [spans[n] for n in spans if n not in drawn])
        for row, n in enumerate(drawn):
            _draw_row(axes, row, n + 1, found.events[n], spans.get(n), axis)
        _write_legend(figure, [found.events[n] for n in drawn], height)
        alternative = alternative_text(found, drawn)
        file = io.BytesIO()
        # the words go with the picture wherever it is copied to
        figure.savefig(file, format="png", facecolor=_CARD, metadata={"Description": alternative, "Software": None})
    return Picture(file.getvalue(), alternative)


def alternative_text(found: EventsFound, drawn: list[int]) -> str:
    """What the picture shows, in at most a thousand characters."""
    text = f"{_title(found)}, as a timeline of {len(drawn)} event{'' if len(drawn) == 1 else 's'}."
    for n in drawn:
        shown = found.events[n].shown
        line = f" {n + 1}: {dated(shown).rstrip('*')}, {_flat(shown.text)}"
        status = "" if shown.status is EventStatus.HAPPENED else f" ({_MEANING[shown.status]})"
        if len(text) + len(line) + len(status) + 1 > _ALTERNATIVE:
            return textwrap.shorten(text + line, _ALTERNATIVE, placeholder=" …")
        text += f"{line}{status}."
    return text


def _drawn(found: EventsFound, spans: dict[int, tuple[date, date]], axis: Axis | None, most: int) -> list[int]:
    """The numbers of the events to draw, those without a year last."""
    placed = sorted(spans, key=lambda n: (spans[n][0], found.events[n].when.last or date.max, n))
    unplaced = [n for n in range(len(found.events)) if n not in spans]
    room = most - min(len(unplaced), 3)
    kept: list[int] = []
    if axis is not None:
        chosen = thinned([axis.at(spans[n][0]) for n in placed], [found.events[n].score for n in placed], room)
        kept = [placed[i] for i in chosen]
    return kept + unplaced[: most - len(kept)]


def _drawn_span(when: TimeSpan) -> tuple[date, date] | None:
    """The days that are drawn: of an open span only its known end."""
    first, last = when.first or when.last, when.last or when.first
    return (first, last) if first is not None and last is not None else None


def _draw_axis(rows: Axes, axis: Axis, left_out: list[tuple[date, date]]) -> None:
    above = rows.get_xaxis_transform()  # days to the right, the height of the rows as 1
    taken: list[tuple[float, float]] = []
    for stretch in axis.ticks():
        has_year = False
        for tick in stretch:
            side = "left" if tick.place < 0.15 else "right" if tick.place > 0.85 else "center"
            label = tick.label if has_year else tick.dated
            text = rows.annotate(label, (tick.place * _SPLIT, 1), xycoords=above, xytext=(0, 13),
                                 textcoords="offset points", color=_FAINT, fontsize=11.5, ha=side,
                                 va="bottom")  # fmt: skip
            box = text.get_window_extent(_renderer(rows))
            if any(box.x0 < right + _BETWEEN and left < box.x1 + _BETWEEN for left, right in taken):
                text.remove()
                continue
            has_year = True
            taken.append((box.x0, box.x1))
            rows.axvline(tick.place * _SPLIT, color=_GRID, linewidth=1.2, zorder=0)
    for fold in axis.folds:
        rows.axvline(fold * _SPLIT, color=_FAINT, linewidth=1.4, linestyle=(0, (1, 3)), zorder=0)
    for first, _ in left_out:  # thinned out, but there
        rows.plot([axis.at(first) * _SPLIT], [1.0], transform=above, marker="|", markersize=7, color=_FAINT,
                  markeredgewidth=1.6, clip_on=False)  # fmt: skip


def _draw_row(
    rows: Axes, row: int, number: int, event: FoundEvent, span: tuple[date, date] | None, axis: Axis | None
) -> None:
    colour = _COLOURS[event.status]
    label_at = _SPLIT + 0.062
    if row % 2:
        rows.axhspan(row - 0.5, row + 0.5, color="#ffffff", alpha=0.035, linewidth=0, zorder=-1)
    end = 0.0
    if span is not None and axis is not None:
        left, right = (axis.at(day) * _SPLIT for day in span)
        end = max(right, left + _SHORTEST)
        _draw_span(rows, row, left, right, event, colour)
        _draw_open_end(rows, event.when, right if event.when.last is None else left, row, colour)
    rows.plot([end + 0.014, label_at - 0.046], [row, row], color=_GRID, linewidth=1.2, zorder=0,
              linestyle="-" if span else (0, (1, 4)))  # fmt: skip
    rows.text(label_at - 0.01, row, str(number), color=_CARD, fontsize=11, fontweight="bold", ha="right",
              va="center", bbox={"boxstyle": "round,pad=0.28", "facecolor": colour, "edgecolor": "none"})  # fmt: skip
    rows.text(label_at + 0.006, row - 0.23, dated(event.shown), color=colour, fontsize=11.5, fontweight="bold",
              va="center")  # fmt: skip
    told = rows.text(label_at + 0.006, row + 0.2, _label(event.shown.text), color=_INK, fontsize=12, va="center")
    _shorten_to_fit(rows, told)


def _draw_span(rows: Axes, row: int, left: float, right: float, event: FoundEvent, colour: str) -> None:
    """A dot for a day, a bar for more; hollow where it did not simply happen."""
    solid = event.status is EventStatus.HAPPENED
    if event.when.first is None or event.when.last is None or event.when.first == event.when.last:
        rows.plot([left], [row], marker="o" if solid else "D", markersize=12 if solid else 10,
                  markerfacecolor=colour if solid else _CARD, markeredgecolor=colour, markeredgewidth=2.6,
                  clip_on=False)  # fmt: skip
        return
    right = max(right, left + _SHORTEST)
    rows.plot([left, right], [row, row], color=colour, linewidth=13, alpha=0.28, solid_capstyle="round",
              clip_on=False)  # fmt: skip
    rows.plot([left, right], [row, row], color=colour, linewidth=4, solid_capstyle="round",
              linestyle="-" if solid else (0, (2, 1.2)), clip_on=False)  # fmt: skip


def _shorten_to_fit(rows: Axes, told: Text) -> None:
    """Cut a label at a word, so that it ends within the picture."""
    renderer = _renderer(rows)
    limit = _WIDTH * _DPI * _RIGHT
    words = told.get_text().split()
    while len(words) > 1 and told.get_window_extent(renderer).x1 > limit:
        excess = told.get_window_extent(renderer).x1 - limit
        # several words at once where much is too much: measuring is slow
        words = words[: -max(1, int(excess / 160))]
        told.set_text(" ".join(words).rstrip(",;:–—- ") + " …")


def _renderer(rows: Axes) -> RendererAgg:
    canvas = cast("FigureCanvasAgg", rows.figure.canvas)
    return cast("RendererAgg", canvas.get_renderer())  # type: ignore[no-untyped-call]


def _label(text: str) -> str:
    """What happened, without the dateline, as far as it could ever fit."""
    flat = _flat(text)
    return textwrap.shorten(_DATELINE.sub("", flat) or flat, 90, placeholder=" …")


def _draw_open_end(rows: Axes, when: TimeSpan, x: float, row: int, colour: str) -> None:
    """An arrow where one end of a span is not known."""
    if (when.first is None) == (when.last is None):
        return
    towards = 0.03 if when.last is None else -0.03
    rows.annotate("", (x + towards, row), (x, row), annotation_clip=False,
                  arrowprops={"arrowstyle": "->", "color": colour, "linewidth": 2.4})  # fmt: skip


def _write_heading(figure: Any, found: EventsFound, drawn: int, height: float) -> None:
    figure.text(_LEFT, 1 - 0.14 / height, textwrap.shorten(_title(found), 56, placeholder=" …"), color=_INK,
                fontsize=19, fontweight="bold", va="top")  # fmt: skip
    total = max(found.total, len(found.events))
    said = "No event" if not drawn else f"{drawn} of {total} events" if drawn < total else f"{drawn} events"
    figure.text(_LEFT, 1 - 0.47 / height, said, color=_FAINT, fontsize=11.5, va="top")


def _write_legend(figure: Any, events: list[FoundEvent], height: float) -> None:
    x = _LEFT
    for status in EventStatus:
        if not any(event.status is status for event in events):
            continue
        mark = "●" if status is EventStatus.HAPPENED else "◇"
        figure.text(x, 0.13 / height, f"{mark} {_MEANING[status]}", color=_COLOURS[status], fontsize=11.5)
        x += 0.05 + 0.0135 * len(_MEANING[status])
    if any(event.shown.inferred and event.shown.expression for event in events):
        figure.text(_RIGHT, 0.13 / height, "* day inferred from the publication", color=_FAINT, fontsize=11,
                    ha="right")  # fmt: skip


def _title(found: EventsFound) -> str:
    query = found.query
    days = written_range(query.first, query.last)
    topic = _flat(query.about or "")
    if topic:
        topic = topic[0].upper() + topic[1:]
        return f"{topic}, {days}" if days else topic
    return f"What happened: {days}" if days else "What happened when"


def _flat(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in " ".join(text.split()))
