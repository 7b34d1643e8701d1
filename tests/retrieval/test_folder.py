"""The articles folder: what is read again, and what stays as it was said by hand."""

from __future__ import annotations

import errno
import pickle
import tempfile
from collections.abc import Iterator
from datetime import UTC, date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.errors import Unreadable, UserError
from retrieval.library import Library
from retrieval.reading import files, language
from retrieval.reading.given import Given
from retrieval.schema import Article
from retrieval.storage.store import Outcome

HARBOUR = "The harbour at Lowmouth closed on Monday after cracks were found in the quay, and no ferry left."


@pytest.fixture
def folder(library: Library) -> Path:
    return library.settings.store / "articles"


def test_a_file_that_could_not_be_read_once_is_tried_again(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a.txt").write_text(HARBOUR, encoding="utf-8")

    def failing(*_: object) -> Iterator[Article]:
        raise OSError(errno.EIO, "Input/output error")
        yield

    with monkeypatch.context() as patched:
        patched.setattr(files, "read_stream", failing)
        for _ in range(2):
            assert [str(error) for error in library.sync().unreadable] == ["articles/a.txt: Input/output error"]
    assert library.sync().count(Outcome.ADDED) == 1
    assert library.sync().unreadable == []


def test_a_file_that_is_damaged_is_told_once(library: Library, folder: Path) -> None:
    (folder / "a.docx").write_bytes(b"PK\x03\x04\x14\x00")
    assert len(library.sync().unreadable) == 1
    assert library.sync().unreadable == []


def test_programs_in_a_folder_are_named_and_one_that_is_asked_for_is_read(library: Library, folder: Path) -> None:
    for name in ("a.py", "b.txt"):
        (folder / name).write_text(HARBOUR, encoding="utf-8")
    for report in (library.sync(), library.add(folder)):
        assert [error.path for error in report.unreadable] == ["articles/a.py"]
    assert [head.id for head in library.articles()] == ["articles/b.txt"]
    assert library.add(folder / "a.py").count(Outcome.ADDED) == 1


def test_without_room_for_temporary_files_no_article_is_blamed_or_lost(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a.txt").write_text(HARBOUR, encoding="utf-8")
    language._identifier.cache_clear()
    with monkeypatch.context() as patched:
        patched.setattr(tempfile, "tempdir", str(folder / "no such folder"))
        with pytest.raises(UserError, match="name another folder in TMPDIR"):
            library.sync()
    assert library.sync().count(Outcome.ADDED) == 1


def test_what_may_be_readable_later_says_so_in_another_process_too() -> None:
    error = Unreadable("a.txt", "Input/output error", 3, later=True)
    copy = pickle.loads(pickle.dumps(error))
    assert (str(copy), copy.line, copy.later) == (str(error), 3, True)


SAID = Given(published=date(2026, 4, 30), source="The Courier", title="A given title")


def told(library: Library) -> list[tuple[object, ...]]:
    return [(head.published, head.source, head.title) for head in library.articles()]


@pytest.mark.parametrize("change", ["touch", "edit", "move"])
def test_what_was_said_of_a_file_by_hand_holds_when_the_file_changes(
    library: Library, folder: Path, change: str
) -> None:
    file = folder / "a.txt"
    file.write_text(HARBOUR, encoding="utf-8")
    library.sync()
    library.add(file, given=SAID)
    if change == "touch":
        file.touch()
    elif change == "edit":
        file.write_text(HARBOUR + " It opened again in May.", encoding="utf-8")
    else:
        library.sync()
        file.rename(folder / "b.txt")
    library.sync()
    assert told(library) == [(date(2026, 4, 30), "The Courier", "A given title")]


def test_what_is_said_later_wins_and_leaves_the_rest(library: Library, folder: Path) -> None:
    file = folder / "a.txt"
    file.write_text(HARBOUR, encoding="utf-8")
    library.add(file, given=SAID)
    library.add(file, given=Given(source="The Post"))
    library.add(file)
    assert told(library) == [(date(2026, 4, 30), "The Post", "A given title")]


def test_what_was_said_of_a_file_holds_for_no_other_and_goes_with_it(
    library: Library, folder: Path, tmp_path: Path
) -> None:
    file, other, elsewhere = folder / "a.txt", folder / "b.txt", tmp_path / "a.txt"
    for path in (file, other, elsewhere):
        path.write_text(HARBOUR, encoding="utf-8")
    library.add(file, given=SAID)
    file.unlink()
    library.sync()
    file.write_text("The ferry to Ambry was late.", encoding="utf-8")
    library.sync()
    library.add(elsewhere, given=SAID)
    library.add(elsewhere)
    assert [published for published, *_ in told(library)] == [None] * 3


def test_the_names_of_columns_hold_too(library: Library, folder: Path) -> None:
    file = folder / "dump.csv"
    file.write_text(f"Headline;Body\nHarbour closes;{HARBOUR}\n", encoding="utf-8")
    assert len(library.sync().unreadable) == 1
    library.add(file, given=Given(columns=(("title", "Headline"), ("text", "Body"))))
    file.touch()
    assert library.sync().unreadable == []
    assert [head.title for head in library.articles()] == ["Harbour closes"]


def test_an_article_that_was_removed_stays_so_whatever_was_said_of_it(library: Library, folder: Path) -> None:
    file = folder / "a.txt"
    file.write_text(HARBOUR, encoding="utf-8")
    library.add(file, given=SAID)
    library.remove("articles/a.txt")
    file.touch()
    library.sync()
    assert library.articles() == []


@given(
    st.builds(
        Given,
        st.none() | st.dates() | st.datetimes(timezones=st.just(UTC)),
        st.none() | st.text(),
        st.none() | st.text(),
        st.none() | st.text(),
        st.lists(st.tuples(st.text(), st.text())).map(tuple),
        st.booleans(),
    )
)
def test_given_values_are_kept_as_they_are(values: Given) -> None:
    assert Given.from_json(values.to_json()) == values
