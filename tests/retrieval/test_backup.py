"""A backup is the whole store, and nothing else can pass for one."""

import os
import tarfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from retrieval.backup import restore
from retrieval.errors import BadInput
from retrieval.library import Library
from retrieval.reading.given import Given
from retrieval.settings import Settings
from retrieval.storage.encoding.embedding import HashingEmbedder
from retrieval.storage.index.vectors import MemoryVectors


def test_a_backup_brings_everything_back(library: Library, write: Callable[[str, str], Path], tmp_path: Path) -> None:
    library.add([write("a.txt", "The quay at Lowmouth was closed.")])
    file = library.settings.store / "articles" / "b.txt"
    file.write_text("The ferry was late.", encoding="utf-8")
    os.utime(file, ns=(1_790_000_000_123_456_789, 1_790_000_000_123_456_789))
    library.add(file, given=Given(published=date(2026, 4, 30)))
    library.sync()
    library.backup(tmp_path / "copy.tgz")
    restore(tmp_path / "copy.tgz", tmp_path / "new")
    with Library(Settings(store=tmp_path / "new"), embedder=HashingEmbedder(), vectors=MemoryVectors()) as copy:
        assert [h.id for h in copy.articles()] == [h.id for h in library.articles()]
        assert copy.search("quay")[0].text == "The quay at Lowmouth was closed."
        assert copy.sync().outcomes == {}  # no file counts as changed
        (copied := tmp_path / "new" / "articles" / "b.txt").touch()
        assert copied.read_text(encoding="utf-8") == "The ferry was late."
        assert copy.sync().changed_anything is False
        assert [str(h.published) for h in copy.articles() if h.id == "articles/b.txt"] == ["2026-04-30"]


def test_a_backup_is_not_written_over_a_file_nor_restored_over_a_store(library: Library, tmp_path: Path) -> None:
    (tmp_path / "there").write_text("mine", encoding="utf-8")
    with pytest.raises(BadInput, match="name a new file"):
        library.backup(tmp_path / "there")
    library.backup(tmp_path / "copy.tgz")
    with pytest.raises(BadInput, match="name another folder"):
        restore(tmp_path / "copy.tgz", library.settings.store)


def test_a_backup_that_cannot_be_written_leaves_nothing(library: Library, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be written"):
        library.backup(tmp_path / "no such folder" / "copy.tgz")
    assert not list(tmp_path.rglob("*.part"))


@pytest.mark.parametrize("name", ["../evil", "/evil", "other"])
def test_an_archive_that_is_no_backup_is_refused_and_leaves_nothing(name: str, tmp_path: Path) -> None:
    (tmp_path / "payload").write_text("x", encoding="utf-8")
    with tarfile.open(tmp_path / "bad.tgz", "w:gz") as archive:
        archive.add(tmp_path / "payload", "catalogue.sqlite")
        archive.add(tmp_path / "payload", name)
    with pytest.raises(BadInput):
        restore(tmp_path / "bad.tgz", tmp_path / "new")
    assert not (tmp_path / "new").exists()
    assert not (tmp_path.parent / "evil").exists()


def test_a_file_that_is_no_archive_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("hello", encoding="utf-8")
    with pytest.raises(BadInput, match="not a backup"):
        restore(tmp_path / "text", tmp_path / "new")
    with pytest.raises(BadInput, match="cannot be restored"):
        restore(tmp_path / "missing", tmp_path / "new")


def test_what_a_catalogue_that_was_moved_away_left_behind_does_not_get_into_the_restored_one(
    library: Library, write: Callable[[str, str], Path], tmp_path: Path
) -> None:
    library.add([write("a.txt", "The quay at Lowmouth was closed.")])
    library.backup(tmp_path / "copy.tgz")
    folder = tmp_path / "new"
    with Library(Settings(store=folder), create=True, embedder=HashingEmbedder(), vectors=MemoryVectors()) as other:
        other.add([write("b.txt", "The ferry was late.")])
        left = (folder / "catalogue.sqlite-wal").read_bytes()
    (folder / "catalogue.sqlite").unlink()
    (folder / "catalogue.sqlite-wal").write_bytes(left)
    restore(tmp_path / "copy.tgz", folder)
    with Library(Settings(store=folder), embedder=HashingEmbedder(), vectors=MemoryVectors()) as copy:
        assert [h.id for h in copy.articles()] == [h.id for h in library.articles()]
        assert copy.mend() == []
