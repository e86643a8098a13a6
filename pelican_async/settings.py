"""Every setting of the service, once: read from the environment, and checked all at once."""

import os
import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Any, Final, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from checks.money import Conversion
from pelican_async.errors import UserError
from pelican_async.masking import masked_text
from pelican_async.pool import available


class Step(StrEnum):
    """What can be left out of a dataset's checks."""

    FIELD_COVERAGE = "field_coverage"
    FIELD_QUALITY = "field_quality"
    COMPILED_RELEASE = "compiled_release"
    DATASET = "dataset"
    TIME_BASED = "time_based"
    REPORT = "report"


Port = Annotated[int, Field(ge=0, le=65_535)]
Count = Annotated[int, Field(ge=1)]
Seconds = Annotated[float, Field(gt=0)]
Address = Annotated[str, Field(pattern=r"^(https?://\S+)?$")]
Days = Annotated[int, Field(ge=-1)]


class Settings(BaseSettings):
    """The settings, by the names of their environment variables in lower case."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_ignore_empty=False)

    database_url: SecretStr = SecretStr("postgresql:///pelican_backend?application_name=pelican_backend")
    """The database of datasets and results. `?options=-csearch_path%3Dproduction,public` sets its search path."""
    kingfisher_process_database_url: SecretStr = SecretStr(
        "postgresql:///kingfisher_process?application_name=pelican_backend"
    )
    """The database that collections come from. It is only read."""
    rabbit_url: SecretStr = SecretStr("amqp://127.0.0.1")
    rabbit_exchange_name: str = Field("pelican_development", min_length=1, max_length=200)
    extractor_page_size: Count = 1000
    """So many releases are written at once, and so many at most are written again after an interruption."""
    extractor_max_batch_size: Count = 100
    """So many items, at most, are in one batch; not more than in a page."""
    prefetch_count: Count = Field(default_factory=available)
    """So many batches of items are checked at once. Four times as many are taken; small ones are checked together."""
    kingfisher_process_max_size: Count = 300_000
    """Releases that take so many bytes or more where they are stored are left out, and counted."""
    fixer_io_api_key: SecretStr | None = None
    fixer_io_url: str = "https://data.fixer.io/api"
    currency_converter_interpolation: Literal["linear", "closest", ""] = "linear"
    currency_converter_interpolation_max_days_fallback: Days = 90
    currency_converter_extrapolation: Literal["closest", ""] = "closest"
    currency_converter_extrapolation_max_days_fallback: Days = 180
    pelican_backend_steps: Annotated[frozenset[Step], NoDecode] = frozenset(Step)
    online: bool = True
    """Whether anything may be requested: documents and extensions that publishers name, codelists, exchange rates."""
    ocid_prefixes_url: Address = (
        "https://docs.google.com/spreadsheets/d/1Am3gq0B77xN034-8hDjhb45wOuq-8qW6kGOdp40rN4M"
        "/pub?gid=506986894&single=true&output=csv"
    )
    """The register of OCID prefixes, as CSV with the column `OCID`. Empty: the list in the package alone."""
    identifier_schemes_url: Address = "http://org-id.guide/download.csv"
    """org-id.guide's list codes, as CSV with the column `code`. Empty: the list in the package alone."""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"] = "INFO"
    log_format: Literal["json", "text"] = "json"
    sentry_dsn: SecretStr | None = None
    http_address: str = "127.0.0.1"
    """Where health, metrics and datasets are shown."""
    http_port: Port = 8000
    http_hosts: Annotated[frozenset[str], NoDecode] = frozenset()
    """Names by which these are asked, besides addresses and names without a dot."""
    pool_processes: Count = Field(default_factory=available)
    """So many processes check items."""
    pool_seconds: Seconds = 300.0
    """A batch that takes longer is taken apart, to find the item that does."""
    long_stages: Count = 2
    """So many datasets at once are extracted, or checked as wholes, in one replica."""
    prefetch: Count = 10
    """So many messages of each other stage are handled at once."""
    lease_seconds: Seconds = 60.0
    """A replica that is silent for so long loses what it was doing to another one."""
    shutdown_grace: Seconds = 30.0
    """So long may batches take to finish when the service is stopped."""
    database_connections: Count = 10
    database_statement_cache_size: Annotated[int, Field(ge=0)] = 100
    """0 behind a PgBouncer that pools transactions."""

    @field_validator("pelican_backend_steps", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:  # noqa: ANN401 whatever the environment has
        if not isinstance(value, str):
            return value
        names = {name.strip() for name in value.split(",") if name.strip()}
        if not names <= set(Step):
            raise ValueError(f"there may be these, and no others: {', '.join(Step)}")
        return frozenset(Step(name) for name in names)

    @field_validator("http_hosts", mode="before")
    @classmethod
    def _names(cls, value: Any) -> Any:  # noqa: ANN401 whatever the environment has
        if not isinstance(value, str):
            return value
        names = frozenset(name.strip().lower().removesuffix(".") for name in value.split(",") if name.strip())
        if not all(re.fullmatch(r"[a-z0-9_.-]+", name) for name in names):
            raise ValueError("only names with commas between them, without ports")
        return names

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: Any) -> Any:  # noqa: ANN401 whatever the environment has
        return value.upper() if isinstance(value, str) else value

    @model_validator(mode="after")
    def _fits(self) -> "Settings":
        if self.extractor_max_batch_size > self.extractor_page_size:
            raise ValueError("EXTRACTOR_MAX_BATCH_SIZE is greater than EXTRACTOR_PAGE_SIZE: it must be at most that")
        return self

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        """Give what is shown of it: also addresses that need no password may have one."""
        for name, value in super().__repr_args__():
            yield name, masked_text(value) if isinstance(value, str) else value

    @property
    def conversion(self) -> Conversion:
        """What rate a currency has on a day for which there is none."""
        return Conversion(
            self.currency_converter_interpolation,
            self.currency_converter_interpolation_max_days_fallback,
            self.currency_converter_extrapolation,
            self.currency_converter_extrapolation_max_days_fallback,
        )

    @property
    def steps(self) -> frozenset[Step]:
        """The steps that are done: quality needs coverage."""
        steps = self.pelican_backend_steps
        return steps | {Step.FIELD_COVERAGE} if Step.FIELD_QUALITY in steps else steps


EMPTY_IS_NONE: Final = ("FIXER_IO_API_KEY", "SENTRY_DSN")


def load() -> Settings:
    """Read the settings. Raises `UserError` that names all wrong ones, with what is allowed, and never their values."""
    unset: dict[str, Any] = {name.lower(): None for name in EMPTY_IS_NONE if os.environ.get(name) == ""}
    try:
        return Settings(**unset)
    except ValidationError as error:
        problems = [
            f"{'.'.join(map(str, problem['loc'])).upper() or 'The settings'}: {_said(problem['msg'])}"
            for problem in error.errors(include_input=False, include_url=False)
        ]
        raise UserError("These settings are wrong:", problems) from None


def _said(message: str) -> str:
    return message.removeprefix("Value error, ").removeprefix("Input should be ").strip()
