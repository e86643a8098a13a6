"""Connections to PostgreSQL, which pass JSON as bytes, and end in time whatever the server does."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final, TypeAlias
from urllib.parse import parse_qsl, urlencode

import anyio
import asyncpg
import stamina
import structlog
from asyncpg.pool import PoolConnectionProxy

from pelican_async.database.trouble import is_transient
from pelican_async.errors import UserError
from pelican_async.masking import masked

Connection: TypeAlias = asyncpg.Connection | PoolConnectionProxy

STATEMENT_CACHE_SIZE: Final = 100
COMMAND_SECONDS: Final = 60.0
CONNECT_SECONDS: Final = 10.0
CLOSE_SECONDS: Final = 5.0
FIRST_DELAY: Final = 0.1
LONGEST_DELAY: Final = 10.0
SERVER_SETTINGS: Final = {
    # The compiler makes small queries slow.
    "jit": "off",
    # What was cut off, or sleeps, must not keep rows locked for longer than that: nothing here is idle for a minute.
    "idle_in_transaction_session_timeout": "300s",
    "tcp_keepalives_idle": "30s",
    "tcp_keepalives_interval": "10s",
    "tcp_keepalives_count": "3",
}
"""What the server is asked for. A PgBouncer that pools transactions refuses such settings."""
JSONB_VERSION: Final = b"\x01"
OF_THE_C_LIBRARY: Final = frozenset(
    {"channel_binding", "client_encoding", "connect_timeout", "fallback_application_name", "gssencmode"}
    | {"keepalives", "keepalives_count", "keepalives_idle", "keepalives_interval", "load_balance_hosts", "replication"}
    | {"require_auth", "requirepeer", "sslcertmode", "sslcompression", "sslsni", "tcp_user_timeout"}
)
"""What URLs may have for other programs. It would be sent to the server as settings, which refuses them."""
log = structlog.get_logger()


class Pool(asyncpg.Pool):
    """Connections that are taken and given back in bounded time, also while the server answers nothing.

    Which time that is, `acquire(timeout=)` says, or else that of commands.
    """

    seconds: float | None = COMMAND_SECONDS

    def acquire(self, *, timeout: float | None = None) -> Any:  # noqa: ANN401 as the class has it
        """Take a connection: `async with pool.acquire() as connection`."""
        return super().acquire(timeout=self.seconds if timeout is None else timeout)

    async def release(
        self,
        connection: Any,  # noqa: ANN401
        *,
        timeout: float | None = None,  # noqa: ASYNC109
    ) -> None:
        """Give a connection back. What was done with it is done: one that can't be used any more is replaced."""
        try:
            await super().release(connection, timeout=CLOSE_SECONDS if timeout is None else timeout)
        except Exception as error:
            if not is_transient(error):
                raise
            log.debug("a database connection was given up", error=repr(error))


@asynccontextmanager
async def connect(
    url: str,
    *,
    size: int,
    statement_cache_size: int = STATEMENT_CACHE_SIZE,
    command_timeout: float | None = COMMAND_SECONDS,
) -> AsyncIterator[Pool]:
    """Give at most `size` connections to a database, once it answers: waits for it with growing delays, without end.

    Values of the types `jsonb` and `json` are bytes, both ways. A command that takes more than `command_timeout`
    seconds raises `TimeoutError`, unless it is given another time. A `statement_cache_size` of 0 is for a PgBouncer
    that pools transactions. Raises `UserError` if waiting wouldn't help.
    """
    pool = Pool(
        min_size=0,
        max_size=size,
        init_size=None,
        max_queries=50_000,
        max_inactive_connection_lifetime=300.0,
        connect=None,
        setup=None,
        reset=None,
        init=_pass_bytes,
        loop=None,
        connection_class=asyncpg.Connection,
        record_class=asyncpg.Record,
        **_options(url, statement_cache_size, command_timeout),
    )
    pool.seconds = command_timeout
    await pool
    try:
        await _wait(pool, url)
        yield pool
    finally:
        with anyio.CancelScope(shield=True):
            await _close(pool)


async def single(
    url: str, *, statement_cache_size: int = STATEMENT_CACHE_SIZE, command_timeout: float | None = COMMAND_SECONDS
) -> asyncpg.Connection:
    """Open one connection, of the same kind. Waits for nothing: raises what keeps it from being opened.

    That is a `UserError` if somebody has to mend it.
    """
    options = _options(url, statement_cache_size, command_timeout)
    try:
        connection: asyncpg.Connection = await asyncpg.connect(**options)
        await _pass_bytes(connection)
    except Exception as error:
        if is_transient(error):
            raise
        raise _refused(url, error) from error
    return connection


@asynccontextmanager
async def opened(url: str, *, statement_cache_size: int = STATEMENT_CACHE_SIZE) -> AsyncIterator[asyncpg.Connection]:
    """Open one connection for a piece of work; raises what keeps it from being opened, as `single` does."""
    connection = await single(url, statement_cache_size=statement_cache_size)
    try:
        yield connection
    finally:
        with anyio.CancelScope(shield=True):
            await _close(connection)


@asynccontextmanager
async def commanded(url: str) -> AsyncIterator[asyncpg.Connection]:
    """Open one connection for a command that somebody typed: any error in opening it is a `UserError`."""
    try:
        connection = await single(url)
    except Exception as error:
        if isinstance(error, UserError):
            raise
        raise UserError(f"the database {masked(url)} can't be reached: {_said(error)}") from error
    try:
        yield connection
    finally:
        with anyio.CancelScope(shield=True):
            await _close(connection)


async def _wait(pool: Pool, url: str) -> None:
    delays = stamina.retry_context(
        on=is_transient, attempts=None, timeout=None, wait_initial=FIRST_DELAY, wait_max=LONGEST_DELAY
    )
    try:
        async for attempt in delays:
            with attempt:
                try:
                    await pool.fetchval("select 1")
                except Exception as error:
                    if is_transient(error):
                        log.warning("waiting for the database", url=masked(url), error=_said(error), tried=attempt.num)
                    raise
    except Exception as error:
        raise _refused(url, error) from error


async def _close(what: Pool | asyncpg.Connection) -> None:
    try:
        with anyio.fail_after(CLOSE_SECONDS):
            await what.close()
    except Exception as error:  # noqa: BLE001 it is not needed any more
        log.debug("the database did not let go", error=repr(error))
        what.terminate()


async def _pass_bytes(connection: Connection) -> None:
    """Let values of JSON types be bytes: one that comes from one column and goes to another is never parsed."""
    await connection.set_type_codec(
        "jsonb",
        schema="pg_catalog",
        encoder=lambda text: JSONB_VERSION + text,
        decoder=lambda value: bytes(value[1:]),
        format="binary",
    )
    await connection.set_type_codec("json", schema="pg_catalog", encoder=bytes, decoder=bytes, format="binary")


def _options(url: str, statement_cache_size: int, command_timeout: float | None) -> dict[str, Any]:
    return {
        "dsn": _understood(url),
        "timeout": CONNECT_SECONDS,
        "command_timeout": command_timeout,
        "statement_cache_size": statement_cache_size,
        "server_settings": dict(SERVER_SETTINGS) if statement_cache_size else None,
    }


def _understood(url: str) -> str:
    if not url.startswith(("postgresql://", "postgres://")):
        shown = masked(url) if "://" in url else "what is given"  # where a password would be, nobody knows
        raise UserError(f"{shown} is not a URL of a PostgreSQL database: it must begin with postgresql://")
    place, _, query = url.partition("?")
    kept = [(key, value) for key, value in parse_qsl(query) if key not in OF_THE_C_LIBRARY]
    return f"{place}?{urlencode(kept)}" if kept else place


def _refused(url: str, error: Exception) -> UserError:
    return UserError(f"the database {masked(url)} can't be used: {_said(error)}")


def _said(error: Exception) -> str:
    if type(error) is ValueError:
        return "its URL can't be read"  # the error might quote a part of a password
    return str(error) or type(error).__name__
