"""The one place where what a broker's client raises becomes `BrokerAway`, and where waiting for it is bounded."""

import asyncio
from collections.abc import Awaitable
from typing import Any, Final, TypeVar

from aio_pika.exceptions import AMQPError

from pelican_async.broker.protocol import BrokerAway

T = TypeVar("T")
ASK_SECONDS: Final = 30.0
"""So long may an answer take."""


async def asked(operation: Awaitable[T], seconds: float = ASK_SECONDS, passing: tuple[type[Exception], ...] = ()) -> T:
    """Wait for an answer of the broker. Raises `BrokerAway`, and what is `passing`.

    When a connection is lost, the client cancels what waits for it. So the operation runs in a task of its own: if that
    is cancelled, the broker is gone; if this one is, somebody wants it to end. The client's own time limits don't cover
    everything, so there is one around it all.
    """
    task = asyncio.ensure_future(operation)
    task.add_done_callback(_forget)  # nobody may be there to hear of it, if this is cancelled
    try:
        await asyncio.wait({task}, timeout=seconds)
    finally:
        task.cancel()
    if not task.done():
        raise BrokerAway(f"The broker didn't answer within {seconds:g} seconds.")
    if task.cancelled():
        raise BrokerAway("The connection to the broker was lost.")
    try:
        return task.result()
    except passing:
        raise
    # RuntimeError: the client is between two states, such as a connection that is closing.
    except (AMQPError, OSError, RuntimeError, asyncio.InvalidStateError) as error:
        raise BrokerAway(f"{type(error).__name__}: {error}") from error
    except Exception as error:
        if type(error) is not Exception:
            raise
        # A connection that is lost while it is written to says no more than that.
        raise BrokerAway("The connection to the broker was lost while it was written to.") from error


def _forget(task: asyncio.Future[Any]) -> None:
    if not task.cancelled():
        task.exception()
