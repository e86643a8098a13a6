"""`add`: a collection becomes a message, files become a dataset."""

import asyncio
from pathlib import Path

import orjson
import pytest

from pelican_async.broker.protocol import Delivery, Done, Verdict
from pelican_async.broker.rabbitmq import connect
from pelican_async.database.connecting import opened
from pelican_async.messages import Queue
from tests.services.command import ran
from tests.services.rabbitmq import Rabbitmq
from tests.services.running import set_up

EXAMPLE = Path(__file__).parents[3] / "examples" / "collection.jsonl"


@pytest.mark.parametrize(
    ("options", "ancestor_id", "max_items"),
    [([], None, None), (["--previous-dataset", "7", "--sample", "50"], 7, 50)],
    ids=["nothing else", "all options"],
)
async def test_a_collection_is_asked_for_with_all_keys(
    rabbitmq: Rabbitmq, exchange: str, options: list[str], ancestor_id: int | None, max_items: int | None
) -> None:
    environment = {"RABBIT_URL": rabbitmq.url, "RABBIT_EXCHANGE_NAME": exchange}
    ended = await ran(environment, "add", "a name", "2", *options)
    assert ended.status == 0
    assert (ended.output, ended.error) == ("Asked for collection 2.\n", "")
    received: asyncio.Queue[Delivery] = asyncio.Queue()

    async def take(delivery: Delivery) -> Verdict:
        received.put_nowait(delivery)
        return Done()

    async with connect(rabbitmq.url, exchange) as broker:
        assert await broker.depth(Queue.EXTRACT_KINGFISHER) == 1
        async with broker.consume(Queue.EXTRACT_KINGFISHER, 1, take):
            asked = await received.get()
    assert orjson.loads(asked.body) == {
        "name": "a name",
        "collection_id": 2,
        "ancestor_id": ancestor_id,
        "max_items": max_items,
    }


async def test_files_become_a_dataset(database: str, tmp_path: Path) -> None:
    await set_up(database)
    lines = EXAMPLE.read_bytes().splitlines(keepends=True)[:5]
    source = tmp_path / "collection.jsonl"
    source.write_bytes(b"".join([*lines, b"{broken\n", b"[1]\n"]))
    ended = await ran({"DATABASE_URL": database}, "add", "files", "--file", str(source), "--previous-dataset", "3")
    assert (ended.status, ended.output) == (0, "Dataset 1: 5 releases to check.\n")
    assert ended.error.startswith("2 could not be taken; the first of them: ")
    assert "line 6" in ended.error
    async with opened(database) as connection:
        dataset = await connection.fetchrow("select name, ancestor_id from dataset")
        assert dataset is not None
        assert tuple(dataset) == ("files", 3)
        progress = await connection.fetchrow("select phase, state, size from progress_monitor_dataset")
        assert progress is not None
        assert tuple(progress) == ("CONTRACTING_PROCESS", "OK", 5)
        queues = [row["queue"] for row in await connection.fetch("select queue from outbox order by id")]
        assert queues == [Queue.CHECK_ITEMS]


async def test_files_without_releases_become_none(database: str, tmp_path: Path) -> None:
    await set_up(database)
    source = tmp_path / "nothing.json"
    source.write_text("{}")
    ended = await ran({"DATABASE_URL": database}, "add", "files", "--file", str(source))
    assert (ended.status, ended.output) == (2, "")
    assert ended.error.startswith("Error: There are no releases in ")
    async with opened(database) as connection:
        assert await connection.fetchval("select count(*) from dataset") == 0


@pytest.mark.parametrize(
    "arguments", [(), ("2", "--file", "x"), ("--file", "x", "--sample", "1"), ("0",), ("two",)], ids=str
)
async def test_wrong_use_is_refused(arguments: tuple[str, ...]) -> None:
    ended = await ran({}, "add", "a name", *arguments)
    assert ended.status == 2
    assert ended.output == ""
    assert "Error: " in ended.error
    assert "Traceback" not in ended.error
