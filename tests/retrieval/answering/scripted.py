"""A model that replies from a script, over one article."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from retrieval.answering.writing.chat_models import Chunk

HARBOUR = (
    "The harbour at Lowmouth closed on Monday after divers found cracks in the quay. "
    "Mayor Ines Calder said the repair would cost 3 million crowns. "
    '"We cannot wait," Calder told reporters. '
    "Her deputy, Tom Rell, accused the builder of using cheap concrete."
)
QUESTION = "How much will the repair of the quay cost?"


class Scripted:
    """Replies in turn; an exception is raised. Keeps what it was sent."""

    name, window = "scripted", None

    def __init__(self, *replies: str | Exception) -> None:
        self.replies, self.sent = list(replies), []  # type: ignore[var-annotated]
        self.told = 0  # characters

    def check(self) -> None:
        pass

    def count(self, text: str) -> int:
        return len(text) // 4

    def stream(self, messages: Sequence[Any]) -> Iterator[Chunk]:
        self.sent.append("\n".join(str(m.content) for m in messages))
        reply = self.replies.pop(0) if self.replies else '{"sentences": []}'
        if isinstance(reply, Exception):
            raise reply
        for at in range(0, len(reply), 7):
            self.told += 7
            yield Chunk(reply[at : at + 7])
        yield Chunk("", 100, 20)


def reply(*sentences: str, keys: Sequence[str] = ("p1",)) -> str:
    return json.dumps({"sentences": [{"text": s, "passages": list(keys)} for s in sentences]})


TRUE = "According to Mayor Calder, the repair will cost 3 million crowns."
FALSE = "Mayor Calder said the repair would cost 5 million crowns."
