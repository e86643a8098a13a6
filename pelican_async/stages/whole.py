"""What the stages that look at a whole dataset have in common."""

from pelican_async.crash_points import CrashPoint, reached
from pelican_async.database import leases
from pelican_async.database.datasets import Phase, State
from pelican_async.stages.errors import GoneError
from pelican_async.stages.parts import Parts


async def whole_due(parts: Parts, dataset_id: int, stage: str, after: Phase) -> None:
    """Note that a stage is due, if the dataset is done with the phase before, or it was given up.

    A message may come twice.
    """
    async with parts.database.acquire() as connection, connection.transaction():
        ready = await connection.fetchval(
            """select phase = $2 and state = $3 and stage is null or stage = $4 and trouble is not null
            from dataset_run join progress_monitor_dataset using (dataset_id)
            where dataset_id = $1 for update of dataset_run""",
            dataset_id,
            after,
            State.OK,
            stage,
        )
        if ready is None:
            raise GoneError
        if ready:
            await leases.ask_for(connection, dataset_id, stage)
    if ready:
        reached(CrashPoint.STAGE_ASKED_FOR, stage)
        parts.signals.due.set()
