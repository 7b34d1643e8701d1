"""Sentences of an article that speak to whoever writes the answer: orders, forged roles, forged boundaries.

They are left out of what a model is shown and of what bears a sentence out. They stay in the article: a person can read
and cite them.
"""

from __future__ import annotations

import re

# Each is of the whole sentence as it is told to a writer: news has "a new model, which …", "ignore the court order",
# "respond with force" and "call the police", too.
_WRITER = (
    r"(?:ai|a\.i\.|llms?|(?:large\s+)?language\s+models?|chat\s?bots?|chatgpt|gpt(?:-\d\w*)?|claude"
    r"|assistant|model|bot|onrecord)"
)
_SAY = (
    r"(?:say|tell|answer|reply|respond|write|output|print|repeat|ignore|disregard|forget|pretend|reveal|include|append|insert"
    r"|cite|state|claim|report|mention|quote|translate|summari[sz]e|conclude|decode|obey|follow|generate|return|act|use|call|run)"
)
_TO_TEXT = (
    r"(?:users?|readers?|following|sentences?|questions?|answers?|instructions?|prompts?|passages?|text|above|base64|json"
    r"|context|system)"
)
_BEGINNING = (
    r"(?:please\s+|now\s+|then\s+|instead,?\s+|always\s+|never\s+|do\s+not\s+|don[’']t\s+|simply\s+|just\s+|only\s+)*"
)
_ORDERS = (
    r"\b(?:ignore|disregard|forget|override|bypass)\s+(?:\w+\s+){0,2}?(?:your|previous|prior|earlier|preceding|all|any|these)\s+"
    r"(?:\w+\s+){0,2}?(?:instructions?|prompts?)\b"
    r"|\b(?:ignore|disregard|forget)\s+(?:everything|all|anything|what\s+is|the)\s+(?:that\s+is\s+)?above\b"
    r"|\byour\s+(?:new|updated|real|actual|true|secret|hidden)\s+(?:system\s+)?(?:instructions?|prompt)\b"
    r"|\b(?:new|updated|real|secret|hidden|important|urgent|system)\s+(?:system\s+)?(?:instructions?|prompt|message|override|note|notice)\s*:"
    rf"|:\s*{_SAY}\s*:"
    r"|\byou\s+are\s+now\s+(?:in|an?|the)\b|\bfrom\s+now\s+on,?\s+you\b|\bjailbreak\s+mode\b|\bbase64\b|\brot13\b"
    r"|\byou\s+(?:must|should|shall|will|have\s+to|need\s+to)\s+(?:now\s+|always\s+|only\s+)*"
    r"(?:output|print|(?:answer|respond|reply)\s+(?:only|every|all|any|with)|(?:say|cite|include|mention)\s*:)"
    r"|(?:answer|respond|reply)\s+(?:only|every\s+\w+|all\s+\w+)\s+with\b|\btell\s+the\s+user\b"
    r"|\bas\s+an?\s+(?:ai|language)\s+(?:language\s+)?(?:model|assistant)\s+you\b"
    rf"|\b(?:note|message|instructions?|attention|memo)\s+(?:to|for)\s+(?:the\s+|any\s+|all\s+)?{_WRITER}\s*[:!]"
    # An address, and what it is to do.
    rf"|^\W*(?:hey\s+|hello\s+|dear\s+|attention,?\s+)?{_WRITER}\s*[,:!]\s*(?:you\s+(?:must|should|will|are\s+to)\b|please\b|{_BEGINNING}{_SAY}\b)"
)
_FORGED = (
    r"<\|?/?\s*(?:im_start|im_end|system|user|assistant|inst|s|endoftext|begin_of_text|start_header_id|end_header_id|passage|instructions?|tool\w*)\b"
    r"|\[/?(?:INST|SYS|SYSTEM|ASSISTANT|USER)\]|<<\s*/?SYS|^\s*#{2,}\s*(?:instruction|system|response|input|user|assistant)"
    r"|^\s*(?:\*\*)?(?:system|assistant|user|human|developer|ai)(?:\*\*)?\s*(?::|>|\])|^\s*-{3,}|^\s*={3,}|\[p\d{1,3}\]|\"(?:sentences|passages|text|role|tool_calls?)\"\s*:"
    r"|^\W*(?:end|begin|beginning|start)\s+of\s+(?:the\s+)?(?:passages?|articles?|context|documents?|boundary)\s*(?:[.:\])-]|$)"
)
# The same orders in other tongues: what is passed over, and that it is.
_FOREIGN = (
    r"\bignor(?:a|e|ez|en|iere\w*|uj\w*|ați|em)\b.{0,40}(?:instru[cçk]|anweisung|istruzion|consign|poleceni|pokyn)"
    r"|\b(?:vergiss|missachte|oublie[zr]?|olvida|esquece|dimentica|negeer|glöm|unohda|zapomnij|unut)\b.{0,40}(?:anweisung|instru|consign|istruz|aanwijzing|ohje|poleceni|talimat)"
    r"|^\W*(?:antworte|antwoord|réponds|répondez|responde|responda|rispondi|odpowiedz|svara|vastaa|yanıtla)\b[^.]{0,60}:"
    r"|^\W*(?:sage?|dis|dites|di|diga|zeg|säg|powiedz)\s+(?:dem|den|à|a|al|aan|do)\s+(?:l[’'])?(?:be)?(?:nutzer|usuari|utilisateur|utente|gebruiker|användar|użytkownik)"
    r"|(?:önceki|tüm)\s+talimat.{0,30}(?:yok\s+say|unut|göz\s+ardı)"
    r"|(?:игнорируй|забудь|ігноруй)(?:те)?\b.{0,40}(?:инструкц|указани|інструкц)|(?:忽略|无视|無視|忘记).{0,15}(?:指示|指令|提示|命令)"
    r"|(?:指示|指令|命令).{0,8}(?:無視|忘れ)|(?:지시|명령|지침).{0,8}무시|تجاهل.{0,15}التعليمات|התעלם.{0,12}הוראות"
    r"|निर्देश.{0,20}अनदेखा|अनदेखा.{0,20}निर्देश|αγνόησε.{0,30}οδηγίες|bỏ\s+qua.{0,30}hướng\s+dẫn|abaikan.{0,30}instruksi"
)
_IMPERATIVE = re.compile(
    rf"^\W*{_BEGINNING}(?:{_SAY}\s*:|(?:say|conclude|reply|answer)\s+that\b"
    r"|(?:answer|reply|respond)\s+(?:only|exactly|with|as)\b"
    rf"|{_SAY}\s+(?:(?:the|this|these|those|all|any|every|your|my|only|exactly)\s+){{0,3}}(?:\w+\s+){{0,1}}{_TO_TEXT}\b"
    r"|(?:call|use|invoke|run)\s+the\s+\w+\s+(?:tool|function|plugin)\b)",
    re.IGNORECASE,
)
_HOSTILE = re.compile(f"{_ORDERS}|{_FORGED}|{_FOREIGN}", re.IGNORECASE | re.MULTILINE)
_HIDDEN = re.compile(
    r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\U000e0000-\U000e007f\x00-\x08\x0b-\x1f\x7f]"
)
_BLOB = re.compile(
    r"[A-Za-z0-9+/=_-]{40,}|(?:\\[ux][0-9a-fA-F]{2,4}){4,}|(?:%[0-9a-fA-F]{2}){6,}|(?:&#x?\w+;){3,}|(?:[01]{8}\s?){4,}"
)
_LOOKALIKES = str.maketrans("аеорсухіѕАВЕКМНОРСТУХІЅ", "aeopcyxisABEKMHOPCTYXIS")
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
