"""The sample articles that come with OnRecord."""

from __future__ import annotations

import shutil
from importlib.resources import as_file, files
from pathlib import Path

from retrieval.errors import BadInput
from retrieval.storage.store import ARTICLES_FOLDER, store_exists


def make_store(folder: Path) -> int:
    """Make a store with the sample articles in `folder`; how many files. BadInput if there is a store."""
    if store_exists(folder):
        raise BadInput(f"There is a store in {folder.resolve()} already.")
    target = folder / ARTICLES_FOLDER
    with as_file(_samples()) as source:
        try:
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", ".*"))
        except OSError as error:
            raise BadInput(f"A store cannot be made in {folder}: {error.strerror or error}.") from error
    return sum(1 for path in target.rglob("*") if path.is_file())


def _samples() -> Path:
    packaged = Path(str(files("bot"))) / "sample_articles"
    # In a clone the samples stand where the store is; a wheel carries them inside the package.
    return packaged if packaged.is_dir() else Path(str(files("bot"))).parent / "docs_store" / ARTICLES_FOLDER
