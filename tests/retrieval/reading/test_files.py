"""Files and folders -> articles, and one line for whatever could not be read."""

from __future__ import annotations

import codecs
import json
import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from retrieval.errors import Unreadable
from retrieval.reading import json_lines
from retrieval.reading.files import count_articles, find_files, read_file
from retrieval.reading.given import Given
from retrieval.schema import Article


def read(
    tmp_path: Path, name: str, data: bytes | str, given: Given | None = None
) -> tuple[list[Article], list[Unreadable]]:
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    items = list(read_file(path, name=f"articles/{name}", given=given or Given()))
    return [i for i in items if isinstance(i, Article)], [i for i in items if isinstance(i, Unreadable)]


def one(tmp_path: Path, name: str, data: bytes | str, given: Given | None = None) -> Article:
    articles, errors = read(tmp_path, name, data, given)
    assert errors == []
    (article,) = articles
    return article


def refused(tmp_path: Path, name: str, data: bytes | str) -> Unreadable:
    articles, errors = read(tmp_path, name, data)
    assert articles == []
    (error,) = errors
    return error


# -- plain text ---------------------------------------------------------------------------------------


def test_a_text_is_kept_to_the_letter(tmp_path: Path) -> None:
    text = "  The ferry sank.\r\n\r\n\tNobody was hurt.  \r\n\n\n“Luck,” said the captain. \u2028 End \n"
    article = one(tmp_path, "ferry.txt", text)
    assert article.text == text
    assert (article.id, article.origin, article.first_line) == ("articles/ferry.txt", "articles/ferry.txt", 1)
    assert (article.source, article.published, article.url) == (None, None, None)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_utf_8_and_utf_16_with_a_byte_order_mark_are_read(tmp_path: Path, encoding: str) -> None:
    mark = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}.get(encoding, b"")
    assert one(tmp_path, "a.txt", mark + "Łódź – ein Bericht\n".encode(encoding)).text == "Łódź – ein Bericht\n"


def test_what_was_given_wins(tmp_path: Path) -> None:
    given = Given(
        date(2016, 10, 31), "The Gazette", "A given title", "https://gazette.example/2015/01/02/x?utm_source=a"
    )
    article = one(tmp_path, "a.txt", "A headline\n\nPublished: 3 May 2014\n\nBody text.\n", given)
    assert (article.published, article.source, article.title) == (date(2016, 10, 31), "The Gazette", "A given title")
    assert article.id == "https://gazette.example/2015/01/02/x"
    assert article.url == "https://gazette.example/2015/01/02/x?utm_source=a"


def test_the_date_comes_from_the_given_url_before_the_text(tmp_path: Path) -> None:
    given = Given(url="https://gazette.example/2015/01/02/x")
    article = one(tmp_path, "a.txt", "Published: 3 May 2014\n\nBody text.\n", given)
    assert (article.published, article.source) == (date(2015, 1, 2), "gazette.example")


def test_a_date_is_never_guessed(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("The council met on Monday. © 2019 The Gazette\n")
    os.utime(path, (1_400_000_000, 1_400_000_000))
    (article,) = read_file(path, name="a.txt")
    assert isinstance(article, Article)
    assert article.published is None


def test_nul_characters_do_not_shift_what_follows(tmp_path: Path) -> None:
    text = "One\0two " * 3 + "A plain sentence follows here. " * 30
    assert one(tmp_path, "a.txt", text).text == text.replace("\0", "\ufffd")


# -- what cannot be read ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "line", "reason"),
    [
        ("a.txt", b"", None, "empty"),
        ("a.md", b" \n\t\n", None, "empty"),
        ("a.txt", b"\xef\xbb\xbf\n", None, "empty"),
        ("a.txt", b"\x00\x01\x02\x03\x04\x05" * 100, None, "binary, not text"),
        ("a.dat", b"\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00" * 20, None, "binary, not text"),
        ("a.txt", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", None, "a PDF, but it is damaged"),
        ("a.docx", b"PK\x03\x04\x14\x00", None, "a Word document, but it is damaged"),
        ("a.txt", b"fine\nalso fine\nna\xefve\n", 3, "not UTF-8; save it as UTF-8"),
        ("a.md", "Überschrift\n".encode("latin-1"), 1, "not UTF-8; save it as UTF-8"),
        ("a.txt", "Text".encode("utf-32"), None, "UTF-32, not UTF-8; save it as UTF-8"),
        ("a.txt", codecs.BOM_UTF16_LE + "one\ntwo\n".encode("utf-16-le") + b"\x00", 3, "not UTF-16; save it as UTF-8"),
        ("a.html", b"<html><body><script>x()</script></body></html>", None, "no article text was found in the page"),
        (
            "a.eml",
            b"From: Ann Lee\nSubject: Quay\n\nIt is shut.\n",
            None,
            "a mail, which is not read: save its text as .txt",
        ),
        ("a.jsonl", b"", None, "empty"),
        ("a.jsonl", b"\n\n", None, "empty"),
        ("a.jsonl", b"\x89PNG\r\n\x1a\n", None, "a picture, not text"),
        ("a.jsonl", '{"text": "x"}'.encode("utf-16"), None, "UTF-16; JSON Lines are UTF-8, save it as such"),
    ],
)
def test_a_bad_file_gets_one_line_with_place_and_reason(
    tmp_path: Path, name: str, data: bytes, line: int | None, reason: str
) -> None:
    error = refused(tmp_path, name, data)
    assert (error.path, error.line, error.reason) == (f"articles/{name}", line, reason)


@pytest.mark.parametrize("name", ["build.py", "style.CSS", "server.log", "setup.yaml"])
def test_what_its_name_says_is_no_article_is_read_where_it_is_asked_for(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("The quay was shut on Monday.", encoding="utf-8")
    (item,) = read_file(tmp_path / name, name=name, asked=False)
    assert isinstance(item, Unreadable)
    assert "name the file itself in `onrecord add`" in item.reason
    (item,) = read_file(tmp_path / name, name=name)
    assert isinstance(item, Article)


def test_what_is_no_file_gets_a_line_too(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe.txt")
    for name in ("gone.txt", "folder", "pipe.txt", "nul\0.txt"):
        (item,) = read_file(tmp_path / name, name=name)
        assert isinstance(item, Unreadable)


def test_a_file_too_large_to_be_an_article_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("retrieval.reading.formats.LARGEST_TEXT", 1024 * 1024)
    assert "larger than 1 MB" in refused(tmp_path, "a.txt", b"word " * 300_000).reason


def test_a_url_that_is_none_is_refused(tmp_path: Path) -> None:
    articles, errors = read(tmp_path, "a.txt", "Text.", Given(url="javascript:alert(1)"))
    assert articles == []
    assert len(errors) == 1


# -- other names --------------------------------------------------------------------------------------


def test_a_file_without_a_known_name_is_looked_into(tmp_path: Path) -> None:
    assert one(tmp_path, "story", "Just a text.\n").text == "Just a text.\n"
    assert one(tmp_path, "dump.log", '{"text": "One."}\n').id == "articles/dump.log:1"
    page = "<!DOCTYPE html><html><body><article><p>" + "A page tells of a thing. " * 20 + "</p></article></body></html>"
    assert one(tmp_path, "page.aspx", page).text.startswith("A page tells")


def test_a_page_under_the_name_of_a_text_is_a_page(tmp_path: Path) -> None:
    page = "<!DOCTYPE html><html><body><article><p>" + "A page tells of a thing. " * 20 + "</p></article></body></html>"
    assert one(tmp_path, "page.txt", page).text.startswith("A page tells")
    assert one(tmp_path, "text.txt", "The tag <html> begins a page.").text == "The tag <html> begins a page."


# -- JSON Lines ---------------------------------------------------------------------------------------


def test_every_field_of_json_lines_is_kept(tmp_path: Path) -> None:
    row = {
        "id": "n-17",
        "title": "A  title\nover lines",
        "source": "The Gazette",
        "published": "2016-10-31T23:30:00-04:00",
        "authors": ["Ann Lee", "Bo Diaz"],
        "url": "HTTPS://Gazette.example:443/a?utm_source=x",
        "text": " kept \r\n as it is ",
    }
    article = one(tmp_path, "a.jsonl", json.dumps(row))
    assert (article.id, article.title, article.source) == ("n-17", "A title over lines", "The Gazette")
    assert isinstance(article.published, datetime)
    assert article.published.isoformat() == "2016-10-31T23:30:00-04:00"
    assert article.published_on == date(2016, 10, 31)
    assert article.authors == ("Ann Lee", "Bo Diaz")
    assert (article.text, article.url) == (row["text"], "https://gazette.example/a?utm_source=x")


def test_an_article_of_json_lines_is_its_id_else_its_url_else_its_line(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {"id": 12, "url": "https://e.org/1"},
        {"url": "https://E.org/2#top"},
        {},
        {"id": "", "url": None},
    ]
    data = "\n".join(json.dumps({**row, "text": "Some text."}) for row in rows)
    articles, errors = read(tmp_path, "a.jsonl", data)
    assert errors == []
    assert [a.id for a in articles] == ["12", "https://e.org/2", "articles/a.jsonl:3", "articles/a.jsonl:4"]
    assert [a.first_line for a in articles] == [1, 2, 3, 4]
    assert [a.origin for a in articles] == ["articles/a.jsonl"] * 4


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"text": "cut o', "truncated JSON"),
        ('{"text": "cut off",', "truncated JSON"),
        ('{"text" "x"}', "no valid JSON: Expecting ':' delimiter at character 9"),
        ("[1, 2]", "no JSON object with the fields of an article"),
        ("[" * 100_000, "no JSON that can be read"),
        ('{"id": ' + "9" * 5000 + ', "text": "x"}', "no JSON that can be read"),
        ("{}", "the field `text` is missing"),
        ('{"text": null}', "the field `text` is missing"),
        ('{"text": 7}', "`text` is not text"),
        ('{"text": " \\n"}', "`text` is empty"),
        ('{"text": "x", "title": 5}', "`title` is a number, not text"),
        ('{"text": "x", "source": ["y"]}', "`source` is a list, not text"),
        ('{"text": "x", "authors": 5}', "`authors` is a number, not a list of names"),
        ('{"text": "x", "authors": [5]}', "`authors` holds a number, not a name"),
        ('{"text": "x", "published": true}', "`published` is true or false, not text"),
        (
            '{"text": "x", "published": "31/31/2016"}',
            "`published` is no date: '31/31/2016'; write 2016-10-31 or 2016-10-31T18:00:00Z",
        ),
        ('{"text": "x", "url": "ftp://e.org/a"}', "`url` is no http or https address: 'ftp://e.org/a'"),
    ],
)
def test_a_bad_line_is_named_and_the_others_go_in(tmp_path: Path, line: str, reason: str) -> None:
    good = '{"text": "A good line."}'
    articles, errors = read(tmp_path, "a.jsonl", f"{good}\n\n{line}\n{good}\n")
    assert [a.id for a in articles] == ["articles/a.jsonl:1", "articles/a.jsonl:4"]
    assert [(e.line, e.reason) for e in errors] == [(3, reason)]


def test_a_line_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    articles, errors = read(tmp_path, "a.jsonl", b'{"text": "one"}\n{"text": "na\xefve"}\n{"text": "three"}')
    assert [a.text for a in articles] == ["one", "three"]
    assert [(e.line, e.reason) for e in errors] == [(2, "not UTF-8; save it as UTF-8")]


def test_a_line_without_end_is_passed_over_in_bounded_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_lines, "LONGEST_LINE", 1000)
    monkeypatch.setattr(json_lines, "_CHUNK", 100)
    long = '{"text": "' + "x" * 5000 + '"}'
    articles, errors = read(tmp_path, "a.jsonl", f'{{"text": "one"}}\n{long}\n{{"text": "three"}}\n{long}')
    assert [a.id for a in articles] == ["articles/a.jsonl:1", "articles/a.jsonl:3"]
    assert [e.line for e in errors] == [2, 4]


def test_surrogates_and_nul_in_json_become_replacement_characters(tmp_path: Path) -> None:
    article = one(tmp_path, "a.jsonl", '{"text": "a\\u0000b\\ud800c\\ud83d\\ude00d", "title": "t\\udfff"}')
    assert (article.text, article.title) == ("a\ufffdb\ufffdc\U0001f600d", "t\ufffd")


def test_a_title_cannot_be_given_for_many_articles(tmp_path: Path) -> None:
    articles, errors = read(tmp_path, "a.jsonl", '{"text": "x"}', Given(title="One for all"))
    assert articles == []
    assert len(errors) == 1


def test_a_date_and_a_source_can_be_given_for_many_articles(tmp_path: Path) -> None:
    given = Given(published=datetime(2020, 1, 2, tzinfo=UTC), source="The Gazette")
    articles, errors = read(tmp_path, "a.jsonl", '{"text": "x", "source": "y", "published": "2000-01-01"}', given)
    assert errors == []
    assert [(a.published, a.source) for a in articles] == [(given.published, "The Gazette")]


def test_articles_are_counted_for_the_progress_bar(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "x"}\n' * 7)
    (tmp_path / "a.txt").write_text("x\ny\n")
    assert count_articles(tmp_path / "a.jsonl") == 7
    assert count_articles(tmp_path / "a.txt") == 1
    assert count_articles(tmp_path / "gone.jsonl") == 1


# -- folders ------------------------------------------------------------------------------------------


def test_a_folder_is_walked_in_order_without_leftovers(tmp_path: Path) -> None:
    root = tmp_path / "articles"
    wanted = ["a.txt", "b.md", "deep/down/c.html", "deep/d.jsonl", "Ä.txt"]
    leftovers = [".hidden.txt", "a.txt~", "#a.txt#", ".b.md.swp", "~$b.docx", "c.tmp", ".git/x.txt", "Thumbs.db"]
    for name in (*wanted, *leftovers):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("x")
    found = [path.relative_to(root).as_posix() for path in find_files(root)]
    assert found == ["a.txt", "b.md", "Ä.txt", "deep/d.jsonl", "deep/down/c.html"]


def test_a_named_file_is_found_whatever_its_name(tmp_path: Path) -> None:
    assert list(find_files(tmp_path / ".hidden.txt")) == [tmp_path / ".hidden.txt"]


def test_links_do_not_lead_out_of_the_folder(tmp_path: Path) -> None:
    root = tmp_path / "articles"
    (root / "sub").mkdir(parents=True)
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "key.txt").write_text("x")
    (root / "a.txt").write_text("x")
    (root / "inside.txt").symlink_to(root / "a.txt")
    (root / "out.txt").symlink_to(tmp_path / "secret" / "key.txt")
    (root / "outside").symlink_to(tmp_path / "secret")
    (root / "ring").symlink_to(root)
    (root / "sub" / "dangling.txt").symlink_to(root / "gone.txt")
    (root / "self.txt").symlink_to(root / "self.txt")
    assert [path.name for path in find_files(root)] == ["a.txt", "inside.txt"]


def test_pipes_in_a_folder_are_passed_over(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert list(find_files(tmp_path)) == []
