"""Whether the service lives, and whether it is ready: told truthfully, and within a bounded time."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Final

import anyio

from pelican_async.broker.protocol import Broker
from pelican_async.database.upgrade import require_current
from pelican_async.errors import UserError
from pelican_async.stages.parts import Parts

OK: Final = "ok"
PATIENCE: Final = 3.0
"""So many seconds has each part to answer."""
STUCK: Final = 60.0
"""After so many seconds in which no batch of many came to its end, something is wrong with the processes."""


@dataclass(frozen=True, slots=True)
class Health:
    """What is well, and what isn't: by the name of the part, `ok` or what is wrong with it."""

    parts: Mapping[str, str]

    @property
    def well(self) -> bool:
        """Whether all of it is."""
        return all(said == OK for said in self.parts.values())


async def live(parts: Parts) -> Health:
    """Say whether the loop turns (or else nobody answers) and the pool answers."""
    return Health({"pool": await _asked(lambda: _pool(parts))})


async def ready(parts: Parts, broker: Broker) -> Health:
    """Say whether messages are being worked on: the database and its schema, the broker, and all consumers.

    `work` says what stages fail by, again and again, that may pass, though all of these answer.
    """
    said = dict.fromkeys(("database", "schema", "pool"), "was not asked")
    silent_for = parts.items.silent

    async def ask(name: str, question: Callable[[], Awaitable[str]]) -> None:
        said[name] = await _asked(question)

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(ask, "database", lambda: _database(parts))
        tasks.start_soon(ask, "schema", lambda: _schema(parts))
        tasks.start_soon(ask, "pool", lambda: _pool(parts))
    if said["pool"] == OK and silent_for > STUCK:
        limit = parts.settings.pool_seconds
        said["pool"] = f"did nothing for {silent_for:.0f} seconds; after {limit:g} what it does is taken apart"
    silent = sorted(str(queue) for queue, consuming in broker.consuming().items() if not consuming)
    return Health(
        {
            **said,
            "broker": await _broker(broker),
            "work": "; ".join(f"{stage}: {said}" for stage, said in parts.obstacles.now().items()) or OK,
            "consumers": f"not consuming: {', '.join(silent)}" if silent else OK,
        }
    )


async def _broker(broker: Broker) -> str:
    if not broker.connected:
        return "is not connected"
    return "takes no messages: it is short of memory or disk space" if await broker.blocked() else OK


async def _asked(question: Callable[[], Awaitable[str]]) -> str:
    try:
        with anyio.fail_after(PATIENCE):
            return await question()
    except TimeoutError:
        return f"did not answer within {PATIENCE:g} seconds"
    except Exception as error:  # noqa: BLE001 whatever is wrong with a part, it is told
        return f"does not answer ({type(error).__name__})"


async def _database(parts: Parts) -> str:
    async with parts.database.acquire() as connection:
        await connection.fetchval("select 1")
    return OK


async def _schema(parts: Parts) -> str:
    async with parts.database.acquire() as connection:
        try:
            await require_current(connection)
        except UserError as error:
            return str(error)
    return OK


async def _pool(parts: Parts) -> str:
    # It is asked with more patience than is had here: to ask must not be what ends a process that is slow.
    return OK if await parts.items.answers(parts.settings.pool_seconds) else "is broken; it is being replaced"
