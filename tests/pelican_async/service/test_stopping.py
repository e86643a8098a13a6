"""The service stops when it is told to, whatever it is doing: in time, and nothing is lost or doubled."""

import signal
from collections.abc import Mapping
from time import monotonic
from typing import Final

from pelican_async.database.connecting import opened
from pelican_async.messages import Queue
from pelican_async.supervisor import AT_ONCE
from tests.services.pausing import paused, until_waiting
from tests.services.replica import Replica, replica
from tests.services.world import Rows, World, request

GRACE: Final = 10.0
"""Far more than batches of one item need."""
MARGIN: Final = 10.0
"""So long may it take to end what isn't waited for, on a busy machine."""
TELL: Final = """
    create trigger tell_items after update on progress_monitor_item
    for each statement execute function tell_progress();
"""
ITEMS: Final = "select count(*) >= {} from progress_monitor_item where state = 'OK'"
LATER: Final = "select phase <> all ('{}') from progress_monitor_dataset"
MOMENTS: Final = (
    *(ITEMS.format(count) for count in range(1, 40, 5)),
    LATER.format("{CONTRACTING_PROCESS}"),
    LATER.format("{CONTRACTING_PROCESS,DATASET}"),
)


async def stopped(one: Replica) -> None:
    """Tell it to stop, and see that it does so in time."""
    begun = monotonic()
    one.send(signal.SIGTERM)
    assert await one.ended() == 0
    assert monotonic() - begun < GRACE + MARGIN
    assert not [entry for entry in one.log if entry.get("level") in {"error", "critical"}]


async def test_ten_times_under_load(here: World, expected: Mapping[int, Rows]) -> None:
    """In the middle of batches, each time after some more of them, and of the stages after; started again each time."""
    assert len(MOMENTS) == 10
    async with opened(here.database) as connection:
        await connection.execute(TELL)
    environment = {
        **here.environment,
        "EXTRACTOR_MAX_BATCH_SIZE": "1",
        "PREFETCH_COUNT": "1",
        "SHUTDOWN_GRACE": str(GRACE),
    }
    await here.ask(Queue.EXTRACT_KINGFISHER, request(1))
    for moment in MOMENTS:
        async with replica(environment) as one:
            await here.progress.until_true(moment)
            await one.until_said("ready")
            await stopped(one)
    async with replica(environment) as last:
        await last.until_said("ready")
        await here.progress.until_checked(1)
        await stopped(last)
    assert await here.broker.dead_letters() == []
    assert await here.rows() == expected[1]


async def test_at_once_by_a_second_signal(here: World, expected: Mapping[int, Rows]) -> None:
    """While a batch in flight keeps it from stopping: another process does what is left."""
    async with replica(here.environment) as one, paused(here.database, "item_result"):
        await here.ask(Queue.EXTRACT_KINGFISHER, request(1))
        await until_waiting(here.database, "advisory")
        one.send(signal.SIGTERM)
        await one.until_said("told to stop")
        one.send(signal.SIGINT)
        assert await one.ended(MARGIN) == AT_ONCE
    async with replica(here.environment) as last:
        await here.progress.until_checked(1)
        await last.until_said("ready")
        await stopped(last)
    assert await here.broker.dead_letters() == []
    assert await here.rows() == expected[1]
