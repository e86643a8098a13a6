"""What the stages that look at a whole dataset have in common."""

from pelican_async.crash_points import CrashPoint, reached
from pelican_async.database import datasets, leases
from pelican_async.database.datasets import Phase, Run, State
from pelican_async.database.leases import Lease
from pelican_async.stages.errors import GoneError
from pelican_async.stages.parts import Parts


async def whole_due(parts: Parts, dataset_id: int, stage: str, after: Phase) -> None:
    """Note that a stage is due, if the dataset is done with the phase before, or it was given up.

    After extraction, all items must be checked, too. A message may come twice, or too early: all items that are there
    are checked, and more are extracted.
    """
    async with parts.database.acquire() as connection, connection.transaction():
        ready = await connection.fetchval(
            """select phase = $2 and state = $3 and stage is null and (items_left = 0 or phase <> $5)
                or stage = $4 and trouble is not null
            from dataset_run join progress_monitor_dataset using (dataset_id)
            where dataset_id = $1 for update of dataset_run""",
            dataset_id,
            after,
            State.OK,
            stage,
            Phase.CONTRACTING_PROCESS,
        )
        if ready is None:
            raise GoneError
        if ready:
            await leases.ask_for(connection, dataset_id, stage)
    if ready:
        reached(CrashPoint.STAGE_ASKED_FOR, stage)
        parts.signals.due.set()


async def begun(parts: Parts, lease: Lease, phase: Phase, *, skipped: bool) -> Run:
    """Write down that a phase is under way, unless its step is left out; give what is known of the dataset."""
    async with parts.database.acquire() as connection, connection.transaction():
        await leases.enter(connection, lease)
        if not skipped:
            await datasets.move(connection, lease.dataset_id, phase, State.IN_PROGRESS)
        await leases.hold(connection, lease)
        run = await datasets.run_of(connection, lease.dataset_id)
    if run is None:
        raise GoneError
    return run
