"""The store's articles folder kept in step: new and changed files go in, deleted ones go out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from retrieval.given_values import GivenValues
from retrieval.ingestion import Ingestion
from retrieval.reading.files import find_files
from retrieval.reading.given import NOTHING_GIVEN
from retrieval.reports import AddReport
from retrieval.schema import OPERATOR
from retrieval.storage import articles, files
from retrieval.storage.files import FileState
from retrieval.storage.store import ARTICLES_FOLDER, Store


class ArticlesFolder:
    """What people drop into the folder `articles` of a store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._folder = store.folder / ARTICLES_FOLDER

    def changes(self) -> tuple[dict[str, tuple[Path, FileState]], list[str]]:
        """New and changed files, with their states; and the names of files that are gone. Reads no file."""
        found = find_files(self._folder) if self._folder.is_dir() else ()
        present = {files.name_of(path, self._store.folder): path for path in found}
        before = self._known()
        fresh = {}
        for name, path in present.items():
            state = _state(path)
            if state is not None and before.get(name) != state:
                fresh[name] = (path, state)
        # A folder that cannot be listed is given as itself: what is in it is not gone.
        closed = tuple(f"{name}/" for name, path in present.items() if path.is_dir())
        return fresh, [name for name in before if name not in present and not name.startswith(closed)]

    def sync(self, ingestion: Ingestion) -> AddReport:
        """Take in what changed.

        A file that was moved keeps its articles, so what is new goes in before what is deleted goes out; and a file
        that has become unreadable, even in part, keeps those it had. One that may be readable another time is tried
        again then.
        """
        report = AddReport()
        fresh, gone = self.changes()
        before = self._known()
        self._move_given({name: before[name] for name in gone}, {name: state for name, (_, state) in fresh.items()})
        found = ingestion.add_files(
            [path for path, _ in fresh.values()], collection=OPERATOR, given=NOTHING_GIVEN, report=report, named=False
        )
        present = {article_id for ids in found.values() for article_id in ids or ()}
        changed = [name for name, ids in found.items() if ids is not None and name in before]
        report.removed = self._remove((*gone, *changed), present)
        self._remember({name: state for name, (_, state) in fresh.items() if name in found}, gone)
        return report

    def _remove(self, names: Iterable[str], present: set[str]) -> int:
        """Remove the articles that came from `names` and are in no other file; how many."""
        connection = self._store.read()
        key = articles.collection_key(connection, OPERATOR)
        if key is None:
            return 0
        leaving = [i for name in names for i in files.articles_from(connection, key, name) if i not in present]
        return len(self._store.remove(OPERATOR, leaving, by_name=False))

    def _move_given(self, gone: Mapping[str, FileState], fresh: Mapping[str, FileState]) -> None:
        """What was said by hand of a file that was moved holds under its new name."""
        kept = GivenValues(self._store, OPERATOR)
        for name, state in fresh.items():
            moved = [kept.of(old) for old, was in gone.items() if was == state]
            if len(moved) == 1 and kept.of(name) == NOTHING_GIVEN:
                kept.keep(name, moved[0])

    def _known(self) -> dict[str, FileState]:
        connection = self._store.read()
        key = articles.collection_key(connection, OPERATOR)
        return {} if key is None else files.known_files(connection, key)

    def _remember(self, states: Mapping[str, FileState], gone: Iterable[str]) -> None:
        if not states and not gone:
            return
        with self._store.connections.writer(), self._store.connections.transaction() as connection:
            key = articles.collection_key(connection, OPERATOR, create=True)
            assert key is not None
            files.remember_files(connection, key, states)
            for name in gone:
                files.forget_file(connection, key, name)


def _state(path: Path) -> FileState | None:
    try:
        stat = path.stat()
    except OSError:  # deleted since it was listed
        return None
    return FileState(stat.st_size, stat.st_mtime_ns)
