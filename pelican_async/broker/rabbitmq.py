"""RabbitMQ as the broker, laid out as existing deployments have it.

The exchange is durable and direct. A stage's queue is named after the exchange and is bound with a routing key of that
same name. Whoever publishes declares the exchange at most, so a message is lost as long as its queue isn't there.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any, Final
from uuid import uuid4

from aio_pika import DeliveryMode, ExchangeType, Message
from aio_pika.abc import AbstractChannel, AbstractIncomingMessage
from aio_pika.exceptions import ChannelNotFoundEntity, ChannelPreconditionFailed, PublishError
from pamqp import encode
from pamqp.commands import Queue as QueueCommands

from pelican_async.broker.asking import asked
from pelican_async.broker.connecting import Link, close
from pelican_async.broker.consuming import RabbitConsumption
from pelican_async.broker.protocol import (
    ATTEMPTS,
    GRACE_SECONDS,
    KEY,
    BrokerAway,
    Consumption,
    Dead,
    DeadLetter,
    Delivery,
    GiveBack,
    Handler,
    Unroutable,
    dead_headers,
    original_headers,
    read_dead,
)
from pelican_async.errors import UserError
from pelican_async.messages import Queue

PUBLISH_SECONDS: Final = 20.0
MAX_HEADERS: Final = 65_536
"""A message's headers must fit one frame, which has 131,072 bytes unless a server is set up otherwise."""


class RabbitBroker:
    """Two connections to RabbitMQ: one with a channel for each consumer, one with a channel to publish on.

    A broker that is short of memory or disk space reads nothing more from who publishes. What is consumed goes on
    then, and is acknowledged, which is how its memory gets free.
    """

    def __init__(self, link: Link, outgoing: Link, exchange: str) -> None:
        self._link = link
        self._outgoing = outgoing
        self._exchange = exchange
        self._dead = f"{exchange}_dead_letter"
        self._publisher: AbstractChannel | None = None
        self._opening = asyncio.Lock()
        self._closing: set[asyncio.Task[None]] = set()
        self._consumers: list[RabbitConsumption] = []

    @property
    def connected(self) -> bool:
        """The broker can be reached, as far as is known."""
        return self._link.connected and self._outgoing.connected

    async def blocked(self) -> bool:
        """Say whether the broker takes no messages, since it is short of memory or disk space."""
        return await self._outgoing.blocked()

    def consuming(self) -> Mapping[Queue, bool]:
        """Tell, for each queue that is to be consumed here, whether messages come."""
        told: dict[Queue, bool] = {}
        for consumer in self._consumers:
            told[consumer.queue] = told.get(consumer.queue, True) and consumer.consuming
        return told

    async def declare(self) -> None:
        """Make the exchange and all queues that aren't there yet.

        A queue that is there stays as it is: existing deployments have one with an argument of its own, and the broker
        refuses to declare a queue with other arguments.
        """
        async with self._channel() as channel:
            try:
                exchange = await asked(
                    channel.declare_exchange(self._exchange, ExchangeType.DIRECT, durable=True),
                    passing=(ChannelPreconditionFailed,),
                )
            except ChannelPreconditionFailed as error:
                raise UserError(
                    f"The exchange {self._exchange} is there, but isn't durable and direct ({error}): delete it, or "
                    "set RABBIT_EXCHANGE_NAME to another name"
                ) from error
            names = [queue.within(self._exchange) for queue in Queue]
            for name in [*names, self._dead]:
                if await self._declared(name) is None:
                    await asked(channel.declare_queue(name, durable=True))
            for name in names:
                queue = await channel.get_queue(name, ensure=False)
                await asked(queue.bind(exchange, name))

    async def publish(self, queue: Queue, body: bytes, key: str) -> None:
        """Publish a message, and wait until it is stored."""
        await self._send(self._exchange, queue.within(self._exchange), _message(body, {KEY: key}))

    async def bury(self, queue: Queue, body: bytes, key: str, reason: str) -> None:
        """Publish a dead letter."""
        headers = dead_headers(Delivery(queue, body, {KEY: key}), reason)
        await self._send("", self._dead, _message(body, headers))

    @asynccontextmanager
    async def consume(
        self, queue: Queue, prefetch: int, handle: Handler, *, grace: float = GRACE_SECONDS
    ) -> AsyncIterator[Consumption]:
        """Handle the messages of a queue until the context ends."""
        consumption = RabbitConsumption(
            self._link, queue, queue.within(self._exchange), prefetch, handle, self.declare, self._end
        )
        self._consumers.append(consumption)
        consumption.start()
        try:
            yield consumption
        except BaseException:
            grace = 0
            raise
        finally:
            self._consumers.remove(consumption)
            await consumption.stop(grace)

    async def depth(self, queue: Queue) -> int:
        """Count the messages that wait in a queue: none if it isn't there."""
        found = await self._declared(queue.within(self._exchange))
        return found.message_count or 0 if found else 0

    async def consumers(self, queue: Queue) -> int:
        """Count the consumers of a queue: none if it isn't there."""
        found = await self._declared(queue.within(self._exchange))
        return found.consumer_count or 0 if found else 0

    async def dead_letters(self, limit: int = 1000) -> list[Dead]:
        """Give the oldest dead letters. They are taken and given back, so they are marked as delivered before."""
        found: list[Dead] = []

        async def look(message: AbstractIncomingMessage) -> bool:
            found.append(_read(message))
            return len(found) < limit

        await self._each_dead(look)
        return found

    async def retry(self, identities: Collection[str]) -> int:
        """Send dead letters to their queues again."""
        count = 0

        async def send(message: AbstractIncomingMessage) -> bool:
            nonlocal count
            dead = _read(message)
            if dead.identity in identities and dead.queue is not None:
                copy = _message(message.body, original_headers(message.headers), message)
                await self._send(self._exchange, dead.queue.within(self._exchange), copy)
                await asked(message.ack())
                count += 1
            return True

        await self._each_dead(send)
        return count

    async def discard(self, identities: Collection[str]) -> int:
        """Delete dead letters."""
        count = 0

        async def delete(message: AbstractIncomingMessage) -> bool:
            nonlocal count
            if _read(message).identity in identities:
                await asked(message.ack())
                count += 1
            return True

        await self._each_dead(delete)
        return count

    async def close(self) -> None:
        """Close the connections."""
        await asyncio.gather(self._link.close(), self._outgoing.close(), *self._closing)

    async def _end(self, delivery: Delivery, verdict: DeadLetter | GiveBack, message: AbstractIncomingMessage) -> None:
        """Store a message elsewhere before it is acknowledged: as a dead letter, or at the end of its queue."""
        delivery = _with_key(delivery)
        if isinstance(verdict, DeadLetter):
            await self._send("", self._dead, _message(delivery.body, dead_headers(delivery, verdict.reason), message))
        else:
            headers = {**delivery.headers, ATTEMPTS: delivery.attempts + 1}
            copy = _message(delivery.body, headers, message)
            await self._send(self._exchange, delivery.queue.within(self._exchange), copy)

    async def _send(self, exchange: str, routing_key: str, message: Message) -> None:
        """Publish. If the queue isn't there, it was deleted since, so all are made again."""
        try:
            await self._send_once(exchange, routing_key, message)
        except Unroutable:
            await self.declare()
            message.message_id = _fresh()
            await self._send_once(exchange, routing_key, message)

    async def _send_once(self, exchange: str, routing_key: str, message: Message) -> None:
        channel = await self._publishing()
        try:
            target = await channel.get_exchange(exchange, ensure=False) if exchange else channel.default_exchange
            await asked(
                target.publish(message, routing_key, mandatory=True),
                PUBLISH_SECONDS,
                passing=(PublishError, ChannelNotFoundEntity),
            )
        except (PublishError, ChannelNotFoundEntity) as error:
            raise Unroutable(f"There is no queue {routing_key} in the broker.") from error
        except BrokerAway:
            # It may be this channel alone that doesn't work.
            if self._publisher is channel:
                self._publisher = None
            # Others may be publishing on it, and its closing may take a while: nobody waits for it.
            closing = asyncio.create_task(close(channel))
            self._closing.add(closing)
            closing.add_done_callback(self._closing.discard)
            raise

    async def _publishing(self) -> AbstractChannel:
        async with self._opening:
            if self._publisher is None or self._publisher.is_closed:
                self._publisher = await self._outgoing.channel(confirms=True)
            return self._publisher

    async def _declared(self, name: str) -> QueueCommands.DeclareOk | None:
        """Give what the broker says of a queue; None if it isn't there, which costs the channel."""
        async with self._channel() as channel:
            try:
                queue = await asked(channel.declare_queue(name, passive=True), passing=(ChannelNotFoundEntity,))
            except ChannelNotFoundEntity:
                return None
            return queue.declaration_result

    async def _each_dead(self, use: Callable[[AbstractIncomingMessage], Awaitable[bool]]) -> None:
        """Take each dead letter that is there now, as long as that is wanted. Those not acknowledged go back."""
        found = await self._declared(self._dead)
        count = found.message_count or 0 if found else 0
        async with self._channel() as channel:
            queue = await channel.get_queue(self._dead, ensure=False)
            for _ in range(count):
                message = await asked(queue.get(fail=False))
                if message is None or not await use(message):
                    break

    @asynccontextmanager
    async def _channel(self) -> AsyncIterator[AbstractChannel]:
        channel = await self._link.channel()
        try:
            yield channel
        finally:
            await close(channel)


@asynccontextmanager
async def connect(url: str, exchange: str) -> AsyncIterator[RabbitBroker]:
    """Give a broker, once it can be reached. Raises `UserError` if the URL can't be that of a broker."""
    links = Link(url), Link(url)
    broker = RabbitBroker(*links, exchange)
    try:
        for link in links:
            link.start()
            await link.up()
        yield broker
    finally:
        await broker.close()


def _fresh() -> str:
    # Two messages of the same id that are under way at once are taken for each other when one is returned.
    return uuid4().hex


def _message(body: bytes, headers: Mapping[str, Any], like: AbstractIncomingMessage | None = None) -> Message:
    message = Message(
        body,
        headers=_encodable(headers),
        content_type="application/json",
        delivery_mode=DeliveryMode.PERSISTENT,
        message_id=_fresh(),
    )
    if like is not None:
        message.content_type = like.content_type
        message.content_encoding = like.content_encoding
        message.correlation_id = like.correlation_id
        message.timestamp = like.timestamp
        message.type = like.type
        message.app_id = like.app_id
    return message


def _encodable(headers: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what can't be sent, which only other producers' headers have: too large, or of an odd type."""
    ours = [name for name in headers if name.startswith("x-pelican-")]
    kept: dict[str, Any] = {}
    left = MAX_HEADERS
    for name in [*ours, *(name for name in headers if name not in ours)]:
        value = headers[name]
        if isinstance(value, str):
            value = value.encode(errors="replace").decode()
        try:
            size = len(encode.field_table({name: value}))
        except (TypeError, ValueError, ArithmeticError, LookupError):
            continue
        if size <= left:
            kept[name] = value
            left -= size
    return kept


def _with_key(delivery: Delivery) -> Delivery:
    """Keep what names the message in a header, since a copy of it has an id of its own."""
    if delivery.key is None:
        return delivery
    return replace(delivery, headers={**delivery.headers, KEY: delivery.key})


def _read(message: AbstractIncomingMessage) -> Dead:
    return read_dead(message.body, message.headers, message.message_id)
