"""The broker, for commands that somebody typed: they don't wait for one that is away."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import anyio

from pelican_async.broker.connecting import masked, parsed
from pelican_async.broker.protocol import BrokerAway, Unroutable
from pelican_async.broker.rabbitmq import RabbitBroker, connect
from pelican_async.errors import UserError

CONNECT_SECONDS: Final = 10.0


@asynccontextmanager
async def commanded(url: str, exchange: str) -> AsyncIterator[RabbitBroker]:
    """Give a broker with all of its queues; whatever is wrong with it is a `UserError`."""
    where = masked(parsed(url))
    try:
        with anyio.move_on_after(CONNECT_SECONDS) as connecting:
            async with connect(url, exchange) as broker:
                connecting.deadline = float("inf")
                await broker.declare()
                yield broker
    except (BrokerAway, Unroutable) as error:
        raise UserError(f"the broker {where} failed: {error}") from error
    if connecting.cancelled_caught:
        raise UserError(f"the broker {where} can't be reached, or refuses the connection")
