"""Keeps a connection to RabbitMQ: made again whenever it is lost, after delays that grow."""

import asyncio
import random
from collections.abc import Iterator
from contextlib import suppress
from typing import Final

import aio_pika
import anyio
import structlog
from aio_pika.abc import AbstractChannel, AbstractConnection
from yarl import URL

from pelican_async.broker.asking import asked
from pelican_async.broker.protocol import BrokerAway
from pelican_async.errors import UserError

CONNECT_SECONDS: Final = 15.0
CLOSE_SECONDS: Final = 5.0
UNWANTED_SECONDS: Final = 2.0
"""So long a connection that is being made, and isn't wanted any more, may take until it is given up."""
HEARTBEAT_SECONDS: Final = 15
"""A broker that is silent for about three of these is taken for gone, unless its URL says otherwise."""
FIRST_DELAY: Final = 0.1
LONGEST_DELAY: Final = 10.0
log = structlog.get_logger()


def delays() -> Iterator[float]:
    """Give the seconds to wait between attempts: they grow, and no two replicas' are the same."""
    seconds = FIRST_DELAY
    while True:
        yield random.uniform(seconds / 2, seconds)  # noqa: S311 nothing to guess
        seconds = min(2 * seconds, LONGEST_DELAY)


class Link:
    """A connection, when there is one.

    The client has a connection that mends itself, but its consumers may be silent after that. Here each channel and
    consumer is set up again by whoever needs it, so it is known whether it works.
    """

    def __init__(self, url: str) -> None:
        self._url = parsed(url)
        self.masked: Final = masked(self._url)
        self._connection: AbstractConnection | None = None
        self._up = asyncio.Event()
        self._keeper: asyncio.Task[None] | None = None

    @property
    def connected(self) -> bool:
        """There is a connection, as far as is known."""
        return self._up.is_set()

    def start(self) -> None:
        """Begin to connect."""
        self._keeper = asyncio.create_task(self._keep())

    async def up(self) -> AbstractConnection:
        """Wait for a connection."""
        while self._connection is None:
            await self._up.wait()
        return self._connection

    async def blocked(self) -> bool:
        """Say whether the broker lets the connection wait, since it is short of memory or disk space.

        It tells so to connections that publish, and reads nothing more from them until it has enough again.
        """
        transport = None if self._connection is None else self._connection.transport
        if transport is None:
            return False
        with anyio.move_on_after(0) as waiting:
            await transport.connection.ready()
        return waiting.cancelled_caught

    async def channel(self, *, confirms: bool = False) -> AbstractChannel:
        """Open a channel. Raises `BrokerAway`. Whoever asked for it must hold it, and close it."""
        connection = self._connection
        if connection is None:
            raise BrokerAway("There is no connection to the broker.")

        async def opened() -> AbstractChannel:
            channel = connection.channel(publisher_confirms=confirms, on_return_raises=confirms)
            await channel.initialize()
            return channel

        return await asked(opened())

    async def close(self) -> None:
        """Close the connection, for good."""
        if self._keeper is not None:
            self._keeper.cancel()
            await asyncio.wait({self._keeper}, timeout=2 * CLOSE_SECONDS)

    async def _keep(self) -> None:
        while True:
            connection = await self._connect()
            lost = asyncio.Event()
            connection.close_callbacks.add(lambda *_, lost=lost: lost.set())
            try:
                if connection.connected.is_set():
                    self._connection = connection
                    self._up.set()
                    log.info("connected to the broker", url=self.masked)
                    await lost.wait()
                    log.warning("lost the connection to the broker", url=self.masked)
            finally:
                self._up.clear()
                self._connection = None
                await close(connection)

    async def _connect(self) -> AbstractConnection:
        for attempt, seconds in enumerate(delays(), start=1):
            try:
                return await self._connect_once()
            except BrokerAway as error:
                reason = str(error).replace(self._url.password or "\0", "***")
                log.warning(
                    "waiting for the broker", url=self.masked, attempt=attempt, delay=round(seconds, 2), reason=reason
                )
            await asyncio.sleep(seconds)
        raise AssertionError("the delays have no end")

    async def _connect_once(self) -> AbstractConnection:
        """Connect. If nobody wants it any more, it ends first: the client leaves tasks behind when it is cancelled."""
        connecting = asyncio.create_task(self._opened())
        try:
            return await asyncio.shield(connecting)
        except asyncio.CancelledError:
            with anyio.CancelScope(shield=True):
                await asyncio.wait({connecting}, timeout=UNWANTED_SECONDS)
                connecting.cancel()
                with suppress(BrokerAway, asyncio.CancelledError):
                    await close(await connecting)
            raise

    async def _opened(self) -> AbstractConnection:
        """Open a connection. One that couldn't be opened is closed here: the client would when it is garbage."""
        connection = aio_pika.Connection(self._url)

        async def opened() -> AbstractConnection:
            try:
                await connection.connect(timeout=CONNECT_SECONDS)
            except BaseException:
                await connection.close()
                raise
            return connection

        return await asked(opened(), CONNECT_SECONDS)


async def close(what: AbstractConnection | AbstractChannel) -> None:
    """Close a connection or channel, in bounded time, whatever state it is in."""
    with suppress(BrokerAway):
        await asked(what.close(), CLOSE_SECONDS)


def parsed(url: str) -> URL:
    """Read the URL of a broker. Raises `UserError`, which shows nothing of it."""
    try:
        read = URL(url)
        fits = read.scheme in {"amqp", "amqps"} and bool(read.host)
    except ValueError:
        fits = False
    if not fits:
        raise UserError("RABBIT_URL: not the URL of a broker, such as amqp://user:password@host:5672/vhost")
    return read if "heartbeat" in read.query else read.update_query(heartbeat=HEARTBEAT_SECONDS)


def masked(url: URL) -> str:
    """Give what may be shown of a URL: no account, no options."""
    port = f":{url.explicit_port}" if url.explicit_port else ""
    return f"{url.scheme}://{'***@' if url.user or url.password else ''}{url.host}{port}{url.path.rstrip('/')}"
