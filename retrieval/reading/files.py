"""The door of reading: which files there are, and the articles in them."""

from __future__ import annotations

import hashlib
import io
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

from retrieval.errors import Unreadable
from retrieval.reading.decoding import well_formed
from retrieval.reading.formats import STREAMED, SUFFIXES, Origin, read_stream
from retrieval.reading.given import NOTHING_GIVEN, Given, Upload
from retrieval.reading.titles import one_line
from retrieval.reading.urls import web_address
from retrieval.schema import Article

_CHUNK = 1024 * 1024  # bytes
_LONGEST_NAME = 200  # characters

# What editors, browsers and desktops leave beside the files they work on.
_LEFTOVER_ENDS = (
    "~",
    ".swp",
    ".swo",
    ".swx",
    ".tmp",
    ".temp",
    ".bak",
    ".orig",
    ".rej",
    ".part",
    ".crdownload",
    ".lock",
)
_LEFTOVER_STARTS = (".", "~$", "#")
_LEFTOVERS = {"thumbs.db", "desktop.ini", "__macosx", "__pycache__", "icon\r"}
# What programs and machines write and read; people write none of it as articles.
_NO_ARTICLES = frozenset(
    (
        *(".py", ".pyi", ".ipynb", ".js", ".mjs", ".cjs", ".jsx", ".ts", ".tsx", ".vue", ".c", ".h", ".cc", ".cpp"),
        *(".hpp", ".cs", ".java", ".kt", ".go", ".rs", ".rb", ".php", ".pl", ".lua", ".swift", ".scala", ".jl", ".sh"),
        *(".bash", ".zsh", ".fish", ".bat", ".cmd", ".ps1", ".sql", ".css", ".scss", ".sass", ".less", ".map", ".svg"),
        *(".xsl", ".xsd", ".dtd", ".log", ".ini", ".cfg", ".conf", ".toml", ".yaml", ".yml", ".properties", ".diff"),
        ".patch",
    )
)
_ADDRESS = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]{1,20}://")


def named_path(name: Path | str) -> Path:
    """The path that a user names; raises Unreadable for what names none: "" would be the whole working directory."""
    if not str(name):
        raise Unreadable("''", "names nothing: name a file, a folder or a web address")
    if isinstance(name, str) and _ADDRESS.match(name) and not os.path.lexists(name):
        raise Unreadable(one_line(name), "no http or https address, and no others are asked")
    return Path(name)


def find_files(path: Path) -> Iterator[Path]:
    """The files to read at `path`: itself, or what a folder and those below it hold, in the order of their names.

    Hidden files and editors' leftovers are passed over, and so are links that lead out of the folder. What cannot
    be listed is yielded itself, so that reading it tells why.
    """
    if not path.is_dir():
        yield path
        return
    root = path.resolve()
    unlisted: list[Path] = []
    for folder, folders, names in os.walk(
        path, onerror=lambda error: unlisted.append(Path(error.filename)), followlinks=False
    ):
        folders[:] = sorted(name for name in folders if not _is_leftover(name))
        for name in sorted(names):
            file = Path(folder, name)
            if not _is_leftover(name) and _is_file_within(file, root):
                yield file
    yield from sorted(unlisted)


def count_articles(path: Path) -> int:
    """How many articles `path` holds at most, for a progress bar: the lines of a dump, else 1."""
    if SUFFIXES.get(path.suffix.lower()) not in STREAMED:
        return 1
    try:
        with path.open("rb") as file:
            return max(1, sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(_CHUNK), b"")))
    except OSError:
        return 1


def read_file(
    path: Path, *, name: str, given: Given = NOTHING_GIVEN, asked: bool = True
) -> Iterator[Article | Unreadable]:
    """Every article of a file and, for what could not be read, an Unreadable; it raises nothing.

    `name` is what the file is called in messages, in the articles' `origin` and, where an article has neither an
    id nor a URL, in its id. `asked`: the user named the file itself, which is read whatever its name says.
    """
    name = well_formed(os.fsencode(name).decode("utf-8", "replace"))
    if given.url and web_address(given.url) is None:
        yield Unreadable(name, "the URL given for it is no http or https address")
        return
    if not asked and (suffix := path.suffix.lower()) in _NO_ARTICLES:
        yield Unreadable(name, f"no article, as {suffix} says: name the file itself in `onrecord add` if it is one")
        return
    if "\0" in str(path):
        yield Unreadable(name, "no such file")
        return
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            yield Unreadable(name, "a folder that cannot be listed" if path.is_dir() else "no regular file")
            return
        with path.open("rb") as file:
            yield from read_stream(file, path.suffix.lower(), Origin(name), given)
    except FileNotFoundError:
        yield Unreadable(name, "no such file", later=True)
    except OSError as error:  # a right that is missing, a disk that fails: the file itself may be as it should
        yield Unreadable(name, error.strerror or "cannot be read", later=True)


def read_upload(upload: Upload, given: Given = NOTHING_GIVEN) -> Iterator[Article | Unreadable]:
    """As `read_file`, of a file that somebody sent: of its name only the last part counts, and it opens nothing."""
    name = PurePosixPath(one_line(well_formed(upload.name)).replace("\\", "/")).name[-_LONGEST_NAME:] or "upload"
    for item in read_stream(io.BytesIO(upload.data), Path(name).suffix.lower(), Origin(name), given):
        yield _named_by_content(item, name) if given.sent and isinstance(item, Article) else item


def _named_by_content(article: Article, name: str) -> Article:
    """An article that has no other id than its file's name, which many files have: Discord's message.txt."""
    if article.url is not None or article.id not in (name, f"{name}:{article.first_line}"):
        return article
    return replace(article, id=f"{name}#{hashlib.sha256(article.text.encode()).hexdigest()[:16]}")


def _is_leftover(name: str) -> bool:
    return name.startswith(_LEFTOVER_STARTS) or name.lower().endswith(_LEFTOVER_ENDS) or name.lower() in _LEFTOVERS


def _is_file_within(file: Path, root: Path) -> bool:
    try:
        if file.is_symlink() and not file.resolve(strict=True).is_relative_to(root):
            return False
        return file.is_file()
    except (OSError, RuntimeError):  # RuntimeError: links in a ring
        return False
