"""Whether everything that OnRecord needs is there and agrees, found out without connecting to anything."""

from __future__ import annotations

import importlib.metadata
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from retrieval.errors import OnRecordError
from retrieval.settings import Settings, load_settings, unknown_variables
from retrieval.storage.store import store_exists

_TOKEN = re.compile(r"[\w-]{20,}\.[\w-]{5,}\.[\w-]{20,}")
_LEAST_FREE = 500 * 1024 * 1024  # bytes: a batch of articles with its index, and the journal
_READERS = ("cross_encoder", "entailment_model")  # the settings that name a cross-encoder


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `said` is how it stands, and what to do where it is not `fine`."""

    what: str
    fine: bool
    said: str


def examine() -> list[Finding]:
    """Everything, one finding each; where the settings cannot be read, they alone."""
    try:
        settings = load_settings()
    except OnRecordError as error:
        return [Finding("settings", False, str(error))]
    found = [_of("settings", lambda: _settings(settings))]
    found.append(_of("packages", _packages))
    found.append(_of("embedding model", lambda: _embedding_model(settings)))
    found.append(_of("parser", lambda: _parser(settings)))
    for name in _READERS:
        if model := getattr(settings, name):
            found.append(_of(f"ONRECORD_{name.upper()}", partial(_cross_encoder, model)))
    found.extend(_store(settings))
    found.append(_token(settings))
    found.append(_of("language model", lambda: _language_model(settings)))
    found.append(_disk(settings))
    return found


def _of(what: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(what, True, look())
    except OnRecordError as error:
        return Finding(what, False, str(error))
    except Exception as error:  # noqa: BLE001 - whatever is wrong with it, the rest is still to be looked at
        return Finding(what, False, f"{type(error).__name__}: {error}")


def _packages() -> str:
    """Every package that OnRecord requires, in the version that it requires."""
    wrong = []
    try:
        required = importlib.metadata.requires("onrecord") or []
    except importlib.metadata.PackageNotFoundError:
        return "OnRecord runs from its source and is not installed, so their versions were not compared"
    for line in required:
        match = re.match(r"([\w.-]+)(?:\[\w+\])?==([\w.]+)(?!.*extra ==)", line)
        if match is None:
            continue
        try:
            installed = importlib.metadata.version(match[1])
        except importlib.metadata.PackageNotFoundError:
            wrong.append(f"{match[1]} is missing")
            continue
        if installed.partition("+")[0] != match[2]:  # "2.13.0+cpu" is a build of 2.13.0: PEP 440, "Version matching"
            wrong.append(f"{match[1]} is {installed} and not {match[2]}")
    if wrong:
        raise OnRecordError(f"{'; '.join(wrong)}: install OnRecord anew with `pip install .`.")
    return f"{len(required)} requirements as pinned"


def _embedding_model(settings: Settings) -> str:
    """Loads the model, which checks its hash where it is the one that is installed with OnRecord."""
    from retrieval.storage.encoding.embedding import SentenceTransformerEmbedder

    embedder = SentenceTransformerEmbedder(settings.embedding_model)
    embedder.embed_query("warm up")
    return f"{embedder.name} loads"


def _settings(settings: Settings) -> str:
    unknown = unknown_variables()
    if unknown:
        raise OnRecordError("; ".join(unknown))
    return "all can be used"


def _cross_encoder(model: str) -> str:
    """Loads it from its folder or from what was downloaded before."""
    from sentence_transformers import CrossEncoder

    try:
        CrossEncoder(model, device="cpu", local_files_only=True)
    except (OSError, ValueError) as error:
        raise OnRecordError(
            f"{model} is not on this machine: check its name or folder; a name is downloaded at the first question."
        ) from error
    return f"{model} loads"


def _parser(settings: Settings) -> str:
    from retrieval.annotation.parser import load_parser

    load_parser(settings.parser)
    return f"{settings.parser} loads"


def _store(settings: Settings) -> Iterator[Finding]:
    """The store opens, was filled by the model that is set, and its catalogue and vectors agree."""
    if not store_exists(settings.store):
        yield Finding("store", False, f"there is none in {settings.store.resolve()}: make one with `onrecord init`.")
        return
    from retrieval.library import Library

    try:
        with Library(settings) as library:
            state = library.status()
            yield Finding("store", True, f"{sum(state.articles.values())} articles in {state.store}")
            filled = state.embedding_model
            fine = filled in (None, settings.embedding_model)
            said = f"filled by {filled or 'none yet'}"
            mend = f"{said}, and {settings.embedding_model} is set: run `onrecord reindex`, or set it back."
            yield Finding("store's model", fine, said if fine else mend)
            yield _of("catalogue and vectors", lambda: _agree(library))
    except OnRecordError as error:
        yield Finding("store", False, str(error))
    except sqlite3.DatabaseError as error:
        mend = "restore a backup with `onrecord backup FILE --restore`, or read the articles anew with `onrecord add`."
        yield Finding("store", False, f"the catalogue cannot be read ({error}): move the store away, and {mend}")


def _agree(library: object) -> str:
    from retrieval.library import Library

    assert isinstance(library, Library)
    differences = library.disagreements()
    if differences:
        raise OnRecordError(f"{'; '.join(differences[:5])}: run `onrecord reindex`.")
    return "agree"


def _token(settings: Settings) -> Finding:
    token = settings.discord_token.get_secret_value().strip() if settings.discord_token is not None else ""
    if not token:
        return Finding("Discord token", True, "DISCORD_TOKEN is not set, which `onrecord bot` alone needs")
    if not _TOKEN.fullmatch(token):
        return Finding("Discord token", False, "DISCORD_TOKEN does not look like a bot's token: copy it afresh.")
    return Finding("Discord token", True, "is set; only Discord can say whether it is right")


def _language_model(settings: Settings) -> str:
    """Everything about it that can be known without asking it: the client is made, and not used."""
    from retrieval.answering.writing.answerers import chat_model

    model = chat_model(settings)
    if model is None:
        return "none; answers are the articles' own sentences"
    model.check()
    return f"{settings.model} is set; it was not asked"


def _disk(settings: Settings) -> Finding:
    folder = settings.store if settings.store.exists() else settings.store.resolve().parent
    free = shutil.disk_usage(folder).free
    said = f"{free / 1024**3:.1f} GB free"
    if free < _LEAST_FREE:
        return Finding("disk", False, f"{said}: make room, or new articles cannot be stored.")
    return Finding("disk", True, said)
