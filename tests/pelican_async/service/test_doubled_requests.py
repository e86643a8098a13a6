"""A request that comes again makes no second dataset, whatever became of the first."""

from collections.abc import AsyncIterator, Mapping
from datetime import timedelta
from uuid import uuid4

import asyncpg
import pytest
import pytest_asyncio

from pelican_async.database import deleting, leases
from pelican_async.database.connecting import opened
from pelican_async.database.datasets import DeletedMeanwhileError, NewDataset, asked_before, create, made_lately
from pelican_async.database.leases import LeaseLostError
from tests.services.running import set_up

SOURCE: Mapping[str, int] = {"collection_id": 1}


def new(asked_by: str | None) -> NewDataset:
    return NewDataset(
        name="one",
        meta={},
        ancestor_id=None,
        stage="extract_kingfisher_process",
        source=SOURCE,
        candidates=1,
        today=1,
        asked_by=asked_by,
    )


@pytest_asyncio.fixture
async def connection(database: str) -> AsyncIterator[asyncpg.Connection]:
    await set_up(database)
    async with opened(database) as connected:
        yield connected


@pytest.mark.parametrize("way", ["wiped", "removed"])
async def test_it_is_known_after_the_dataset_is_deleted(connection: asyncpg.Connection, way: str) -> None:
    keyed, keyless = await create(connection, new("key")), await create(connection, new(None))
    for dataset_id in (keyed, keyless):
        if way == "wiped":
            await deleting.wipe(connection, dataset_id)
        else:
            await deleting.remove(connection, dataset_id, force=True, include_filtered=False)
    assert await connection.fetchval("select count(*) from dataset") == 0
    assert await asked_before(connection, "key")
    assert not await asked_before(connection, "another")
    assert await made_lately(connection, "one", SOURCE)
    assert not await made_lately(connection, "one", {"collection_id": 2})
    assert not await made_lately(connection, "another", SOURCE)


async def test_it_makes_none_if_the_first_is_deleted_while_it_is_handled(connection: asyncpg.Connection) -> None:
    """The second one looks before the first one's dataset is made, and writes after that is deleted."""
    await deleting.wipe(connection, await create(connection, new("key")))
    with pytest.raises(DeletedMeanwhileError):
        await create(connection, new("key"))
    assert await connection.fetchval("select count(*) from dataset") == 0


async def test_a_lease_that_ran_out_is_lost_to_its_own_holder_too(connection: asyncpg.Connection) -> None:
    """A process that was frozen may take a lease anew before what it was doing under the old one goes on."""
    await create(connection, new("key"))
    holder, stages, length = uuid4(), ["extract_kingfisher_process"], timedelta(seconds=60)
    before = await leases.claim(connection, holder, stages, timedelta(seconds=-1))
    after = await leases.claim(connection, holder, stages, length)
    assert before is not None
    assert after is not None
    for change in (leases.renew(connection, before, length), leases.finish(connection, before)):
        with pytest.raises(LeaseLostError):
            await change
    await leases.finish(connection, after)
