import orjson
import pytest

from pelican_async.broker.memory import MemoryBroker
from pelican_async.database.connecting import single
from pelican_async.database.upgrade import upgrade
from pelican_async.reference import codelists
from tests.pelican_async.database.test_upgrade import make
from tests.services.progress import watched
from tests.services.running import running, settings_for


@pytest.mark.parametrize("state", [1, 3])
async def test_datasets_of_the_existing_system_are_completed(database: str, state: int) -> None:
    """Also those of whose items it had checked some: results of these are computed again from the releases."""
    connection = await single(database)
    await make(connection, state)
    await upgrade(database, lambda _: None)
    broker = MemoryBroker()
    await broker.declare()
    settings = settings_for(database, pool_processes=1, long_stages=1)
    async with watched(database) as progress, running(settings, broker, codelists.snapshot()):
        assert await progress.until_checked(7) == [1, 3, 4, 5, 6, 7, 8]
        phases = await progress.phases()
    assert phases[2].startswith("trouble: its extraction was interrupted")
    rows = await connection.fetch("select dataset_id, type, data from report where dataset_id > 1 order by 1, 2")
    assert [(row["dataset_id"], row["type"]) for row in rows] == [
        (dataset, kind) for dataset in range(3, 9) for kind in ("field_level_check", "resource_level_check")
    ]
    counts = [orjson.loads(row["data"])["ocid"]["coverage"]["total_count"] for row in rows[::2]]
    assert counts == [3, 1, 1, 1, 1, 1]
    checked = await connection.fetch("select dataset_id, count(*) from dataset_level_check group by 1 order by 1")
    assert [tuple(row) for row in checked] == [(1, 2), (3, 24), (4, 24), (5, 24)]
    sizes = await connection.fetch("select size from progress_monitor_dataset order by dataset_id")
    assert [size for (size,) in sizes] == [2, 1, 3, 1, 1, 1, 1, 1, 0]
    await connection.close()
