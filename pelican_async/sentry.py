"""Sends errors to Sentry, if `SENTRY_DSN` is set and the extra `sentry` is installed."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

from structlog.typing import EventDict, Processor, WrappedLogger

from pelican_async.errors import UserError
from pelican_async.settings import Settings

if TYPE_CHECKING:
    from sentry_sdk.types import Event, Hint

LEVELS: Final = frozenset({"error", "critical"})
NOT_INSTALLED: Final = (
    "SENTRY_DSN is set, but what sends errors there isn't installed: install pelican-async[sentry], or unset it."
)


def processors(settings: Settings, harmless: Callable[[object], object]) -> Sequence[Processor]:
    """Set it up, and give what sends the errors among the entries of the log; nothing, if it isn't wanted.

    `harmless` masks secrets in whatever is sent. Raises `UserError` if it isn't installed.
    """
    if settings.sentry_dsn is None:
        return ()
    try:
        import sentry_sdk  # noqa: PLC0415 it may not be there
        from sentry_sdk.utils import BadDsn  # noqa: PLC0415
    except ImportError:
        raise UserError(NOT_INSTALLED) from None

    def masked(event: "Event", _: "Hint") -> "Event":
        shown: Any = harmless(event)
        return shown  # type: ignore[no-any-return]  # as it was, but for texts

    def send(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
        if event["level"] in LEVELS:
            about = {name: str(value) for name, value in event.items() if name not in {"exc_info", "event"}}
            with sentry_sdk.new_scope() as scope:
                scope.set_context("log", about)
                error = event.get("exc_info")
                if error:
                    scope.set_extra("event", event["event"])
                    sentry_sdk.capture_exception(None if error is True else error)
                else:
                    sentry_sdk.capture_message(str(event["event"]), level="error")
        return event

    try:
        sentry_sdk.init(
            dsn=settings.sentry_dsn.get_secret_value(),
            before_send=masked,
            default_integrations=False,
            include_local_variables=False,
            max_breadcrumbs=0,
            send_default_pii=False,
        )
    except BadDsn:
        raise UserError("SENTRY_DSN is not an address that Sentry gives.") from None
    return (send,)
