"""Article text in Discord's markup: shown as it is, and never more than text.

Backslashes are Discord's own escape (before any character that is neither a letter, a digit nor white space). They are
put where markup could begin and nowhere else, so that ordinary prose stays as it is. Everything here is linear in
the length of the text.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit, urlunsplit

# Characters that are not shown but change how what follows is shown: controls and bidirectional overrides.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]"
)
_SPACE = re.compile(r"\s+")
_ACTIVE = re.compile(
    r"""
    (?P<everyone>@)(?=everyone|here)        # the two that ping a whole server
  | [\\`*_|~<>]                             # escapes, code, bold, italics, spoilers, struck out, anything in angles
  | (?<=<)[@\#:/]                           # <@1> <@&1> <#1> <:x:1> </x:1>
  | (?<=<[A-Za-z]):|(?<=<id):               # <a:x:1> <t:1> <id:guide>
  | \](?=\()                                # [text](address)
  | :(?=//)                                 # any address: none is made clickable but the source's own
  | (?<=discord)\.(?=gg/|com/|media/)|(?<=discordapp)\.(?=com/)  # invitations are clickable without a scheme
  | :(?!\d{1,32}:)(?=[\w+-]{1,32}:)         # :emoji:
    """,
    re.VERBOSE | re.IGNORECASE,
)
_AT_LINE_START = re.compile(r"^(?:(\#{1,3}(?=\s)|-(?=\#?\s)|\+(?=\s))|(\d{1,9})([.)])(?=\s))")

MAX_ADDRESS = 700
"""Longer addresses are given up for a shorter one: a message holds 2,000 characters."""


def escape(text: str) -> str:
    """`text` on one line, so that Discord shows its characters and none of them acts.

    After ``@`` of @everyone and @here stands a zero-width space besides, since those are looked for in the raw text.
    """
    flat = _SPACE.sub(" ", _INVISIBLE.sub("", text)).strip()
    return _AT_LINE_START.sub(_at_line_start, _ACTIVE.sub(_active, flat))


def _active(match: re.Match[str]) -> str:
    found = match[0]
    if match["everyone"]:
        return "@\u200b"
    if found == "]":
        return "]\\"  # the backslash falls on the parenthesis that follows
    return f"\\{found}"


def _at_line_start(match: re.Match[str]) -> str:
    return f"\\{match[1]}" if match[1] else f"{match[2]}\\{match[3]}"


def escape_label(text: str) -> str:
    """`text` as the label of a link: square brackets would end it, so they become round ones."""
    return escape(text.replace("[", "(").replace("]", ")"))


def code(text: str) -> str:
    """`text` (a path and line) in a code span where a code span can hold it, else escaped."""
    flat = _SPACE.sub(" ", _INVISIBLE.sub("", text)).strip()
    if not flat or any(c in flat for c in "`<>@\\") or "://" in flat:
        return escape(flat)
    return f"`{flat}`"


def unescape(text: str) -> str:
    """The text that Discord shows for what `escape` made."""
    return re.sub(r"\\([^0-9A-Za-z\s])", r"\1", text).replace("\u200b", "")


def safe_address(url: str | None) -> str | None:
    """`url` so encoded that it cannot break out of ``(<url>)``; None unless it is a plain http(s) address.

    Refused are other schemes, addresses with a user name (they hide their host), and those over MAX_ADDRESS long.
    """
    if url is None or len(url) > MAX_ADDRESS:
        return None
    try:
        parts = urlsplit(_INVISIBLE.sub("", url.strip()))
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not host or parts.username is not None:
        return None
    try:
        ascii_host = host.encode("idna").decode("ascii")
    except UnicodeError:
        return None
    if not re.fullmatch(r"[a-z0-9._-]{1,253}", ascii_host, re.IGNORECASE):
        return None
    address = urlunsplit(
        (
            parts.scheme.lower(),
            ascii_host if port is None else f"{ascii_host}:{port}",
            _encoded(parts.path),
            _encoded(parts.query),
            _encoded(parts.fragment),
        )
    )
    return address if len(address) <= MAX_ADDRESS else None


def _encoded(part: str) -> str:
    stray_percent = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", part)
    return quote(stray_percent, safe="%/:?#!$&'+,;=-._")
