"""Bytes in any of the formats that are read -> articles."""

from __future__ import annotations

import codecs
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from retrieval.errors import Unreadable
from retrieval.reading.admission import admitted
from retrieval.reading.article import make_article
from retrieval.reading.csv_rows import read_csv
from retrieval.reading.decoding import Undecodable, binary, decode, decode_page
from retrieval.reading.given import Given, Stated
from retrieval.reading.json_document import read_json
from retrieval.reading.json_lines import read_json_lines
from retrieval.reading.markdown import read_markdown
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
    ".json": "json",
    ".csv": "csv",
    ".tsv": "csv",
    ".pdf": "pdf",
    ".docx": "docx",
    ".rss": "feed",
    ".atom": "feed",
    ".eml": "mail",
    ".emlx": "mail",
    ".mbox": "mail",
}
"""What a file's name says of its format; a file with another name is looked into."""

CONTENT_TYPES = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/markdown": "markdown",
    "text/csv": "csv",
    "text/tab-separated-values": "csv",
    "application/pdf": "pdf",
    "application/x-pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/x-ndjson": "json lines",
    "application/jsonl": "json lines",
    "application/json": "json",
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
}
"""What a server says of an answer's format; for another type the name of the page, then its content decide."""

STREAMED = ("json lines", "csv")
_MEGABYTE = 1024 * 1024
_LARGEST = {"html": 20 * _MEGABYTE, "feed": 20 * _MEGABYTE, "pdf": 100 * _MEGABYTE, "docx": 100 * _MEGABYTE}
LARGEST_TEXT = 50 * _MEGABYTE
_SNIFFED = 64 * 1024  # bytes
_JSON = re.compile(rb"\[\s{0,99}\{\s{0,99}[\"}]|\{\s{0,99}\"[^\"\n]{1,99}\"\s{0,9}:")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where bytes are from: their name in messages, and for what came over the web the address and the charset."""

    name: str
    address: str | None = None
    charset: str | None = None


def read_stream(file: BinaryIO, suffix: str, origin: Origin, given: Given) -> Iterator[Article | Unreadable]:
    """Every article in a file that is open for reading, and an Unreadable for what could not be read."""
    yield from admitted(_in_stream(file, suffix, origin, given), origin.name)


def read_bytes(data: bytes, form: str, origin: Origin, given: Given) -> Iterator[Article | Unreadable]:
    """Every article in `data`, and an Unreadable for what could not be read."""
    yield from admitted(_in_bytes(data, form, origin, given), origin.name)


def _in_stream(file: BinaryIO, suffix: str, origin: Origin, given: Given) -> Iterator[Article | Unreadable]:
    head = file.read(_SNIFFED)
    file.seek(0)
    form = form_of(head, suffix)
    if form == "json lines":
        yield from read_json_lines(file, name=origin.name, given=given)
    elif form == "csv":
        yield from read_csv(file, name=origin.name, given=given)
    else:
        limit = _LARGEST.get(form, LARGEST_TEXT)
        data = file.read(limit + 1)
        if len(data) > limit:
            reason = (binary(head) if form not in ("pdf", "docx") else None) or (
                f"larger than {limit // _MEGABYTE} MB; split it, or use JSON Lines"
            )
            yield Unreadable(origin.name, reason)
        else:
            yield from _in_bytes(data, form, origin, given)


def _in_bytes(data: bytes, form: str, origin: Origin, given: Given) -> Iterator[Article | Unreadable]:
    name = origin.name
    if not data.strip():
        yield Unreadable(name, "empty")
    elif form in STREAMED:
        read_rows = read_json_lines if form == "json lines" else read_csv
        yield from read_rows(io.BytesIO(data), name=name, given=given)
    elif form in ("pdf", "docx"):
        from retrieval.reading.documents import read_docx, read_pdf

        read = read_pdf if form == "pdf" else read_docx
        yield read(data, name=name, given=given, url=origin.address)
    elif form == "mail":
        yield Unreadable(name, "a mail, which is not read: save its text as .txt")
    elif form == "json":
        yield from read_json(data, name=name, given=given)
    elif form == "feed":
        from retrieval.reading.feeds import read_feed_file

        yield from read_feed_file(data, name=name, given=given)
    else:
        yield _read_text(data, form, origin, given)


def _read_text(data: bytes, form: str, origin: Origin, given: Given) -> Article | Unreadable:
    name = origin.name
    try:
        text = decode_page(data, origin.charset) if form == "html" or origin.address else decode(data)
    except Undecodable as error:
        return Unreadable(name, error.reason, error.line)
    if not text.strip():
        return Unreadable(name, "empty")
    if form == "html":
        # trafilatura takes a while to import, and only pages need it.
        from retrieval.reading.web_page import read_page

        return read_page(text, name=name, given=given, address=origin.address)
    if form == "markdown":
        return read_markdown(text, name=name, given=given)
    stated = Stated(url=origin.address)
    return make_article(text, stated, given, name=name, origin=None if origin.address else name)


def form_of(head: bytes, suffix: str, content_type: str = "") -> str:
    """The format of bytes that begin with `head`, by their content type, their name's suffix, or a look at them."""
    if head.startswith(b"%PDF-"):
        return "pdf"
    named = CONTENT_TYPES.get(content_type) or SUFFIXES.get(suffix)
    if named in ("pdf", "html") and content_type:  # servers call anything HTML
        return _sniff(head) if named == "pdf" or _sniff(head) == "feed" else named
    if named == "text" and _sniff(head) == "html":
        return "html"
    if named == "json" and _sniff(head) == "json lines":
        return "json lines"
    return named or _sniff(head)


def _sniff(head: bytes) -> str:
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()
    opening = start[:1024].lower()
    if opening.startswith((b"<!doctype html", b"<html", b"<head", b"<body")):
        return "html"
    if opening.startswith((b"<?xml", b"<!--", b"<rss", b"<feed", b"<rdf:rdf")):
        if b"<html" in opening:
            return "html"
        if any(root in opening for root in (b"<rss", b"<feed", b"<rdf:rdf")):
            return "feed"
    if start.startswith(b"PK\x03\x04") and b"word/" in head:
        return "docx"
    if start.startswith(b"{"):
        line, *more = start.split(b"\n", 1)
        try:
            if isinstance(json.loads(line), dict) and any(map(bytes.strip, more)):
                return "json lines"
        except (ValueError, RecursionError):
            pass
    if _JSON.match(start):
        return "json"
    return "text"
