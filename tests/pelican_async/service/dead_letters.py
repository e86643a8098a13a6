"""Waits for dead letters: the broker itself says when there are some."""

import asyncio
from typing import Final

import aio_pika
from aio_pika.abc import AbstractIncomingMessage

from tests.services.world import World

SECONDS: Final = 60.0


async def until_dead(here: World, count: int) -> list[AbstractIncomingMessage]:
    """Wait until there are so many dead letters, and give them; they stay where they are."""
    found: list[AbstractIncomingMessage] = []
    enough = asyncio.Event()

    async def take(message: AbstractIncomingMessage) -> None:
        found.append(message)
        if len(found) >= count:
            enough.set()

    connection = await aio_pika.connect(here.rabbit_url)
    async with connection, connection.channel() as channel:
        queue = await channel.get_queue(f"{here.exchange}_dead_letter")
        await queue.consume(take)
        try:
            async with asyncio.timeout(SECONDS):
                await enough.wait()
        except TimeoutError:
            raise AssertionError(f"only {len(found)} dead letters: {[message.headers for message in found]}") from None
    return found
