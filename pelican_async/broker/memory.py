"""A broker within the process, for a service that is alone: what it holds is gone with it."""

import asyncio
import heapq
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any
from uuid import uuid4

from pelican_async.broker.handling import Handling
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
    Verdict,
    dead_headers,
    original_headers,
    read_dead,
)
from pelican_async.messages import Queue


@dataclass(frozen=True, slots=True)
class _Stored:
    number: int
    """Its place in the queue, which it has again when it is given back."""
    body: bytes
    headers: Mapping[str, Any]
    redelivered: bool = False
    message_id: str = field(default_factory=lambda: uuid4().hex)

    def __lt__(self, other: "_Stored") -> bool:
        return self.number < other.number


class MemoryBroker:
    """Keeps its promises as long as the process lives; whoever publishes must be able to do so again after that."""

    def __init__(self) -> None:
        self._queues: dict[Queue, list[_Stored]] = {queue: [] for queue in Queue}
        self._dead: list[_Stored] = []
        self._numbers = count()
        self._changed = {queue: asyncio.Event() for queue in Queue}
        self._consumers: dict[Queue, list[_MemoryConsumption]] = {}
        self._closed = False

    @property
    def connected(self) -> bool:
        """It is there until it is closed."""
        return not self._closed

    async def blocked(self) -> bool:
        """Say that it takes messages."""
        return False

    def consuming(self) -> Mapping[Queue, bool]:
        """Tell, for each queue that is to be consumed here, whether messages come."""
        return dict.fromkeys(self._consumers, not self._closed)

    async def declare(self) -> None:
        """Do nothing: all queues are there."""

    async def publish(self, queue: Queue, body: bytes, key: str) -> None:
        """Put a message into its queue."""
        self._check()
        self._put(queue, _Stored(next(self._numbers), body, {KEY: key}))

    async def bury(self, queue: Queue, body: bytes, key: str, reason: str) -> None:
        """Put a message among the dead letters."""
        self._check()
        self.end(Delivery(queue, body, {KEY: key}), DeadLetter(reason))

    @asynccontextmanager
    async def consume(
        self, queue: Queue, prefetch: int, handle: Handler, *, grace: float = GRACE_SECONDS
    ) -> AsyncIterator[Consumption]:
        """Handle the messages of a queue until the context ends."""
        consumption = _MemoryConsumption(self, queue, prefetch, handle)
        self._consumers.setdefault(queue, []).append(consumption)
        taking = asyncio.create_task(consumption.take_all())
        try:
            yield consumption
        except BaseException:
            grace = 0
            raise
        finally:
            self._consumers[queue].remove(consumption)
            if not self._consumers[queue]:
                del self._consumers[queue]
            taking.cancel()
            try:
                await consumption.handling.stop(grace)
            finally:
                await consumption.handling.abandon()

    async def depth(self, queue: Queue) -> int:
        """Count the messages that wait in a queue."""
        self._check()
        return len(self._queues[queue])

    async def consumers(self, queue: Queue) -> int:
        """Count the consumers of a queue."""
        return len(self._consumers.get(queue, ()))

    async def dead_letters(self, limit: int = 1000) -> list[Dead]:
        """Give the oldest dead letters."""
        self._check()
        return [_read(stored) for stored in self._dead[:limit]]

    async def retry(self, identities: Collection[str]) -> int:
        """Send dead letters to their queues again."""
        sent = 0
        for stored in self._remove(identities, known=True):
            queue = _read(stored).queue
            if queue is not None:
                self._put(queue, _Stored(next(self._numbers), stored.body, original_headers(stored.headers)))
                sent += 1
        return sent

    async def discard(self, identities: Collection[str]) -> int:
        """Delete dead letters."""
        return len(self._remove(identities, known=False))

    async def close(self) -> None:
        """Refuse everything from now on."""
        self._closed = True

    def _check(self) -> None:
        if self._closed:
            raise BrokerAway("The broker is closed.")

    def _put(self, queue: Queue, stored: _Stored) -> None:
        heapq.heappush(self._queues[queue], stored)
        self._changed[queue].set()

    def _remove(self, identities: Collection[str], *, known: bool) -> list[_Stored]:
        self._check()
        removed = [
            stored
            for stored in self._dead
            if stored.message_id in identities and (not known or _read(stored).queue is not None)
        ]
        gone = {stored.message_id for stored in removed}
        self._dead = [stored for stored in self._dead if stored.message_id not in gone]
        return removed

    async def next_of(self, queue: Queue) -> _Stored:
        """Wait for a message, and take it out of its queue."""
        while not self._queues[queue]:
            self._changed[queue].clear()
            await self._changed[queue].wait()
        return heapq.heappop(self._queues[queue])

    def give_back(self, queue: Queue, stored: _Stored) -> None:
        """Put a message where it was."""
        self._put(queue, replace(stored, redelivered=True))

    def end(self, delivery: Delivery, verdict: Verdict) -> None:
        """Do what a verdict says."""
        match verdict:
            case DeadLetter(reason):
                self._dead.append(_Stored(next(self._numbers), delivery.body, dead_headers(delivery, reason)))
            case GiveBack():
                headers = {**delivery.headers, ATTEMPTS: delivery.attempts + 1}
                self._put(delivery.queue, _Stored(next(self._numbers), delivery.body, headers, redelivered=True))
            case _:
                pass


class _MemoryConsumption:
    def __init__(self, broker: MemoryBroker, queue: Queue, prefetch: int, handle: Handler) -> None:
        self._broker = broker
        self._queue = queue
        self._free = asyncio.Semaphore(prefetch)
        self.handling = Handling(prefetch, handle)

    @property
    def consuming(self) -> bool:
        return self._broker.connected

    @property
    def in_flight(self) -> int:
        return self.handling.in_flight

    async def take_all(self) -> None:
        while True:
            await self._free.acquire()
            self._take(await self._broker.next_of(self._queue))

    def _take(self, stored: _Stored) -> None:
        delivery = Delivery(self._queue, stored.body, stored.headers, stored.message_id, stored.redelivered)

        async def end(verdict: Verdict) -> None:
            self._broker.end(delivery, verdict)
            self._free.release()

        async def give_back() -> None:
            self._broker.give_back(self._queue, stored)
            self._free.release()

        self.handling.take(delivery, end, give_back)


def _read(stored: _Stored) -> Dead:
    return read_dead(stored.body, stored.headers, stored.message_id)
