"""Every setting as a Markdown table, for the README and for `onrecord settings`."""

from __future__ import annotations

from pydantic import AliasChoices
from pydantic_core import PydanticUndefined

from retrieval.settings import Settings


def settings_table() -> str:
    """A row for each setting: its variable, its default and what it is."""
    rows = ["| variable | default | what it is |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        alias = field.validation_alias
        variable = str(alias.choices[0]) if isinstance(alias, AliasChoices) else f"ONRECORD_{name.upper()}"
        default = "" if field.default in (None, PydanticUndefined) else f"`{field.default}`"
        rows.append(f"| `{variable}` | {default} | {field.description} |")
    return "\n".join(rows)
