"""How the service logs: JSON for machines or lines for people, each with what it is about, and never with a secret."""

import logging
import sys

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from pelican_async.masking import masked_text
from pelican_async.reports.visible import visible
from pelican_async.settings import Settings


def configure(settings: Settings) -> None:
    """Log to stderr, from now on."""
    people = settings.log_format == "text"
    processors: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _harmless,
        structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
        if people
        else structlog.processors.JSONRenderer(sort_keys=True),
    ]
    structlog.configure(
        processors=processors,
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[settings.log_level]),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=True,
    )


def _harmless(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Mask secrets, and show control characters, which could pretend to be lines or move the cursor."""
    return {key: visible(masked_text(value)) if isinstance(value, str) else value for key, value in event.items()}
