"""Sentences of an article that speak to whoever writes the answer: orders, forged roles, forged boundaries.

They are left out of what a model is shown and of what bears a sentence out. They stay in the article: a person can read
and cite them.
"""

from __future__ import annotations

import re

_ORDERS = (
    r"(?:ignore|disregard|forget|override|bypass|overrule)\s+(?:\w+\s+){0,4}?(?:instruction|prompt|rule|direction|order|guideline|command|context|passage|article|above)"
    r"|(?:new|updated|real|actual|secret|hidden|important|urgent)\s+(?:system\s+)?(?:instruction|prompt|order|directive)s?\b"
    r"|system\s*(?:prompt|message|override|note|notice|update)|\bprompt\s+injection|developer\s+(?:mode|message)"
    r"|\byou\s+(?:are|must|should|shall|will|have\s+to|need\s+to)\s+(?:now\s+|always\s+|only\s+)?(?:a\s|an\s|the\s|answer|respond|reply|say|tell|write|output"
    r"|print|include|cite|ignore|obey|follow|mention|ping|send|call|reveal|act|not\b|instead)"
    r"|\b(?:dear\s+)?(?:ai|language\s+model|llm|chatbot|assistant|chatgpt|gpt|claude|model|bot|onrecord)\s*[,:!]"
    r"|\b(?:note|message|instructions?|attention|memo)\s+(?:to|for)\s+(?:the\s+|any\s+|all\s+)?(?:ai|llm|language|assistant|model|bot|chatbot|summari[sz]er|reader)"
    r"|(?:answer|respond|reply)\s+(?:only\s+|every\s+|all\s+|any\s+|to\s+\w+\s+)*(?:question\w*\s+)?(?:with|by|that|as)\b"
    r"|\b(?:tell|inform|assure)\s+(?:the\s+)?users?\b|as\s+an?\s+(?:ai|assistant|language)|from\s+now\s+on\b|jailbreak"
    r"|\b(?:call|use|invoke|run)\s+(?:the\s+)?\w+\s+(?:tool|function|command|plugin)|base64|rot13|decode\s+(?:this|the|and)"
)
_FORGED = (
    r"<\|?/?\s*(?:im_start|im_end|system|user|assistant|inst|s|endoftext|begin_of_text|start_header_id|end_header_id|passage|instructions?|tool\w*)\b"
    r"|\[/?(?:INST|SYS|SYSTEM|ASSISTANT|USER)\]|<<\s*/?SYS|^\s*#{2,}\s*(?:instruction|system|response|input|user|assistant)"
    r"|^\s*(?:\*\*)?(?:system|assistant|user|human|developer|ai)(?:\*\*)?\s*(?::|>|\])|^\s*-{3,}|^\s*={3,}|\[p\d{1,3}\]|\"(?:sentences|passages|text|role|tool_calls?)\"\s*:"
    r"|(?:end|begin|start|close)\s+(?:of\s+)?(?:the\s+)?(?:passages?|article|context|document|boundary)s?\s*(?:[.:\])-]|$)"
)
# The same orders in other tongues: to pass over, to answer, to say; and what is passed over.
_FOREIGN = (
    r"ignor(?:a|e|ez|en|iere\w*|iert|uj\w*|ați|em)\b.{0,40}(?:instruc|instruk|anweisung|istruzion|consign|poleceni|pokyn)"
    r"|(?:vergiss|missachte|oublie[zr]?|olvida|esquece|dimentica|negeer|glöm|unohda|zapomnij|unut)\b.{0,40}(?:anweisung|instru|consign|istruz|aanwijzing|ohje|poleceni|talimat)"
    r"|(?:antworte|antwoord|réponds|répondez|responde|responda|rispondi|odpowiedz|svara|vastaa|yanıtla)\b.{0,60}"
    r"|(?:sage?|dis|dites|di|diga|zeg|säg|powiedz)\s+(?:dem|den|à|al|aan|do)\s+\w+|önceki\s+talimat|yok\s+say"
    r"|игнорир|забудь|отвеч(?:ай|айте)|скажи|инструкци|системн|ігнору|忽略|无视|無視|指示|指令|回答|系统|システム|무시|지시|시스템|대답"
    r"|تجاهل|التعليمات|أجب|התעלם|הוראות|ענה|अनदेखा|निर्देश|उत्तर\s+दो|αγνόησε|οδηγίες|απάντησε|bỏ\s+qua|hướng\s+dẫn|abaikan|instruksi"
)
_IMPERATIVE = re.compile(
    r"^\W*(?:please\s+|now\s+|then\s+|instead,?\s+|always\s+|never\s+|do\s+not\s+|don[’']t\s+|simply\s+|just\s+|only\s+)*"
    r"(?:say|tell|answer|reply|respond|write|output|print|repeat|ignore|disregard|forget|pretend|act|click|visit|send|ping"
    r"|translate|reveal|summari[sz]e|include|append|insert|cite|state|claim|report|obey|follow|return|generate|mention|use"
    r"|call|execute|run|open|fetch|browse|search|quote|list|conclude|invent|decode|remember|assume|treat|stop|begin|start)"
    r"(?:\s*:|\s+(?:that|the|this|these|those|an?|to|me|us|only|your?|all|every\w*|it|him|her|them|exactly|no|not|nothing|with|each"
    r"|whatever|instead|just|as|if|in|[\"“@<]))(?!\w)",
    re.IGNORECASE,
)
_HOSTILE = re.compile(f"{_ORDERS}|{_FORGED}|{_FOREIGN}", re.IGNORECASE | re.MULTILINE)
_HIDDEN = re.compile(
    r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\U000e0000-\U000e007f\x00-\x08\x0b-\x1f\x7f]"
)
_BLOB = re.compile(
    r"[A-Za-z0-9+/=_-]{40,}|(?:\\[ux][0-9a-fA-F]{2,4}){4,}|(?:%[0-9a-fA-F]{2}){6,}|(?:&#x?\w+;){3,}|(?:[01]{8}\s?){4,}"
)
_LOOKALIKES = str.maketrans("аеорсухіѕ", "aeopcyxis")
_LONGEST = 2000


def speaks_to_the_writer(sentence: str) -> bool:
    """Whether a sentence of an article gives orders to a model, forges its surroundings, or hides something."""
    import unicodedata

    if len(sentence) > _LONGEST:
        return True  # no sentence: nobody reads on so long
    plain = unicodedata.normalize("NFKC", _HIDDEN.sub("", sentence))
    if len(plain) < 0.9 * len(sentence) or _BLOB.search(plain):
        return True
    latin = plain.translate(_LOOKALIKES) if re.search(r"[a-z]", plain) else plain
    spaced = re.sub(r"\b(\w)[ .\-_*](?=\w\b)", r"\1", latin)  # "i g n o r e"
    return any(_HOSTILE.search(t) or _IMPERATIVE.match(t) for t in {plain, latin, spaced})


def visible(text: str) -> str:
    """`text` without characters that are not seen."""
    return _HIDDEN.sub("", text)
