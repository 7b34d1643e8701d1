"""HTML -> its text and what it states, by trafilatura. Imported by the guarded child alone."""

from __future__ import annotations

import json
from typing import Any

from retrieval.reading.web_page import extract


def parse(data: bytes) -> dict[str, Any]:
    """What `extract` finds for the arguments that are in `data` as JSON."""
    text, stated, reason = extract(**json.loads(data))
    return {"text": text, "stated": stated.to_json(), "reason": reason}
