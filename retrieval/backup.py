"""A store as one file, and back."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tarfile
import tempfile
from contextlib import closing
from decimal import Decimal
from pathlib import Path, PurePosixPath

from retrieval.errors import BadInput
from retrieval.storage.index.tasks import add_index_tasks
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
                    # Plain files and folders alone: a link would lead elsewhere, or nowhere, where it is restored.
                    archive.add(
                        store.folder / ARTICLES_FOLDER, ARTICLES_FOLDER, filter=lambda m: _plain(m, store.folder)
                    )
        partial.replace(file)
    except OSError as error:
        raise BadInput(f"The backup {file} cannot be written: {error.strerror or error}.") from error
    finally:
        partial.unlink(missing_ok=True)


def restore(file: Path, folder: Path) -> None:
    """Make a store in `folder` from a backup; BadInput if there is one already or `file` is no backup.

    The vectors are filled by whoever opens it next: the catalogue that is moved in has them as open tasks.
    """
    if store_exists(folder) and (folder / CATALOGUE).exists():
        raise BadInput(f"There is a store in {folder} already: name another folder in ONRECORD_STORE to restore into.")
    try:
        with tarfile.open(file, "r:gz") as archive:
            members = archive.getmembers()
            if CATALOGUE not in archive.getnames() or not all(map(_is_ours, members)):
                raise BadInput(f"{file} is not a backup that `onrecord backup` wrote.")
            folder.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=folder.parent) as temporary:
                unpacked = Path(temporary) / "store"
                unpacked.mkdir()
                for member in members:
                    _extract(archive, member, unpacked)
                _prepare(unpacked / CATALOGUE)
                _move_in(unpacked, folder)
    except (tarfile.TarError, EOFError) as error:
        raise BadInput(f"{file} is not a backup that `onrecord backup` wrote.") from error
    except sqlite3.DatabaseError as error:
        raise BadInput(f"The catalogue in {file} is damaged ({error}): take another backup.") from error
    except OSError as error:
        raise BadInput(f"{file} cannot be restored to {folder}: {error.strerror or error}.") from error


def _plain(member: tarfile.TarInfo, store: Path) -> tarfile.TarInfo | None:
    if not member.isreg() and not member.isdir():
        return None
    # By itself tarfile writes a float, which cannot hold nanoseconds; a file of another time is one that changed.
    modified = Decimal((store / member.name).stat().st_mtime_ns).scaleb(-9)
    member.pax_headers = {**member.pax_headers, "mtime": f"{modified:f}"}
    return member


def _is_ours(member: tarfile.TarInfo) -> bool:
    """Whether `write` could have made this: a plain file or folder inside the articles folder, or the catalogue."""
    parts = PurePosixPath(member.name).parts
    inside = parts[:1] == (ARTICLES_FOLDER,) and ".." not in parts
    return (member.isreg() and member.name == CATALOGUE) or (inside and (member.isreg() or member.isdir()))


def _extract(archive: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    # Not extractall: its filter, which would refuse what leads outside, came only with Python 3.11.4.
    target = folder / member.name
    if member.isdir():
        target.mkdir(parents=True, exist_ok=True)
        return
    source = archive.extractfile(member)
    assert source is not None
    target.parent.mkdir(parents=True, exist_ok=True)
    with source, target.open("xb") as stream:
        shutil.copyfileobj(source, stream)
    modified = int(Decimal(member.pax_headers.get("mtime", member.mtime)).scaleb(9))
    os.utime(target, ns=(modified, modified))


def _prepare(catalogue: Path) -> None:
    with closing(sqlite3.connect(catalogue)) as connection:
        # A store of its own from now on: on a shared Chroma server it must not write into the other's vectors.
        connection.execute("DELETE FROM properties WHERE name = ?", (STORE_ID,))
        connection.execute("DELETE FROM index_tasks WHERE kind = 'forget'")
        add_index_tasks(connection)
        connection.commit()


def _move_in(source: Path, folder: Path) -> None:
    """Put an unpacked store in its place; its catalogue, which makes it one, last."""
    if not folder.exists():
        source.replace(folder)
        return
    if (source / ARTICLES_FOLDER).is_dir():
        shutil.copytree(source / ARTICLES_FOLDER, folder / ARTICLES_FOLDER, dirs_exist_ok=True)
    # Another store's vectors, if its catalogue was taken away, are none of this one's.
    shutil.rmtree(folder / "vectors", ignore_errors=True)
    for leftover in ("-wal", "-shm"):  # SQLite would apply it to the catalogue that comes in
        (folder / f"{CATALOGUE}{leftover}").unlink(missing_ok=True)
    (source / CATALOGUE).replace(folder / CATALOGUE)
