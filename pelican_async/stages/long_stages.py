"""Does what is due under leases: a few datasets at once, each with a heartbeat, retried with growing delays."""

import random
from collections.abc import Mapping
from datetime import timedelta
from typing import Final

import anyio
import structlog
from structlog.contextvars import bound_contextvars

from pelican_async.crash_points import CrashPoint, reached
from pelican_async.database import datasets, leases, outbox
from pelican_async.database.connecting import Connection
from pelican_async.database.leases import Lease, LeaseLostError
from pelican_async.database.trouble import is_transient
from pelican_async.masking import masked_text
from pelican_async.stages.errors import GivesWayError, GoneError, UnprocessableError
from pelican_async.stages.parts import Parts
from pelican_async.stages.stage import LongStage
from pelican_async.web.metrics import LONG_STAGES

ATTEMPTS: Final = 5
LOOK_AGAIN: Final = 5.0
"""So many seconds pass, at most, until what another replica left is found; a lease is waited for to its very end."""
LONGEST_WAIT: Final = 300.0
LONGEST_FOR_WHAT_PASSES: Final = 30.0
"""So long, at most, goes by after a database is well again."""
PATIENCE: Final = 5.0
"""So many seconds may giving a lease back take, when the service stops."""
BEATS: Final = 4
"""A lease is renewed so often while it lasts."""
log = structlog.get_logger()


class LongStages:
    """Takes leases of stages that are due, and does them."""

    def __init__(self, parts: Parts, stages: Mapping[str, LongStage]) -> None:
        self._parts = parts
        self._stages = stages
        self._length = timedelta(seconds=parts.settings.lease_seconds)
        self._places = anyio.Semaphore(parts.settings.long_stages)

    async def run(self) -> None:
        """Do what is due, until cancelled."""
        async with anyio.create_task_group() as tasks:
            while True:
                await self._places.acquire()
                lease = await self._next()
                tasks.start_soon(self._do, lease)

    async def _next(self) -> Lease:
        """Wait for a lease."""
        while True:
            self._parts.signals.due.clear()
            lease, held = await self._claimed()
            if lease is not None:
                reached(CrashPoint.LEASE_TAKEN, lease.stage)
                return lease
            seconds = LOOK_AGAIN * random.uniform(0.5, 1)  # noqa: S311 so that replicas take turns
            with anyio.move_on_after(min(seconds, held)):
                await self._parts.signals.due.wait()

    async def _claimed(self) -> tuple[Lease | None, float]:
        """Take a lease; if none is to be had, say in how many seconds the first one that others hold ends."""
        stages = list(self._stages)
        try:
            async with self._parts.database.acquire() as connection:
                lease = await leases.claim(connection, self._parts.holder, stages, self._length)
                return lease, await leases.seconds_held(connection, stages) if lease is None else 0.0
        except Exception as error:
            if not is_transient(error):
                raise
            log.warning("the database can't be asked what is due", error=str(error))
            return None, LOOK_AGAIN

    async def _do(self, lease: Lease) -> None:
        LONG_STAGES.inc()
        try:
            with bound_contextvars(dataset=lease.dataset_id, stage=lease.stage):
                await self._guarded(lease)
        finally:
            LONG_STAGES.dec()
            self._places.release()

    async def _guarded(self, lease: Lease) -> None:
        """Do a stage; whatever goes wrong concerns this dataset alone."""
        try:
            await self._with_heartbeat(lease)
            self._parts.obstacles.passed(lease.stage)
        except anyio.get_cancelled_exc_class():
            with anyio.CancelScope(shield=True), anyio.move_on_after(PATIENCE):
                await self._leave(lease)
            raise
        except GivesWayError:
            await self._leave(lease)
            self._parts.signals.due.set()
        except (LeaseLostError, GoneError) as error:
            log.info("left to others", why=str(error))
        except Exception as error:  # noqa: BLE001 one dataset's trouble never stops another's
            await self._failed(lease, error)

    async def _with_heartbeat(self, lease: Lease) -> None:
        error: Exception | None = None
        async with anyio.create_task_group() as tasks:

            async def beat() -> None:
                nonlocal error
                try:
                    await self._renew(lease)
                except LeaseLostError as lost:
                    error = lost
                    tasks.cancel_scope.cancel()

            tasks.start_soon(beat)
            try:
                await self._stages[lease.stage].work(self._parts, lease)
            except Exception as raised:  # noqa: BLE001 raised again below, without the group around it
                error = raised
            tasks.cancel_scope.cancel()
        if error is not None:
            raise error

    async def _renew(self, lease: Lease) -> None:
        """Hold a lease for as long as this runs; a database that is away for a moment is no reason to let it go."""
        while True:
            await anyio.sleep(self._parts.settings.lease_seconds / BEATS)
            try:
                async with self._parts.database.acquire() as connection:
                    await leases.renew(connection, lease, self._length)
            except LeaseLostError:
                raise
            except Exception as error:
                if not is_transient(error):
                    raise
                log.warning("a lease could not be renewed yet", error=str(error))

    async def _leave(self, lease: Lease) -> None:
        """Let others go on at once, when this service stops."""
        try:
            async with self._parts.database.acquire() as connection:
                await leases.leave(connection, lease)
        except Exception as error:  # noqa: BLE001 the lease runs out then
            log.warning("a lease could not be given back; it will run out", error=str(error))

    async def _failed(self, lease: Lease, error: Exception) -> None:
        """Let a stage be tried again after a while, by whoever comes first; or give it up."""
        passes = is_transient(error)
        if passes:
            self._parts.obstacles.meet(lease.stage, error)
        hopeless = isinstance(error, UnprocessableError) or (lease.attempts >= ATTEMPTS and not passes)
        longest = LONGEST_FOR_WHAT_PASSES if passes else LONGEST_WAIT
        seconds = min(2.0 ** min(lease.attempts, 10), longest) * random.uniform(0.5, 1)  # noqa: S311 so that replicas take turns
        try:
            async with self._parts.database.acquire() as connection:
                if hopeless:
                    await self._give_up(connection, lease, error)
                else:
                    await leases.give_back(connection, lease, timedelta(seconds=seconds))
        except LeaseLostError as lost:
            # What went wrong follows from that: what it worked on was deleted, or is done by others.
            log.info("left to others", why=str(lost), error=repr(error))
            return
        except Exception as other:  # noqa: BLE001 the lease runs out then
            log.warning("a lease could not be given back; it will run out", error=str(other))
        if hopeless:
            log.error("given up", error=str(error), exc_info=error)
        else:
            log.warning("to be tried again", error=str(error), seconds=round(seconds), exc_info=error)

    async def _give_up(self, connection: Connection, lease: Lease, error: Exception) -> None:
        """Give a stage up. The message that asks for it becomes a dead letter: sent again, it begins the stage anew."""
        why = masked_text(str(error) if isinstance(error, UnprocessableError) else f"{type(error).__name__}: {error}")
        stage = self._stages[lease.stage]
        async with connection.transaction():
            await leases.enter(connection, lease)
            message = await stage.asking(connection, lease.dataset_id)
            key = await datasets.key(connection, lease.dataset_id)
            await outbox.bury(connection, lease.dataset_id, stage.queue, message, key=key, reason=why)
            await leases.give_up(connection, lease, why)
        self._parts.signals.outgoing.set()
