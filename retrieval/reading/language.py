"""Which language a text is written in, by py3langid."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from retrieval.errors import UserError

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_LEAST = 60  # letters; shorter texts are told apart by chance
_READ = 4000  # characters; more change nothing
_SURE = 0.95  # a posterior, which is near 1 for anything but mixtures and lists of names

_NAMES = {
    "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "ca": "Catalan", "cs": "Czech", "cy": "Welsh", "da": "Danish",
    "de": "German", "el": "Greek", "en": "English", "es": "Spanish", "et": "Estonian", "eu": "Basque", "fa": "Persian",
    "fi": "Finnish", "fr": "French", "ga": "Irish", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian",
    "id": "Indonesian", "is": "Icelandic", "it": "Italian", "ja": "Japanese", "ko": "Korean", "lt": "Lithuanian",
    "lv": "Latvian", "mk": "Macedonian", "ms": "Malay", "nb": "Norwegian", "nl": "Dutch", "no": "Norwegian",
    "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sl": "Slovenian",
    "sq": "Albanian", "sr": "Serbian", "sv": "Swedish", "sw": "Swahili", "ta": "Tamil", "th": "Thai", "tr": "Turkish",
    "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


def language_of(text: str) -> str | None:
    """The ISO 639-1 code of the language of `text`, None where it is too short or too mixed to tell."""
    head = text[:_READ]
    if sum(map(str.isalpha, head)) < _LEAST:
        return None
    code, probability = _identifier().classify(head)
    return str(code) if probability >= _SURE else None


def language_name(code: str) -> str:
    """The English name of a language; for a rare one its code."""
    return _NAMES.get(code, f"the language {code!r}")


@cache
def _identifier() -> LanguageIdentifier:
    # Its model takes half a second to unpack, and does so in a file.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    try:
        return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    except OSError as error:  # of which no article is to blame
        raise UserError(
            "No article can be read, since what tells its language cannot be unpacked in the folder for temporary files"
            f" ({error.strerror or error}): make room there, or name another folder in TMPDIR."
        ) from error
