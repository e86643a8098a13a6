"""How the service logs: JSON for machines or lines for people, each with what it is about, and never with a secret."""

import logging
import sys
from collections.abc import Iterator
from typing import Final, Self

import structlog
from pydantic import SecretStr
from structlog.typing import EventDict, Processor, WrappedLogger

from pelican_async import sentry
from pelican_async.masking import masked_text, secrets_in
from pelican_async.reports.visible import visible
from pelican_async.settings import Settings

SHORTEST: Final = 4
"""Shorter secrets aren't looked for: they would be found in words, and in numbers."""
HIDDEN: Final = "***"
TOLD_BY_US: Final = ("aiormq", "aio_pika")
"""What these libraries warn of is said by what uses them, once and with what follows from it."""


class Harmless:
    """Makes values fit to be shown: masks secrets, and shows control characters.

    Those could pretend to be lines, or move the cursor.
    """

    def __init__(self, secrets: frozenset[str]) -> None:
        self._secrets = sorted(secrets, key=len, reverse=True)

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Know the secrets that settings have, wherever they may turn up."""
        return cls(frozenset(secret for secret in _secrets(settings) if len(secret) >= SHORTEST))

    def text(self, text: str) -> str:
        """Make a text harmless, which is one line then."""
        return visible(self._hidden(text))

    def lines(self, text: str) -> str:
        """Make a text harmless, and keep its lines apart; no line of it can pretend to be more than a part."""
        return "\n".join(f"    {visible(line)}" for line in self._hidden(text).split("\n"))

    def value(self, value: object) -> object:
        """Make any value harmless: what isn't a value of JSON is shown as Python does."""
        if value is None or isinstance(value, bool | int | float):
            return value
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return {self.text(str(name)): self.value(member) for name, member in value.items()}
        if isinstance(value, list | tuple | set | frozenset):
            return [self.value(member) for member in value]
        return self.text(repr(value))

    def __call__(self, _: WrappedLogger, __: str, event: EventDict) -> EventDict:
        """Make an entry of the log harmless."""
        shown = {name: self.value(value) for name, value in event.items() if name != "exception"}
        if "exception" in event:
            shown["exception"] = self.lines(str(event["exception"]))
        return shown

    def _hidden(self, text: str) -> str:
        text = masked_text(text)
        for secret in self._secrets:
            text = text.replace(secret, HIDDEN)
        return text


def _secrets(settings: Settings) -> Iterator[str]:
    if settings.sentry_dsn is not None:  # its account is the key
        yield settings.sentry_dsn.get_secret_value().partition("://")[2].partition("@")[0].partition(":")[0]
    for value in vars(settings).values():
        text = value.get_secret_value() if isinstance(value, SecretStr) else value
        if isinstance(text, str) and "://" in text:
            yield from secrets_in(text)
        elif isinstance(value, SecretStr):
            yield text


def configure(settings: Settings) -> None:
    """Log to stderr, from now on; what libraries log, too. Errors go to Sentry, if it is set up."""
    harmless = Harmless.of(settings)
    people = settings.log_format == "text"
    known: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    shown: list[Processor] = [
        structlog.processors.format_exc_info,
        harmless,
        structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
        if people
        else structlog.processors.JSONRenderer(sort_keys=True),
    ]
    level = logging.getLevelNamesMapping()[settings.log_level]
    structlog.configure(
        processors=[*known, *sentry.processors(settings, harmless.value), *shown],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=known,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *shown],
        )
    )
    for library in TOLD_BY_US:
        logging.getLogger(library).setLevel(logging.CRITICAL)
    logging.basicConfig(handlers=[handler], level=max(level, logging.WARNING), force=True)


def configure_command(settings: Settings) -> None:
    """Log for a command that somebody typed: what they have to know alone, as lines."""
    structlog.reset_defaults()
    configure(settings.model_copy(update={"log_format": "text", "log_level": "WARNING"}))
