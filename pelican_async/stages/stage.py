"""What a stage is."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from pelican_async.broker.protocol import Delivery
from pelican_async.database.connecting import Connection
from pelican_async.database.leases import Lease
from pelican_async.messages import Message, OneDataset, Queue
from pelican_async.stages.parts import Parts

Handle = Callable[[Parts, Any, Delivery], Awaitable[None]]
LongWork = Callable[[Parts, Lease], Awaitable[None]]
Asking = Callable[[Connection, int], Awaitable[Message]]
"""Gives the message that asks for a stage of the dataset of that number."""


async def asking(_: Connection, dataset_id: int) -> Message:
    """Give the message that asks for most of the stages."""
    return OneDataset(dataset_id=dataset_id)


@dataclass(frozen=True, slots=True)
class LongStage:
    """What is done under a lease, and what asks for it."""

    queue: Queue
    work: LongWork
    asking: Asking = asking


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: its name, its queue, what a message leads to, and what is done under a lease of its name, if any."""

    name: str
    queue: Queue
    handle: Handle
    long: LongStage | None = None
