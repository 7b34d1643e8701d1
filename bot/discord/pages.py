"""What the buttons under a list of quotations or articles need to know, also after a restart."""

from __future__ import annotations

import json
import logging
import os
import secrets
from datetime import date
from pathlib import Path
from typing import Any

from retrieval.schema import QuotationKind, QuotationQuery

_log = logging.getLogger(__name__)

FILE_NAME = "discord-pages.json"
_KEPT = 500  # lists; the buttons of older ones say that they are too old


class Pages:
    """Remembers what was asked under a short key, in a file of `folder`; the newest five hundred."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE_NAME
        self._queries: dict[str, dict[str, Any]] = self._read()

    def remember(self, query: QuotationQuery) -> str:
        """The key under which `query` is found again: eight hexadecimal digits."""
        return self._keep(
            {
                "speaker": query.speaker,
                "about": query.about,
                "first": query.first.isoformat() if query.first else None,
                "last": query.last.isoformat() if query.last else None,
                "kind": query.kind.value if query.kind else None,
            }
        )

    def remember_articles(self, wanted: dict[str, str | None]) -> str:
        """The key under which a list of articles is found again."""
        return self._keep({"articles": wanted})

    def find_articles(self, key: str) -> dict[str, str | None] | None:
        """The list of articles that was remembered under `key`, None where that was too long ago."""
        wanted: dict[str, str | None] | None = self._queries.get(key, {}).get("articles")
        return wanted

    def find(self, key: str) -> QuotationQuery | None:
        """What was remembered under `key`, None where that was too long ago."""
        kept = self._queries.get(key)
        if kept is None or "speaker" not in kept:
            return None
        first, last = (date.fromisoformat(kept[end]) if kept[end] else None for end in ("first", "last"))
        kind = QuotationKind(kept["kind"]) if kept.get("kind") else None
        return QuotationQuery(kept["speaker"], kept["about"], first, last, kind)

    def _keep(self, query: dict[str, Any]) -> str:
        key = secrets.token_hex(4)
        self._queries[key] = query
        while len(self._queries) > _KEPT:
            del self._queries[next(iter(self._queries))]
        self._write()
        return key

    def _read(self) -> dict[str, dict[str, Any]]:
        try:
            kept = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return kept if isinstance(kept, dict) else {}

    def _write(self) -> None:
        beside = self._file.with_suffix(".new")
        try:
            beside.write_text(json.dumps(self._queries, ensure_ascii=False), encoding="utf-8")
            os.replace(beside, self._file)
        except OSError as error:
            _log.warning("buttons will not work after a restart: %s", error)
