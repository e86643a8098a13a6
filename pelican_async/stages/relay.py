"""Sends what is in the outbox, and deletes it once the broker has confirmed it."""

import random
from typing import Final

import anyio
import structlog

from pelican_async.broker.protocol import Broker, BrokerAway
from pelican_async.crash_points import CrashPoint, reached
from pelican_async.database import outbox
from pelican_async.database.trouble import is_transient
from pelican_async.stages.parts import Parts

NAME: Final = "relay"
AT_ONCE: Final = 100
LOOK_AGAIN: Final = 2.0
LONGEST_WAIT: Final = 10.0
log = structlog.get_logger()


async def relay(parts: Parts, broker: Broker) -> None:
    """Send messages, until cancelled; any number of replicas share this.

    A message may be sent twice, if whoever sent it dies before it is deleted. It is never lost.
    """
    wait = 1.0
    while True:
        parts.signals.outgoing.clear()
        try:
            while await _send_some(parts, broker) == AT_ONCE:
                pass
            wait = 1.0
            parts.obstacles.passed(NAME)
        except Exception as error:
            parts.obstacles.meet(NAME, error)
            foreseen = isinstance(error, BrokerAway) or is_transient(error)
            log.warning(
                "messages wait to be sent", error=str(error), seconds=round(wait), exc_info=None if foreseen else error
            )
            await anyio.sleep(wait * random.uniform(0.5, 1))  # noqa: S311 so that replicas don't come all at once
            wait = min(2 * wait, LONGEST_WAIT)
            continue
        with anyio.move_on_after(LOOK_AGAIN):
            await parts.signals.outgoing.wait()


async def _send_some(parts: Parts, broker: Broker) -> int:
    async with parts.database.acquire() as connection, connection.transaction():
        messages = await outbox.take(connection, AT_ONCE)
        for message in messages:
            if message.reason is None:
                await broker.publish(message.queue, message.body, message.key)
            else:
                await broker.bury(message.queue, message.body, message.key, message.reason)
            reached(CrashPoint.PUBLISHED)
    return len(messages)
