"""CSV and TSV as programs and people write them: what goes in, and what is named in place of going in wrong."""

from __future__ import annotations

import codecs

import pytest

from retrieval.errors import Unreadable
from retrieval.reading.files import read_upload
from retrieval.reading.given import Given, Upload
from retrieval.schema import Article


def read(
    data: bytes | str, name: str = "a.csv", given: Given | None = None
) -> tuple[list[Article], list[tuple[int | None, str]]]:
    items = list(read_upload(Upload(name, data if isinstance(data, bytes) else data.encode()), given or Given()))
    return (
        [item for item in items if isinstance(item, Article)],
        [(item.line, item.reason) for item in items if isinstance(item, Unreadable)],
    )


def texts(data: bytes | str, name: str = "a.csv") -> list[str]:
    articles, errors = read(data, name)
    assert errors == []
    return [article.text for article in articles]


def test_a_quotation_mark_that_never_ends_is_named_with_what_it_took_along() -> None:
    articles, errors = read('title,text\nA,The quay closed.\nB,"It never ends\nC,The pier opened.\nD,The ferry sank.\n')
    assert [article.text for article in articles] == ["The quay closed."]
    assert errors == [(3, "a quotation mark that does not end, and with it everything down to line 5")]


def test_a_row_that_would_lose_its_quotation_marks_is_named_and_the_next_goes_in() -> None:
    articles, errors = read('title,text\nA,"Stay away," she said.\nB,The pier opened.\n')
    assert [article.text for article in articles] == ["The pier opened."]
    assert errors == [(2, "words behind the quotation mark that ends a cell: within a cell, write it twice")]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ('text,title\n"He said ""no"" on Monday.",A\n', 'He said "no" on Monday.'),
        ('text,title\n"One, two\nand three.",A\n', "One, two\nand three."),
        ('text,title\nThe "inner" harbour closed.,A\n', 'The "inner" harbour closed.'),
        ('title,text\n"A","He left."\n', "He left."),
    ],
)
def test_marks_that_are_written_as_they_should_be_are_read(data: str, text: str) -> None:
    assert texts(data) == [text]


def test_in_a_file_with_tabs_marks_at_the_head_of_a_cell_may_be_the_texts() -> None:
    data = 'title\ttext\nA\t"Stay away," she said.\nB\t"Cell with a\ttab"\nC\tHe said "no".\n'
    assert texts(data, "a.tsv") == ['"Stay away," she said.', "Cell with a\ttab", 'He said "no".']


@pytest.mark.parametrize("header", ["text,text", "Text,title,TEXT"])
def test_two_columns_of_one_name_are_refused(header: str) -> None:
    articles, errors = read(f"{header}\nfirst,second\n")
    assert articles == []
    assert errors == [(1, "two columns are named `text`: rename one")]


def test_two_columns_that_are_not_ours_may_share_a_name() -> None:
    assert texts("text,,\nThe quay closed.,1,2\n") == ["The quay closed."]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_text_of_a_spreadsheet_is_read(encoding: str) -> None:
    mark = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}.get(encoding, b"")
    assert texts(mark + "title\ttext\nA\tŁódź closed.\r\n".encode(encoding)) == ["Łódź closed."]


def test_a_line_that_names_the_separator_is_read() -> None:
    assert texts("sep=;\ntitle;text\nA, b;The quay, closed.\n") == ["The quay, closed."]


def test_what_stands_between_cells_is_told_by_the_names_it_leaves() -> None:
    assert texts("title;text;tags, names, and more, many\nA;One, two.;x\n") == ["One, two."]


def test_cells_without_a_column_are_counted_in_plain_words() -> None:
    assert read("text\nThe quay closed, said Ines.\n")[1] == [(2, "2 cells, and there is 1 column")]
    assert read("title,text\nA,B,C\n")[1] == [(2, "3 cells, and there are 2 columns")]


@pytest.mark.parametrize(("name", "row"), [("a.csv", "A,\n"), ("a.jsonl", "1\n")])
def test_of_a_file_full_of_bad_rows_some_are_named_and_the_rest_counted(name: str, row: str) -> None:
    head = "title,text\n" if name == "a.csv" else ""
    items = list(read_upload(Upload(name, (head + row * 5000).encode())))
    assert all(isinstance(item, Unreadable) for item in items)
    assert len(items) < 30
    assert str(items[-1]) == f"{name}: 4,980 more places that cannot be read"
    assert sum(item.count for item in items if isinstance(item, Unreadable)) == 5000
