"""The articles folder: what is read again, and what stays as it was said by hand."""

from __future__ import annotations

import errno
import pickle
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from retrieval.errors import Unreadable, UserError
from retrieval.library import Library
from retrieval.reading import files, language
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
