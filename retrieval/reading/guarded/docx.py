"""DOCX -> its paragraphs, by python-docx. Imported by the guarded child alone."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

_MOST_XML = 64 * 1024 * 1024  # bytes, unpacked
_MOST_PARTS = 5000
_MOST_TEXT = 20_000_000  # characters
_LEFT_OUT = {qn("w:del"), qn("w:moveFrom"), "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
_TEXT, _PARAGRAPH, _ROW, _CELL = qn("w:t"), qn("w:p"), qn("w:tr"), qn("w:tc")
_SPACES = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}


def parse(data: bytes) -> dict[str, Any]:
    """The paragraphs in order (a row of a table is one), the title and the author; ValueError with the reason."""
    _check(data)
    document = docx.Document(io.BytesIO(data))
    paragraphs, total = [], 0
    for text in _blocks(document.element.body):
        total += len(text)
        if total > _MOST_TEXT:
            raise ValueError("it holds more text than is read: split it")
        if text.strip():
            paragraphs.append(text)
    if not paragraphs:
        raise ValueError("it holds no text")
    stated = any(rel.reltype == RELATIONSHIP_TYPE.CORE_PROPERTIES for rel in document.part.package.rels.values())
    properties = document.core_properties if stated else None  # python-docx would make some up
    return {
        "paragraphs": paragraphs,
        "title": _heading(document) or (properties and properties.title.strip()) or None,
        "author": (properties and properties.author.strip()) or None,
    }


def _check(data: bytes) -> None:
    """Refuse a bomb by what it says it unpacks to; `zipfile` reads no more than that of any part."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
    except (zipfile.BadZipFile, NotImplementedError, EOFError):
        raise ValueError("it is damaged") from None
    if "[Content_Types].xml" not in names or not any(name.startswith("word/") for name in names):
        raise ValueError("it is no Word document")
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > 4 * _MOST_XML:
        raise ValueError("it unpacks to more than is read")
    if sum(part.file_size for part in parts if part.filename.endswith((".xml", ".rels"))) > _MOST_XML:
        raise ValueError("it unpacks to more than is read")
    if any(part.flag_bits & 1 for part in parts):
        raise ValueError("it is encrypted: save a copy without a password")


def _blocks(element: Any) -> Iterator[str]:
    """The texts of paragraphs and rows. Iterative, since a hostile file nests without end."""
    stack = [element]
    while stack:
        node = stack.pop()
        if node.tag in _LEFT_OUT:
            continue
        if node.tag == _PARAGRAPH:
            yield _text(node)
        elif node.tag == _ROW:
            cells = [" ".join(_text(cell).split()) for cell in node if cell.tag == _CELL]
            yield " | ".join(cell for cell in cells if cell)
        else:
            stack.extend(reversed(node))


def _text(element: Any) -> str:
    """The text as it stands with all changes accepted: what was struck out is left out."""
    pieces: list[str] = []
    stack = list(reversed(element))
    while stack:
        node = stack.pop()
        if node.tag in _LEFT_OUT:
            continue
        if node.tag == _TEXT:
            pieces.append(node.text or "")
        elif node.tag in _SPACES:
            pieces.append(_SPACES[node.tag])
        else:
            if node.tag == _PARAGRAPH and pieces:
                pieces.append("\n")
            stack.extend(reversed(node))
    return "".join(pieces)


def _heading(document: Any) -> str | None:
    """The first paragraph of the style "Title" or "Heading 1" among the first few."""
    for paragraph in document.paragraphs[:10]:
        name = paragraph.style.name if paragraph.style is not None else None
        if name in ("Title", "Heading 1") and (text := _text(paragraph._p).strip()):
            return text
    return None
