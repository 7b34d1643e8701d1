"""PDF -> the text of its pages, by pypdf. Imported by the guarded child alone."""

from __future__ import annotations

import io
from typing import Any

from pypdf import PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError

from retrieval.reading.guarded.columns import column_by_column

_MOST_PAGES = 2000
_MOST_TEXT = 20_000_000  # characters
_LOOKED_AT = 100  # pages; where none of them has columns that were drawn side by side, the rest is not looked at
_WORDS_A_PAGE = 3  # fewer on the average is a scan with a stamp on it


def parse(data: bytes) -> dict[str, Any]:
    """The pages' texts in order, the title and the author that the file states; ValueError with the reason."""
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise ValueError("it is encrypted: save a copy without a password")
        count = len(reader.pages)
        if count > _MOST_PAGES:
            raise ValueError(f"it has {count} pages, and at most {_MOST_PAGES} are read: split it")
        pages, total = [], 0
        in_columns = False
        for number, page in enumerate(reader.pages):
            text = _text(page)
            if in_columns or number < _LOOKED_AT:
                plain, text = text, _by_columns(page, text)
                in_columns = in_columns or text != plain
            total += len(text)
            if total > _MOST_TEXT:
                raise ValueError("it holds more text than is read: split it")
            pages.append(text)
        information = reader.metadata
    except (DependencyError, FileNotDecryptedError):
        raise ValueError("it is encrypted: save a copy without a password") from None
    except PyPdfError:
        raise ValueError("it is damaged") from None
    if sum(len(text.split()) for text in pages) < _WORDS_A_PAGE * max(1, len(pages)):
        raise ValueError("it is a scan, pictures of pages without text: run it through text recognition (OCR) first")
    return {
        "pages": pages,
        "title": _string(information.title if information else None),
        "author": _string(information.author if information else None),
    }


def _text(page: Any) -> str:
    """The text of a page; one page that is damaged does not lose the others."""
    try:
        return str(page.extract_text())
    except (MemoryError, RecursionError):
        raise
    except Exception:  # noqa: BLE001  pypdf raises whatever it stumbles on
        return ""


def _by_columns(page: Any, plain: str) -> str:
    """The text of a page whose columns were drawn side by side, each by itself; else as it is."""
    try:
        return column_by_column(plain, str(page.extract_text(extraction_mode="layout")))
    except (MemoryError, RecursionError):
        raise
    except Exception:  # noqa: BLE001  pypdf raises whatever it stumbles on
        return plain


def _string(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None
