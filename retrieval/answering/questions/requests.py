"""Requests that are no questions: "Summarise the inquiry", "What do the articles say about the ferry?"."""

from __future__ import annotations

import re

_POLITE = r"(?:(?:please|can|could|would|will|you|kindly|i\s+(?:want|need|would\s+like)|ok|okay|so|just)[\s,]+)*"
_SHORT = r"(?:(?:short|brief|quick|one[- ]line|full|good)\s+)?"
_ACCOUNT = r"(?:summary|overview|recap|outline|gist|rundown|account|summing[- ]up)"
_ALL_ABOUT = re.compile(
    rf"^\W*{_POLITE}(?:"
    r"(?:summari[sz]e|sum\s+up|recap|outline|describe)(?:\s+(?:me|us|for\s+(?:me|us)))?"
    rf"|(?:(?:give|write|show|get|make)\s+(?:me\s+|us\s+)?)?(?:an?\s+|the\s+)?{_SHORT}{_ACCOUNT}\s+(?:of|on|about)"
    r"|(?:brief|inform)\s+(?:me|us)\s+(?:on|about)"
    r"|what\s+(?:do|does|did|can)\s+(?:the\s+articles?|the\s+(?:news|sources?|papers?)|you|they|we)\s+(?:say|know|report|tell)"
    r"(?:\s+(?:me|us))?\s+(?:about|on|of)"
    r"|what(?:['’]s|\s+is|\s+was|\s+has\s+been)\s+(?:known|reported|written|said|there)\s+about"
    r"|(?:(?:do\s+you\s+have|have\s+you\s+got|is\s+there)\s+)?(?:anything|something|info|information|details?|articles?)"
    r"\s+(?:on|about)"
    r")\s+(?P<what>\S.{1,300}?)\s*[?.!]*$",
    re.IGNORECASE,
)


def as_question(text: str) -> str:
    """A request for all that there is about something as such; any other text as it is."""
    match = _ALL_ABOUT.match(text)
    return f"Tell me about {match['what']}" if match else text
