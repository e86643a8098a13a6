"""What a stage's handler does with a message."""

import asyncio
from types import SimpleNamespace
from typing import Any, cast

from pelican_async.broker.protocol import Delivery, Done
from pelican_async.messages import Queue
from pelican_async.stages.handling import handler
from pelican_async.stages.obstacles import Obstacles
from pelican_async.stages.parts import Parts
from pelican_async.stages.stage import Stage

PARTS = cast("Parts", SimpleNamespace(obstacles=Obstacles()))
DELIVERY = Delivery(Queue.WIPE, b'{"dataset_id": 1}')


async def test_what_is_cancelled_ends_and_is_not_tried_again() -> None:
    """Or else a service that stops would go on with it."""
    begun = asyncio.Event()
    attempts: list[None] = []

    async def handle(_: Parts, __: Any, ___: Delivery) -> None:  # noqa: ANN401 as a stage has it
        attempts.append(None)
        begun.set()
        await asyncio.Event().wait()

    handling = asyncio.ensure_future(handler(PARTS, Stage("wipe", Queue.WIPE, handle))(DELIVERY))
    await begun.wait()
    handling.cancel()
    await asyncio.wait({handling}, timeout=20)
    assert handling.cancelled()
    assert len(attempts) == 1


async def test_what_fails_for_a_reason_that_nobody_foresaw_is_tried_again() -> None:
    attempts: list[None] = []

    async def handle(_: Parts, __: Any, ___: Delivery) -> None:  # noqa: ANN401 as a stage has it
        attempts.append(None)
        if len(attempts) == 1:
            raise ValueError("once")

    assert await handler(PARTS, Stage("wipe", Queue.WIPE, handle))(DELIVERY) == Done()
    assert len(attempts) == 2
