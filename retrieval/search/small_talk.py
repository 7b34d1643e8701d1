"""Greetings, thanks, and questions about the bot itself: nothing that articles answer."""

from __future__ import annotations

import re

_GREETING = (
    r"(?:hi|hello|hey|hiya|howdy|yo|greetings|good\s+(?:morning|afternoon|evening|night|day)|thanks|thank\s+you"
    r"|thx|cheers|bye"
    r"|goodbye|good\s+bye|see\s+you|ok|okay|cool|great|nice|awesome|perfect|lol|haha+|please|sorry|well\s+done"
    r"|good\s+bot|bad\s+bot"
    r"|welcome|sup|what's\s+up|what’s\s+up|how\s+are\s+(?:you|things)|how's\s+it\s+going|how’s\s+it\s+going|test"
    r"|testing|ping)"
)
_FILLER = (
    r"(?:there|all|everyone|everybody|folks|again|very|so|much|a\s+lot|bot|you|you're|you’re|are|that's|that’s|is"
    r"|was|the|really|great|good"
    r"|awesome|helpful|amazing|today|for|your|the|help|answer|job|work|one|two|three|and)"
)
_ONLY_TALK = re.compile(rf"\W*{_GREETING}(?:\W+(?:{_GREETING}|{_FILLER})){{0,8}}\W*", re.IGNORECASE)
_LEADING_TALK = re.compile(
    rf"\W*(?:{_GREETING}(?:\s+(?:there|all|bot|onrecord|everyone))?\s*[,.!;:–-]+\s*)+", re.IGNORECASE
)

_ABOUT_THE_BOT = re.compile(
    r"\W*(?:(?:please|so|and|ok|hey|hi|hello)\W+)?(?:"
    r"help(?:\s+me)?(?:\s+please)?"
    r"|(?:what|how\s+much)\s+(?:can|do|could|are|will)\s+you\s+(?:do|know|offer|help(?:\s+me)?(?:\s+with)?"
    r"|able\s+to\s+do|for|good\s+(?:at|for))"
    r"(?:\s+for\s+me)?|what\s+can\s+(?:i|we)\s+ask(?:\s+you)?(?:\s+about)?|how\s+(?:can|could)\s+you\s+help(?:\s+me)?"
    r"|(?:who|what)\s+(?:are|r)\s+you|(?:what's|what’s|what\s+is)\s+your\s+(?:name|purpose|job)"
    r"|do\s+you\s+have\s+a\s+name"
    r"|how\s+(?:do|does)\s+(?:you|this|this\s+bot|it|onrecord)\s+work|how\s+(?:do|can|should)\s+i\s+use\s+(?:you"
    r"|this|this\s+bot|onrecord)"
    r"|what\s+(?:is|does)\s+(?:this|this\s+bot|this\s+thing|onrecord)(?:\s+(?:do|for|about))?"
    r"|who\s+(?:made|built|created|wrote|programmed|owns|runs)\s+(?:you|this\s+bot|onrecord)"
    r"|are\s+you\s+(?:there|ok|okay|alive|real|human|sentient|(?:an?\s+)?(?:bot|robot|ai|a\.i\.|human|person"
    r"|machine|program|language\s+model)"
    r"|chatgpt|gpt|claude|working|online)|can\s+you\s+(?:help(?:\s+me)?|hear\s+me|talk|speak|answer\s+questions)"
    r"|(?:which|what)\s+(?:articles|sources|newspapers|publishers)\s+(?:do|can)\s+you\s+(?:have|know|read|use|search)"
    r"|where\s+do\s+you\s+get\s+your\s+(?:news|answers|articles|information|facts)|do\s+you\s+(?:like|love|hate"
    r"|sleep|dream|eat|feel)(?:\s+\w+){0,2}"
    r"|(?:i\s+(?:love|like|hate)\s+you|you\s+are\s+\w+(?:\s+\w+)?|you’re\s+\w+(?:\s+\w+)?|you're\s+\w+(?:\s+\w+)?)"
    r"|(?:tell|make)\s+me\s+(?:a|another)\s+(?:joke|story)"
    r")\s*\W*",
    re.IGNORECASE,
)


def is_small_talk(text: str) -> bool:
    """Whether there is nothing in `text` that an article could answer: small talk, or a question about the bot."""
    short = text[:200]
    return bool(_ONLY_TALK.fullmatch(short) or _ABOUT_THE_BOT.fullmatch(short))


def without_greeting(text: str) -> str:
    """`text` without the greeting before it; as it is where it is nothing else."""
    match = _LEADING_TALK.match(text)
    rest = text[match.end() :] if match else text
    return rest if any(c.isalnum() for c in rest) else text
