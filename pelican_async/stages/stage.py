"""What a stage is."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from pelican_async.broker.protocol import Delivery
from pelican_async.database.leases import Lease
from pelican_async.messages import Queue
from pelican_async.stages.parts import Parts

Handle = Callable[[Parts, Any, Delivery], Awaitable[None]]
LongWork = Callable[[Parts, Lease], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: its name, its queue, what a message leads to, and what is done under a lease of its name, if any."""

    name: str
    queue: Queue
    handle: Handle
    long_work: LongWork | None = None
