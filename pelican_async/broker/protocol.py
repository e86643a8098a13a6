"""What the service needs of a broker, whichever it is.

A message comes at least once: to one consumer of its queue, and again, to any of them, if that one doesn't end it.
"""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any, Final, Protocol

from pelican_async.messages import Queue

KEY: Final = "x-pelican-key"
"""The header of what is the same for all attempts to publish a message."""
ATTEMPTS: Final = "x-pelican-attempts"
"""The header of how often a message was handled in vain."""
REASON: Final = "x-pelican-reason"
QUEUE: Final = "x-pelican-queue"
TIME: Final = "x-pelican-time"

MAX_ATTEMPTS: Final = 5
"""After so many attempts in vain a message is a dead letter."""
GRACE_SECONDS: Final = 30.0
MAX_REASON: Final = 2000


class BrokerAway(Exception):  # noqa: N818 a state of things, that passes
    """The broker can't be reached, or doesn't answer in time. What was asked for may have been done or not."""


class Unroutable(Exception):  # noqa: N818 what the broker calls it
    """There is no queue for a message, so it was not taken."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message as it comes to a handler."""

    queue: Queue
    body: bytes
    headers: Mapping[str, Any] = field(default_factory=dict)
    message_id: str | None = None
    """None if whoever published it gave none, as the producers of existing deployments do."""
    redelivered: bool = False
    """It may have been handled before, in part or whole."""

    @property
    def key(self) -> str | None:
        """What is the same each time that the same message comes, if whoever published it gave such."""
        key = self.headers.get(KEY)
        return key if isinstance(key, str) and key else self.message_id

    @property
    def attempts(self) -> int:
        """So often it was handled in vain."""
        attempts = self.headers.get(ATTEMPTS)
        return attempts if type(attempts) is int and attempts > 0 else 0


@dataclass(frozen=True, slots=True)
class Done:
    """It is dealt with, and doesn't come again."""


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """It can't succeed: it is kept aside, with the reason, for people to see."""

    reason: str


@dataclass(frozen=True, slots=True)
class GiveBack:
    """It is to be handled again. The fifth time it becomes a dead letter, unless the consumption is ending."""

    reason: str = "it was given back"


Verdict = Done | DeadLetter | GiveBack
Handler = Callable[[Delivery], Awaitable[Verdict]]
"""Handles one message. Trouble that passes is its own to wait for. Raising is like giving back."""


@dataclass(frozen=True, slots=True)
class Dead:
    """A dead letter. What it lacks, it wasn't given: anybody can publish to the queue."""

    identity: str
    """Names it, to send it again or discard it."""
    queue: Queue | None
    """Where it came from, and is sent to again."""
    reason: str
    time: str
    body: bytes
    headers: Mapping[str, Any]


class Consumption(Protocol):
    """One consumer of a queue."""

    @property
    def consuming(self) -> bool:
        """Messages of the queue come here."""

    @property
    def in_flight(self) -> int:
        """So many messages are being handled."""


class Broker(Protocol):
    """Hands out messages. All that waits for the broker ends in bounded time, or raises `BrokerAway`."""

    @property
    def connected(self) -> bool:
        """The broker can be reached, as far as is known."""

    async def blocked(self) -> bool:
        """Say whether the broker takes no messages, since it is short of memory or disk space, as far as is known."""

    def consuming(self) -> Mapping[Queue, bool]:
        """Tell, for each queue that is to be consumed here, whether messages come."""

    async def declare(self) -> None:
        """Make the exchange and the queues that aren't there. Raises `BrokerAway`, `UserError` if they don't fit."""

    async def publish(self, queue: Queue, body: bytes, key: str) -> None:
        """Publish a message; when this returns, the broker has stored it. Raises `BrokerAway`, `Unroutable`.

        `key` is the same for all attempts to publish the same message: what may have been stored is published again.
        """

    async def bury(self, queue: Queue, body: bytes, key: str, reason: str) -> None:
        """Put a message among the dead letters, as if it had come by a queue. Raises as `publish` does."""

    def consume(
        self, queue: Queue, prefetch: int, handle: Handler, *, grace: float = GRACE_SECONDS
    ) -> AbstractAsyncContextManager[Consumption]:
        """Handle the messages of a queue, at most `prefetch` at a time, until the context ends.

        Then no more are taken, those in flight have `grace` seconds to end, and the others are given back. If the
        context ends by an error or is cancelled, nothing is waited for. Losing the broker doesn't end it.
        """

    async def depth(self, queue: Queue) -> int:
        """Count the messages that wait in a queue. Raises `BrokerAway`."""

    async def consumers(self, queue: Queue) -> int:
        """Count the consumers of a queue, in all replicas. Raises `BrokerAway`."""

    async def dead_letters(self, limit: int = 1000) -> Sequence[Dead]:
        """Give the oldest dead letters, which stay. Raises `BrokerAway`."""

    async def retry(self, identities: Collection[str]) -> int:
        """Send dead letters to their queues again, as they were, and count them. Raises `BrokerAway`, `Unroutable`.

        Those whose queue isn't known stay.
        """

    async def discard(self, identities: Collection[str]) -> int:
        """Delete dead letters, and count them. Raises `BrokerAway`."""

    async def close(self) -> None:
        """End all connections, in bounded time."""


def decided(delivery: Delivery, verdict: Verdict) -> Verdict:
    """Give what follows from a handler's verdict: what was given back too often is a dead letter."""
    if isinstance(verdict, GiveBack) and delivery.attempts + 1 >= MAX_ATTEMPTS:
        return DeadLetter(f"It was tried {delivery.attempts + 1} times; the last time: {verdict.reason}")
    return verdict


def dead_headers(delivery: Delivery, reason: str) -> dict[str, Any]:
    """Give the headers of a dead letter: those of the message, why and when it became one, and of which queue."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return {**delivery.headers, REASON: reason[:MAX_REASON], QUEUE: delivery.queue.value, TIME: now}


def read_dead(body: bytes, headers: Mapping[str, Any], message_id: str | None) -> Dead:
    """Read a dead letter, whoever published it."""
    queue = headers.get(QUEUE)
    return Dead(
        identity=message_id or blake2b(body, digest_size=16).hexdigest(),
        queue=Queue(queue) if isinstance(queue, str) and queue in set(Queue) else None,
        reason=_text(headers, REASON),
        time=_text(headers, TIME),
        body=body,
        headers=headers,
    )


def original_headers(headers: Mapping[str, Any]) -> dict[str, Any]:
    """Give the headers that a dead letter had before, with which it starts anew."""
    return {name: value for name, value in headers.items() if name not in {ATTEMPTS, REASON, QUEUE, TIME}}


def _text(headers: Mapping[str, Any], name: str) -> str:
    value = headers.get(name)
    return value if isinstance(value, str) else ""
