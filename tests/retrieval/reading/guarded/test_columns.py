"""Printed pages whose columns were drawn side by side, line by line."""

from __future__ import annotations

import textwrap
from itertools import zip_longest

import pytest

from retrieval.reading.guarded.columns import column_by_column

HARBOUR = (
    "The harbour at Lowmouth closed on Monday after inspectors found forty cracks in the northern quay. The port"
    " authority said that the repair would cost three million crowns. Mayor Ines Calder said nobody would be let onto"
    " it before the piles are replaced, which is to be done by the end of the year."
)
FERRIES = (
    "Ferries to Ambry will leave from the southern pier until October. Fishermen said they had warned of loose planks"
    " for two years. Nobody had answered their letters, they said, and the council declined to comment on that when it"
    " met behind closed doors on Tuesday night."
)
STRIKE = (
    "In Kelstrand the strike went on for a third week, and the union said that no talks were planned before Easter."
    " Workers who had walked out in March were asked to vote again by the end of the month on an offer that is"
    " no better than the last."
)


def side_by_side(*texts: str, width: int = 34) -> list[tuple[str, ...]]:
    return list(zip_longest(*(textwrap.wrap(text, width) for text in texts), fillvalue=""))


def laid_out(rows: list[tuple[str, ...]], width: int = 40) -> str:
    return "\n".join("".join(cell.ljust(width) for cell in row).rstrip() for row in rows)


def drawn_across(rows: list[tuple[str, ...]]) -> str:
    return "\n".join(" ".join(cell for cell in row if cell) for row in rows)


@pytest.mark.parametrize("texts", [(HARBOUR, FERRIES), (FERRIES, HARBOUR), (HARBOUR, STRIKE, FERRIES)])
def test_each_column_is_read_by_itself(texts: tuple[str, ...]) -> None:
    rows = side_by_side(*texts)
    read = column_by_column(drawn_across(rows), laid_out(rows))
    assert " ".join(read.split()) == " ".join(texts)


def test_blank_rows_between_all_lines_are_no_paragraphs() -> None:
    rows = side_by_side(HARBOUR, FERRIES)
    read = column_by_column(drawn_across(rows), laid_out(rows).replace("\n", "\n\n\n"))
    assert "\n\n" not in read


def test_what_goes_over_all_columns_stands_where_it_stood() -> None:
    rows = side_by_side(HARBOUR, FERRIES)
    headline = "A headline over both of the columns that goes on and on"
    layout = f"{laid_out(rows)}\n\n{headline}\n\n{laid_out(side_by_side(STRIKE, STRIKE))}"
    plain = f"{drawn_across(rows)}\n{headline}\n{drawn_across(side_by_side(STRIKE, STRIKE))}"
    read = " ".join(column_by_column(plain, layout).split())
    assert read == f"{HARBOUR} {FERRIES} {headline} {STRIKE} {STRIKE}"


PRICES = [("Bread, a white loaf of 800 grams", "It costs 2.40"), ("Milk, one litre", "It costs 1.20"),
          ("Eggs, a dozen of free range", "It costs 3.20"), ("Butter, salted, 250 grams", "It costs 2.90"),
          ("Sugar, a bag of one kilo", "It costs 1.90"), ("Rice, a bag of one kilo", "It costs 2.10"),
          ("Tea, a box of eighty bags", "It costs 4.10")]  # fmt: skip


@pytest.mark.parametrize(
    ("plain", "layout"),
    [
        pytest.param(drawn_across(PRICES), laid_out(PRICES), id="a table is read in rows"),
        pytest.param(
            "\n".join(textwrap.wrap(HARBOUR, 34) + textwrap.wrap(FERRIES, 34)),
            laid_out(side_by_side(HARBOUR, FERRIES)),
            id="drawn column by column already",
        ),
        pytest.param("\n".join(textwrap.wrap(HARBOUR, 80)), "\n".join(textwrap.wrap(HARBOUR, 80)), id="one column"),
        pytest.param(
            "\n".join(textwrap.wrap(HARBOUR, 80)),
            "\n".join(line.replace(" ", "  ") for line in textwrap.wrap(HARBOUR, 80)),
            id="one column with wide spaces",
        ),
        pytest.param("", "", id="nothing"),
    ],
)
def test_other_pages_stay_as_they_were_drawn(plain: str, layout: str) -> None:
    assert column_by_column(plain, layout) == plain
