"""The door of reading: which files there are, and the articles in them."""

from __future__ import annotations

import codecs
import json
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from retrieval.errors import Unreadable
from retrieval.reading.article import make_article
from retrieval.reading.decoding import Undecodable, binary, decode, decode_page, well_formed
from retrieval.reading.given import NOTHING_GIVEN, Given, Stated
from retrieval.reading.json_lines import read_json_lines
from retrieval.reading.markdown import read_markdown
from retrieval.reading.urls import web_address
from retrieval.schema import Article

SUFFIXES = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "json lines",
    ".ndjson": "json lines",
}
"""What a file's name says of its format; a file with another name is looked into."""

LARGEST_TEXT = 50 * 1024 * 1024  # bytes
LARGEST_PAGE = 20 * 1024 * 1024  # bytes
_CHUNK = 1024 * 1024  # bytes
_SNIFFED = 64 * 1024  # bytes

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
    """How many articles `path` holds at most, for a progress bar: the lines of JSON Lines, else 1."""
    if SUFFIXES.get(path.suffix.lower()) != "json lines":
        return 1
    try:
        with path.open("rb") as file:
            return max(1, sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(_CHUNK), b"")))
    except OSError:
        return 1


def read_file(path: Path, *, name: str, given: Given = NOTHING_GIVEN) -> Iterator[Article | Unreadable]:
    """Every article of a file and, for what could not be read, an Unreadable; it raises nothing.

    `name` is what the file is called in messages, in the articles' `origin` and, where an article has neither an
    id nor a URL, in its id.
    """
    name = well_formed(os.fsencode(name).decode("utf-8", "replace"))
    if given.url and web_address(given.url) is None:
        yield Unreadable(name, "the URL given for it is no http or https address")
        return
    if "\0" in str(path):
        yield Unreadable(name, "no such file")
        return
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            yield Unreadable(name, "a folder that cannot be listed" if path.is_dir() else "no regular file")
            return
        with path.open("rb") as file:
            yield from _read(file, path.suffix.lower(), name, given)
    except FileNotFoundError:
        yield Unreadable(name, "no such file")
    except OSError as error:
        yield Unreadable(name, error.strerror or "cannot be read")


def _read(file: BinaryIO, suffix: str, name: str, given: Given) -> Iterator[Article | Unreadable]:
    head = file.read(_SNIFFED)
    file.seek(0)
    form = SUFFIXES.get(suffix) or _sniff(head)
    if form == "json lines":
        yield from read_json_lines(file, name=name, given=given)
        return
    limit = LARGEST_PAGE if form == "html" else LARGEST_TEXT
    data = file.read(limit + 1)
    if not data.strip():
        yield Unreadable(name, "empty")
        return
    if len(data) > limit:
        reason = binary(head) or f"larger than {limit // (1024 * 1024)} MB; split it, or use JSON Lines"
        yield Unreadable(name, reason)
        return
    try:
        text = decode_page(data) if form == "html" else decode(data)
    except Undecodable as error:
        yield Unreadable(name, error.reason, error.line)
        return
    if not text.strip():
        yield Unreadable(name, "empty")
    elif form == "html":
        # trafilatura takes a while to import, and only pages need it.
        from retrieval.reading.web_page import read_page

        yield read_page(text, name=name, given=given)
    elif form == "markdown":
        yield read_markdown(text, name=name, given=given)
    else:
        yield make_article(text, Stated(), given, name=name, origin=name)


def _sniff(head: bytes) -> str:
    """The format of a file whose name does not tell."""
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()
    opening = start[:1024].lower()
    if opening.startswith((b"<!doctype html", b"<html", b"<head", b"<body")) or (
        opening.startswith((b"<?xml", b"<!--")) and b"<html" in opening
    ):
        return "html"
    if start.startswith(b"{"):
        try:
            if isinstance(json.loads(start.splitlines()[0]), dict):
                return "json lines"
        except (ValueError, RecursionError):
            pass
    return "text"


def _is_leftover(name: str) -> bool:
    return name.startswith(_LEFTOVER_STARTS) or name.lower().endswith(_LEFTOVER_ENDS) or name.lower() in _LEFTOVERS


def _is_file_within(file: Path, root: Path) -> bool:
    try:
        if file.is_symlink() and not file.resolve(strict=True).is_relative_to(root):
            return False
        return file.is_file()
    except (OSError, RuntimeError):  # RuntimeError: links in a ring
        return False
