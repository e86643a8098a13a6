"""A consumer of one queue of RabbitMQ, that is set up again whenever it has stopped, whatever the reason."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Final

import anyio
import structlog
from aio_pika.abc import AbstractChannel, AbstractIncomingMessage, AbstractQueue
from aio_pika.exceptions import ChannelNotFoundEntity

from pelican_async.broker.asking import asked
from pelican_async.broker.connecting import CLOSE_SECONDS, Link, close, delays
from pelican_async.broker.handling import Handling
from pelican_async.broker.protocol import ATTEMPTS, BrokerAway, DeadLetter, Delivery, Done, GiveBack, Handler, Verdict
from pelican_async.errors import UserError
from pelican_async.messages import Queue

PAUSE_SECONDS: Final = 1.0
"""So long a message is kept before it goes back because it couldn't be stored elsewhere: it comes again at once."""
log = structlog.get_logger()

StoreElsewhere = Callable[[Delivery, DeadLetter | GiveBack, AbstractIncomingMessage], Awaitable[None]]


class RabbitConsumption:
    """Runs from `start` to `stop`, over any number of connections, one after the other."""

    def __init__(  # noqa: PLR0913, PLR0917 its parts
        self,
        link: Link,
        queue: Queue,
        name: str,
        prefetch: int,
        handle: Handler,
        declare: Callable[[], Awaitable[None]],
        store: StoreElsewhere,
    ) -> None:
        self.queue: Final = queue
        self._link = link
        self._name = name
        self._prefetch = prefetch
        self._declare = declare
        self._store = store
        self._handling = Handling(prefetch, handle)
        self._supervisor: asyncio.Task[None] | None = None
        self._current: tuple[AbstractQueue, str] | None = None
        self._stopping = False

    @property
    def consuming(self) -> bool:
        """Messages of the queue come here."""
        return self._current is not None and self._link.connected

    @property
    def in_flight(self) -> int:
        """So many messages are being handled."""
        return self._handling.in_flight

    def start(self) -> None:
        """Begin to consume."""
        self._supervisor = asyncio.create_task(self._keep_consuming())

    async def stop(self, grace: float) -> None:
        """Take no more messages, wait for those that are handled, and give back the others."""
        self._stopping = True
        try:
            if grace > 0:
                await self._cancel()
            await self._handling.stop(grace)
        finally:
            with anyio.CancelScope(shield=True):
                await self._handling.abandon()
                if self._supervisor is not None:
                    self._supervisor.cancel()
                    await asyncio.wait({self._supervisor}, timeout=2 * CLOSE_SECONDS)

    async def _keep_consuming(self) -> None:
        waits = delays()
        while not self._stopping:
            await self._link.up()
            began = asyncio.get_running_loop().time()
            try:
                await self._consume()
            except BrokerAway as error:
                log.warning("consuming is interrupted", queue=self._name, reason=str(error))
            except UserError as error:
                log.error("can't consume", queue=self._name, reason=str(error))  # noqa: TRY400 it is for people
            except Exception:
                log.exception("consuming is interrupted", queue=self._name)
            seconds = next(waits)
            if asyncio.get_running_loop().time() - began > seconds:
                waits = delays()  # that was a while ago: this is new trouble
            await asyncio.sleep(seconds)

    async def _consume(self) -> None:
        """Consume until the channel, the connection or the queue is gone. Raises `BrokerAway`, `UserError`."""
        channel = await self._link.channel()
        ended = asyncio.Event()
        channel.close_callbacks.add(lambda *_: ended.set())
        try:
            underlying = await channel.get_underlay_channel()
            # The broker cancels consumers of a queue that is deleted, and the channel stays.
            underlying.on_consumer_cancel_callbacks.add(lambda _: ended.set())
            # Of this consumer alone: a limit for the whole channel isn't allowed for every kind of queue.
            await asked(channel.set_qos(prefetch_count=self._prefetch))
            try:
                queue = await asked(channel.get_queue(self._name), passing=(ChannelNotFoundEntity,))
            except ChannelNotFoundEntity:
                await self._declare()
                return
            tag = await asked(queue.consume(self._on_message))
            self._current = (queue, tag)
            if self._stopping:
                await self._cancel()
            if not channel.is_closed:
                await ended.wait()
        finally:
            self._current = None
            await self._close(channel)

    async def _close(self, channel: AbstractChannel) -> None:
        with anyio.CancelScope(shield=True):
            await close(channel)

    async def _cancel(self) -> None:
        if self._current is not None:
            queue, tag = self._current
            with suppress(BrokerAway):
                await asked(queue.cancel(tag), CLOSE_SECONDS)

    async def _on_message(self, message: AbstractIncomingMessage) -> None:
        """Hand a message on. The client cancels this when the channel closes, so the work isn't done here."""
        delivery = Delivery(
            self.queue,
            message.body,
            message.headers,
            message.message_id,
            bool(message.redelivered) or ATTEMPTS in message.headers,
        )

        async def end(verdict: Verdict) -> None:
            try:
                if not isinstance(verdict, Done):
                    await self._store(delivery, verdict, message)
                await asked(message.ack())
            except Exception as error:
                if not isinstance(error, BrokerAway):
                    log.exception("a message could not be stored", queue=self._name)
                log.info("a message comes again", queue=self._name, message_id=delivery.message_id, reason=str(error))
                if not isinstance(verdict, Done):
                    await asyncio.sleep(PAUSE_SECONDS)
                await _give_back(message)

        async def give_back() -> None:
            await _give_back(message)

        self._handling.take(delivery, end, give_back, lambda: message.channel.is_closed)


async def _give_back(message: AbstractIncomingMessage) -> None:
    """Have the broker deliver it again. If it can't be told, then the channel is gone, and it does so by itself."""
    with suppress(BrokerAway):
        await asked(message.nack(requeue=True), CLOSE_SECONDS)
