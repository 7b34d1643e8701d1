"""A store as one file, and back."""

from __future__ import annotations

import shutil
import sqlite3
import tarfile
import tempfile
from contextlib import closing
from pathlib import Path

from retrieval.errors import BadInput
from retrieval.storage.properties import STORE_ID
from retrieval.storage.store import ARTICLES_FOLDER, CATALOGUE, Store, store_exists


def write(store: Store, file: Path) -> None:
    """Copy the catalogue, as it is at one moment, and the articles folder into a gzipped tar archive.

    The vectors are not in it: they are filled from the catalogue when it is restored. BadInput if `file` exists or
    cannot be written; nothing half-written is left.
    """
    if file.exists():
        raise BadInput(f"{file} exists: name a new file for the backup.")
    partial = file.with_name(file.name + ".part")
    try:
        with tempfile.TemporaryDirectory(dir=store.folder) as folder:
            copy = Path(folder) / CATALOGUE
            with closing(sqlite3.connect(copy)) as target:
                store.read().backup(target)
            with tarfile.open(partial, "w:gz", compresslevel=3) as archive:
                archive.add(copy, CATALOGUE)
                if (store.folder / ARTICLES_FOLDER).is_dir():
                    archive.add(store.folder / ARTICLES_FOLDER, ARTICLES_FOLDER)
        partial.replace(file)
    except OSError as error:
        raise BadInput(f"The backup {file} cannot be written: {error.strerror or error}.") from error
    finally:
        partial.unlink(missing_ok=True)


def restore(file: Path, folder: Path) -> None:
    """Make a store in `folder` from a backup; BadInput if there is one already or `file` is no backup.

    The vectors are still to be filled: `Library.reindex` does.
    """
    if store_exists(folder) and (folder / CATALOGUE).exists():
        raise BadInput(f"There is a store in {folder} already: name another folder in ONRECORD_STORE to restore into.")
    try:
        with tarfile.open(file, "r:gz") as archive:
            names = archive.getnames()
            if CATALOGUE not in names or any(n != CATALOGUE and n.split("/")[0] != ARTICLES_FOLDER for n in names):
                raise BadInput(f"{file} is not a backup that `onrecord backup` wrote.")
            folder.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=folder.parent) as temporary:
                # The filter refuses absolute paths, paths that lead outside, devices and links that leave.
                archive.extractall(temporary, filter="data")
                _move_in(Path(temporary), folder)
    except (tarfile.TarError, EOFError) as error:
        raise BadInput(f"{file} is not a backup that `onrecord backup` wrote.") from error
    except OSError as error:
        raise BadInput(f"{file} cannot be restored to {folder}: {error.strerror or error}.") from error


def _move_in(source: Path, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    if (source / ARTICLES_FOLDER).is_dir():
        shutil.copytree(source / ARTICLES_FOLDER, folder / ARTICLES_FOLDER, dirs_exist_ok=True)
    with closing(sqlite3.connect(source / CATALOGUE)) as connection:
        # A store of its own from now on: on a shared Chroma server it must not write into the other's vectors.
        connection.execute("DELETE FROM properties WHERE name = ?", (STORE_ID,))
        connection.commit()
    (source / CATALOGUE).replace(folder / CATALOGUE)
