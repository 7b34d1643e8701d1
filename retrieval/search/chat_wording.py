"""Questions as people type them in chat, in the wording that the rest expects: "any idea whos the mayor"."""

from __future__ import annotations

import re

_ASKS = r"(?:what|which|who(?:m|se)?|when|where(?:abouts)?|why|how)"
_WITH_IS = re.compile(r"\b(what|who|when|where|why|how)s\b", re.IGNORECASE)
_NO_IS = re.compile(r"\bhow['’]?s(?=\s+(?:many|much|long|old|often|far|big|tall|high|deep|wide)\b)", re.IGNORECASE)
_WITH_DID = re.compile(r"\b(what|who|when|where|why|how)d\b(?=\s+[a-z])", re.IGNORECASE)
_WITH_NOT = re.compile(r"\b(is|are|was|were|do|does|did|has|have|had|would|could|should)nt\b", re.IGNORECASE)
_SHORT = {"ppl": "people", "govt": "government", "yrs": "years", "hrs": "hours", "mins": "minutes"}
_SHORTENED = re.compile(rf"\b(?:{'|'.join(_SHORT)})\b")
_OPENING = r"(?:(?:so|and|but|ok|okay|well|hey|hi|please|pls|um+|er+|just|sorry|quick\s+question)\W+)*"
_KNOWING = (
    r"(?:"
    r"(?:(?:have\s+you\s+)?(?:got\s+)?any|got\s+an)\s+(?:idea|clue|word|news|info)(?:\s+(?:of|on|about|as\s+to))?"
    r"|(?:(?:do|does)\s+)?(?:we|you|u|any(?:one|body)|some(?:one|body))\s+(?:(?:even|actually|happen\s+to)\s+)?knows?"
    r"|(?:(?:can|could|would|will)\s+(?:you|u|any(?:one|body)|some(?:one|body))\s+)?(?:please\s+|pls\s+)?"
    r"(?:tell|remind|show)\s+(?:me|us)(?:\s+(?:please|pls|again|exactly))?"
    r"|i(?:\s+(?:just|really))?(?:\s+would|['’]?d)?\s+(?:want|like|need)\s+to\s+know|i\s+wonder"
    r"|(?:i\s+(?:was|am)\s+|i['’]?m\s+|just\s+)?wondering|is\s+it\s+(?:known|clear)(?:\s+yet)?"
    r")"
)
_FRAME = re.compile(rf"^\W*{_OPENING}{_KNOWING}\W+(?=(?:{_ASKS}(?:['’]?[sd])?|if|whether)\b\W+\w)", re.IGNORECASE)
# "When the boat was built", as it stands behind "do we know".
_INDIRECT = re.compile(
    r"^(?P<wh>when|where|why|how\s+(?:long|often|far)"
    r"|how(?:\s+much)?(?=\s+(?:the|an?|it|they|he|she|we|his|her|its|their)\b))\s+"
    r"(?P<who>(?!(?:was|were|is|are|will|has|have|had|would|can|could|did|does|do)\b)"
    r"(?:(?!\b(?:who|which|that|where|when)\b)[^?])+?)\s+"
    r"(?P<verb>was|were|is|are|will|has|have|had|would|can|could)\s+(?P<rest>\S.*)$",
    re.IGNORECASE,
)


def plainly_asked(text: str) -> str:
    """`text` without what only introduces its question ("do we know who …"), in the order of words of a question, and
    with what was left out of its words ("whats" for "what's", "ppl" for "people"); as it is where it has neither."""
    asked = _FRAME.sub("", text)
    if asked != text:
        asked = _INDIRECT.sub(r"\g<wh> \g<verb> \g<who> \g<rest>", asked)
    asked = _SHORTENED.sub(lambda match: _SHORT[match[0]], asked)
    asked = _NO_IS.sub("how", asked)
    asked = _WITH_IS.sub(r"\1's", asked)
    asked = _WITH_DID.sub(r"\1 did", asked)
    return _WITH_NOT.sub(r"\1n't", asked)
