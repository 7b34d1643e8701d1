"""Every setting, once; the README's table is made from this class."""

from __future__ import annotations

import difflib
import os
import re
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dotenv import dotenv_values
from pydantic import AliasChoices, Field, HttpUrl, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from retrieval.errors import NotConfigured

BUNDLED_MODEL = "all-MiniLM-L6-v2"


class Caution(StrEnum):
    """How sure an answer has to be before it is given."""

    BOLD = "bold"
    BALANCED = "balanced"
    CAREFUL = "careful"


class LogLevel(StrEnum):
    """How much is logged."""

    DEBUG = "DEBUG"
    INFO = "INFO"
    WARNING = "WARNING"
    ERROR = "ERROR"


class Settings(BaseSettings):
    """Read from the environment and from `.env` in the working directory; the environment wins, and what is given wins
    over both. Raises NotConfigured with one sentence that names the setting at fault."""

    model_config = SettingsConfigDict(
        env_prefix="ONRECORD_",
        env_file=".env",
        extra="ignore",
        frozen=True,
        env_ignore_empty=True,
        populate_by_name=True,
    )

    store: Annotated[Path, Field(description="The folder with everything the bot knows.")] = Path("docs_store")
    discord_token: Annotated[
        SecretStr | None,
        Field(validation_alias=AliasChoices("DISCORD_TOKEN", "discord_token"), description="The Discord bot's token."),
    ] = None
    chroma_url: Annotated[
        HttpUrl | None, Field(description="A Chroma server to use in place of the store's own index.")
    ] = None
    embedding_model: Annotated[
        str,
        Field(
            description="Any sentence-transformers model, by name or folder; the default is installed with OnRecord."
        ),
    ] = BUNDLED_MODEL
    cross_encoder: Annotated[
        str | None, Field(description="A sentence-transformers cross-encoder that reranks what was found.")
    ] = None
    servers_read_operator: Annotated[
        bool,
        Field(description="Whether Discord servers and direct messages are answered from the operator's articles."),
    ] = True
    message_content: Annotated[
        bool,
        Field(
            description="Whether the bot asks Discord for the message-content intent (to be switched on in the"
            " developer portal first): it then also reads replies to it that do not ping it."
        ),
    ] = False
    parser: Annotated[str, Field(description="The spaCy model that reads sentences.")] = "en_core_web_sm"
    time_zone: Annotated[
        str,
        Field(
            description="The zone in which today is today, such as Europe/Berlin: “last week” is counted from there."
        ),
    ] = "UTC"
    model: Annotated[
        str | None,
        Field(
            description="A language model that writes the answers, as provider:model, or local:PATH for a GGUF file or"
            " a Hugging Face folder; each sentence is checked before it is shown. Without it, answers are the articles'"
            " own sentences."
        ),
    ] = None
    model_base_url: Annotated[
        str | None, Field(description="The address of an OpenAI-compatible or Ollama server, if not the provider's.")
    ] = None
    model_timeout: Annotated[
        float, Field(gt=0, le=600, description="Seconds that the language model may take for one answer.")
    ] = 60.0
    model_daily_tokens: Annotated[
        int | None, Field(ge=0, description="Tokens that may be spent a day; after that, articles answer alone.")
    ] = None
    model_daily_tokens_each: Annotated[
        int | None, Field(ge=0, description="Tokens that may be spent a day for one person on Discord.")
    ] = None
    model_input_price: Annotated[
        float | None, Field(ge=0, description="What a million tokens read cost, to log the cost of each answer.")
    ] = None
    model_output_price: Annotated[float | None, Field(ge=0, description="What a million tokens written cost.")] = None
    model_window: Annotated[
        int | None,
        Field(ge=1024, description="Tokens that the model can read and write in all, where it does not say itself."),
    ] = None
    model_answer_tokens: Annotated[
        int, Field(ge=50, le=8000, description="Tokens that the model may write for one answer.")
    ] = 800
    entailment_model: Annotated[
        str | None,
        Field(
            description="A sentence-transformers cross-encoder for natural language inference that also judges each"
            " written sentence, by name or folder, such as cross-encoder/nli-deberta-v3-small."
        ),
    ] = None
    caution: Annotated[
        Caution,
        Field(
            description="How sure an answer made of the articles' own sentences has to be before it is given: bold"
            " (one chance in ten to be right), balanced (one in four) or careful (one in two)."
        ),
    ] = Caution.BALANCED
    token_vectors_gb: Annotated[
        float,
        Field(
            ge=0,
            le=1_000_000,
            allow_inf_nan=False,
            description="Gigabytes that the vectors of the newest passages' words may take beside the catalogue, some"
            " 180 kilobytes an article: an answer need not read these passages anew, and comes a tenth of a second"
            " sooner.",
        ),
    ] = 20.0
    log_level: Annotated[LogLevel, Field(description="How much is logged: DEBUG, INFO, WARNING or ERROR.")] = (
        LogLevel.WARNING
    )

    if not TYPE_CHECKING:  # where the names are known from the fields

        def __init__(self, **given: Any) -> None:
            # Of the environment and `.env` alone what is no setting of ours may be another program's.
            known = {*type(self).model_fields, "DISCORD_TOKEN"}
            unknown = sorted(name for name in given if name not in known and not name.startswith("_"))
            if unknown:
                near = difflib.get_close_matches(unknown[0], known, n=1)
                raise NotConfigured(
                    f"There is no setting {unknown[0]!r}{f': did you mean {near[0]}?' if near else '.'}"
                )
            try:
                super().__init__(**given)
            except ValidationError as error:
                raise _told(error) from error

    @field_validator("log_level", mode="before")
    @classmethod
    def _in_capitals(cls, level: object) -> object:
        return level.upper() if isinstance(level, str) else level

    @field_validator("model_base_url")
    @classmethod
    def _an_address(cls, url: str | None) -> str | None:
        if url is not None and not re.fullmatch(r"https?://[^\s/]+(/\S*)?", url):
            raise ValueError(f"{url!r} is no address such as http://127.0.0.1:8080/v1")
        return url

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError(f"{name!r} is no time zone such as Europe/Berlin") from error
        return name


def unknown_variables() -> list[str]:
    """What in the environment or in `.env` looks like a setting of ours and is none, each with what may be meant."""
    known = {f"ONRECORD_{name.upper()}" for name in Settings.model_fields}
    written = dotenv_values(".env", encoding="utf-8", interpolate=False)
    told = [f"{name} in .env has no value: write {name}=…" for name in sorted(written) if written[name] is None]
    given = {*os.environ, *written}
    for name in sorted(name for name in given if name.upper().startswith("ONRECORD_") and name.upper() not in known):
        near = difflib.get_close_matches(name.upper(), known, n=1)
        told.append(f"there is no setting {name}{f': did you mean {near[0]}?' if near else ''}")
    return told


def load_settings() -> Settings:
    """The settings of this process, as `Settings` reads them."""
    return Settings()


def _told(error: ValidationError) -> NotConfigured:
    first = error.errors()[0]
    name = str(first["loc"][0]) if first["loc"] else "a setting"
    variable = name if name.isupper() else f"ONRECORD_{name.upper()}"
    return NotConfigured(f"{variable} cannot be used: {first['msg'].removeprefix('Value error, ')}.")
