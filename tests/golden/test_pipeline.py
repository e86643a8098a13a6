"""Two collections go through the whole service: what is in the database then is equal, value by value."""

import gzip
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack
from typing import Any

import anyio
import pytest

from pelican_async.broker.memory import MemoryBroker
from pelican_async.broker.protocol import Broker
from pelican_async.broker.rabbitmq import connect
from pelican_async.database.connecting import opened
from pelican_async.messages import ExtractCollection, Queue
from pelican_async.reference import stored_rates
from tests.golden.database_content import content, rows_of
from tests.golden.loading import document, golden_file, reference_data
from tests.services import kingfisher_process
from tests.services.postgresql import empty
from tests.services.progress import watched
from tests.services.rabbitmq import Rabbitmq
from tests.services.running import running, set_up, settings_for

pytestmark = pytest.mark.golden
COLLECTIONS = (("gold_2019-12-01", "full"), ("gold_2020-01-01", "full.later"))
VARYING = {"data_quality_tool_metadata"}


async def run_pipeline(
    database: str, kingfisher: str, broker: Broker, replicas: int
) -> tuple[dict[str, Any], dict[str, list[str]]]:
    """Check both collections, the second with the first as ancestor; give the database's content, and all its rows."""
    await set_up(database)
    async with AsyncExitStack() as exits:
        source = await exits.enter_async_context(opened(kingfisher))
        await kingfisher_process.create(source)
        target = await exits.enter_async_context(opened(database))
        await stored_rates.import_file(target, golden_file("rates.csv"))
        progress = await exits.enter_async_context(watched(database))
        settings = settings_for(database, kingfisher)
        await exits.enter_async_context(running(settings, broker, reference_data().codelists, replicas=replicas))
        previous = None
        for number, (name, collection) in enumerate(COLLECTIONS, 1):
            lines = gzip.decompress(golden_file(f"collections/{collection}.jsonl.gz").read_bytes()).splitlines()
            collection_id = await kingfisher_process.load(source, lines)
            message = ExtractCollection(name=name, collection_id=collection_id, ancestor_id=previous)
            await broker.publish(Queue.EXTRACT_KINGFISHER, message.model_dump_json().encode(), name)
            previous = (await progress.until_checked(number))[-1]
        return {f"dataset_{number}": await content(target, number) for number in (1, 2)}, await rows_of(target)


def differences(expected: Any, found: Any, path: str = "") -> Iterator[str]:  # noqa: ANN401 any JSON
    if isinstance(expected, dict) and isinstance(found, dict):
        for key in sorted(expected.keys() | found.keys()):
            if key in VARYING or (key == "misc.url_availability" and path.endswith("dataset_level_check")):
                continue
            if key not in expected or key not in found:
                yield f"{path}/{key}: only {'found' if key in found else 'expected'}"
            else:
                yield from differences(expected[key], found[key], f"{path}/{key}")
    elif type(expected) is not type(found) or expected != found:
        yield f"{path}: expected {expected!r}, found {found!r}"


def values(value: Any) -> int:  # noqa: ANN401 any JSON
    if isinstance(value, dict):
        return sum(values(inner) for key, inner in value.items() if key not in VARYING)
    return 1


async def test_the_golden_content_comes_out_in_every_way_of_running(
    postgresql: str, rabbitmq: Rabbitmq, exchange: str, record_property: Callable[[str, object], None]
) -> None:
    """With one replica on a real broker, with two, and with the broker in the process: byte for byte the same."""
    ways: dict[str, tuple[dict[str, Any], dict[str, list[str]]]] = {}

    async def run(way: str, broker: Broker, replicas: int) -> None:
        async with empty(postgresql) as database, empty(postgresql) as kingfisher:
            ways[way] = await run_pipeline(database, kingfisher, broker, replicas)

    async with connect(rabbitmq.url, exchange) as one, connect(rabbitmq.url, f"{exchange}_two") as two:
        await one.declare()
        await two.declare()
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(run, "RabbitMQ", one, 1)
            tasks.start_soon(run, "two replicas", two, 2)
            tasks.start_soon(run, "embedded", MemoryBroker(), 1)
    expected = document("pipeline/expected.json.gz")
    for way, (found, _) in ways.items():
        assert list(differences(expected, found)) == [], way
        record_property("golden", f"pipeline, {way}: {values(found):,} values equal")
    rows = [all_rows for _, all_rows in ways.values()]
    assert rows[0] == rows[1] == rows[2]
    record_property("golden", f"pipeline: {sum(map(len, rows[0].values())):,} rows the same in all three ways")
