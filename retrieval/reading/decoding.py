"""Bytes -> text, or the reason why they are none."""

from __future__ import annotations

import codecs
import re

# The beginnings of formats that could be taken for text, or of which it helps to know the name.
_MAGIC = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a ZIP archive or an office document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "a gzip archive",
    b"\xd0\xcf\x11\xe0": "an office document",
    b"{\\rtf": "an RTF document",
    b"SQLite format 3\x00": "a database",
}
_SNIFFED = 8192  # bytes
_CONTROLS = re.compile(rb"[\x00-\x06\x0e-\x1a\x1c-\x1f\x7f]")
_CONTROLS_IN_TEXT = 0.02  # the share of control characters above which it is no text; prose has none
_FEW = 3  # control characters that a text may hold however short it is

# Encodings that pages declare, as the web reads their names (https://encoding.spec.whatwg.org/#names-and-labels).
_PAGE_ENCODINGS = {
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "windows-1252": "cp1252",
    "iso-8859-2": "iso8859-2",
    "iso-8859-5": "iso8859-5",
    "iso-8859-7": "iso8859-7",
    "iso-8859-9": "cp1254",
    "iso-8859-15": "iso8859-15",
    "windows-1250": "cp1250",
    "windows-1251": "cp1251",
    "windows-1253": "cp1253",
    "windows-1254": "cp1254",
    "windows-1255": "cp1255",
    "windows-1256": "cp1256",
    "windows-1257": "cp1257",
    "koi8-r": "koi8-r",
    "koi8-u": "koi8-u",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "euc-jp": "euc-jp",
    "euc-kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5",
}
_STRAY_BYTES = 0.001  # the share of a text that may be no UTF-8 where it is declared to be
_CHARSET = re.compile(rb"(?i)charset\s{0,9}=\s{0,9}[\"']?([a-z0-9_\-]{1,40})")


class Undecodable(Exception):
    """Bytes that are no text. ``line`` counts from 1, None where the whole is none."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.reason, self.line = reason, line


def decode(data: bytes) -> str:
    """The text of a file in UTF-8, or in UTF-16 with a byte order mark; raises Undecodable."""
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise Undecodable("UTF-32, not UTF-8; save it as UTF-8")
    if is_utf_16(data):
        return _strictly(data, "utf-16", "UTF-16")
    if reason := binary(data):
        raise Undecodable(reason)
    return well_formed(_strictly(data.removeprefix(codecs.BOM_UTF8), "utf-8", "UTF-8"))


def decode_page(data: bytes, charset: str | None = None) -> str:
    """The text of a page: as `decode`, or in the encoding that the server or the page declares; raises Undecodable.

    A page in UTF-8 with a stray byte here and there is read, each such byte as U+FFFD.
    """
    try:
        return decode(data)
    except Undecodable:
        if binary(data):
            raise
        declared = _CHARSET.search(data[:2048])
        names = [charset, declared[1].decode("ascii").lower() if declared else None]
        for name in names:
            encoding = _PAGE_ENCODINGS.get(name or "")
            try:
                if encoding is not None:
                    return well_formed(data.decode(encoding))
            except UnicodeDecodeError:
                continue
        if any(name in ("utf-8", "utf8") for name in names):
            text = data.decode("utf-8", "replace")
            if text.count("\N{REPLACEMENT CHARACTER}") <= _STRAY_BYTES * len(text):
                return well_formed(text)
        raise


def is_utf_16(data: bytes) -> bool:
    """Whether bytes begin with the byte order mark of UTF-16."""
    return data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))


def binary(data: bytes) -> str | None:
    """Why these bytes are no text in an encoding that extends ASCII, None where they may be."""
    head = data[:_SNIFFED]
    for magic, name in _MAGIC.items():
        if head.startswith(magic):
            return f"{name}, not text"
    if head and len(_CONTROLS.findall(head)) > max(_FEW, _CONTROLS_IN_TEXT * len(head)):
        return "binary, not text"
    return None


def well_formed(text: str) -> str:
    """`text` with NUL and lone surrogates, which neither SQLite nor UTF-8 can hold, as U+FFFD, one for one."""
    if "\0" in text:
        text = text.replace("\0", "\N{REPLACEMENT CHARACTER}")
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return re.sub("[\ud800-\udfff]", "\N{REPLACEMENT CHARACTER}", text)
    return text


def _strictly(data: bytes, encoding: str, name: str) -> str:
    try:
        return well_formed(data.decode(encoding))
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, "ignore")
        raise Undecodable(f"not {name}; save it as UTF-8", before.count("\n") + 1) from None
