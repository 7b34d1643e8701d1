"""Prompt files -> LangChain prompt templates."""

from __future__ import annotations

import functools
import re
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from langchain_core.prompts import ChatPromptTemplate

_ROLE = re.compile(r"^=== (system|human|ai)\n", re.MULTILINE)


@functools.cache
def load_prompt(name: str) -> ChatPromptTemplate:
    """The prompt in `name`.txt: messages, each behind a line `=== system`, `=== human` or `=== ai`.

    Variables stand in triple braces ({{{question}}}: nothing is escaped), so that braces of JSON stand as they are.
    """
    from langchain_core.prompts import ChatPromptTemplate

    text = resources.files(__package__).joinpath(f"{name}.txt").read_text(encoding="utf-8")
    pieces = _ROLE.split(text)
    messages = [(role, body.strip()) for role, body in zip(pieces[1::2], pieces[2::2], strict=True)]
    return ChatPromptTemplate.from_messages(messages, template_format="mustache")
