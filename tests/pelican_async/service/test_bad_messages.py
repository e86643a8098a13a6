"""Messages that nobody can do anything with are put aside, with the reason; all others go on."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

import aio_pika
import pytest

from pelican_async.messages import MAX_BYTES, CheckItems, ExtractCollection, ExtractFiltered, OneDataset, Queue
from tests.pelican_async.service.dead_letters import until_dead
from tests.services.command import Ended, ran
from tests.services.world import Rows, World, request

MALFORMED: Final = (
    (b"", "isn't JSON"),
    (b"\xff{]", "isn't JSON"),
    (b"[" * 5_000, "isn't JSON"),
    (b"[1]", "isn't a JSON object"),
    (b"{}", "Field required"),
    (b'{"name": 1, "collection_id": "2", "dataset_id": [3], "dataset_id_original": true, "item_ids": 5}', "valid"),
    (b'{"name": "' + b"x" * MAX_BYTES + b'", "collection_id": 2, "dataset_id": 1, "item_ids": []}', "bytes"),
    (rb'{"name": "a\u0000b", "collection_id": 2, "dataset_id": 1, "item_ids": []}', "NUL"),
)
DEEP: Final = '{"a":' * 300 + "1" + "}" * 300
IMPOSSIBLE: Final[tuple[tuple[Queue, bytes, str], ...]] = (
    (Queue.EXTRACT_KINGFISHER, ExtractCollection(name="", collection_id=99).model_dump_json().encode(), "releases"),
    (Queue.EXTRACT_KINGFISHER, b'{"name": "no such number", "collection_id": 9999999999}', "less than"),
    (Queue.EXTRACT_FILTER, b'{"dataset_id_original": 99, "filter_message": {"buyer": []}}', "no dataset 99"),
    (Queue.EXTRACT_FILTER, b'{"dataset_id_original": 1, "filter_message": {}}', "at least 1"),
    (Queue.EXTRACT_FILTER, b'{"dataset_id_original": 1, "filter_message": [1]}', "dictionary"),
    (Queue.EXTRACT_FILTER, b'{"dataset_id_original": 1, "filter_message": {"buyer": "a"}}', "list of texts"),
    (Queue.EXTRACT_FILTER, f'{{"dataset_id_original": 1, "filter_message": {DEEP}}}'.encode(), "deep"),
)
UNKNOWN: Final = OneDataset(dataset_id=99)


async def publish(here: World, queue: Queue, body: bytes, headers: dict[str, Any] | None = None) -> None:
    """Publish as any program could."""
    connection = await aio_pika.connect(here.rabbit_url)
    async with connection, connection.channel() as channel:
        exchange = await channel.get_exchange(here.exchange)
        await exchange.publish(aio_pika.Message(body, headers=headers), queue.within(here.exchange))


@pytest.fixture
def bad() -> list[tuple[Queue, bytes, str]]:
    """Give messages for all queues, and what the reasons say."""
    return [(queue, body, why) for queue in Queue for body, why in MALFORMED] + list(IMPOSSIBLE)


async def test_they_become_dead_letters_and_all_else_goes_on(
    here: World, expected: Mapping[int, Rows], bad: list[tuple[Queue, bytes, str]]
) -> None:
    async with here.serving():
        for queue, body, _ in bad:
            await publish(here, queue, body, {"x-theirs": "kept", "x-pelican-attempts": "odd"})
        for queue in (Queue.CHECK_DATASET, Queue.CHECK_TIME_BASED, Queue.REPORT, Queue.WIPE):
            await here.ask(queue, UNKNOWN)
        await here.ask(Queue.CHECK_ITEMS, CheckItems(dataset_id=99, item_ids=[1, 2]))
        await here.ask(Queue.EXTRACT_KINGFISHER, request(1))
        await here.progress.until_checked(1)
        dead = await until_dead(here, len(bad))
    assert await here.rows() == expected[1]

    found = sorted(((message.headers["x-pelican-queue"], message.body) for message in dead), key=repr)
    assert found == sorted(((queue.value, body) for queue, body, _ in bad), key=repr)
    reasons = {(queue.value, body): why for queue, body, why in bad}
    for message in dead:
        reason = message.headers["x-pelican-reason"]
        assert isinstance(reason, str)
        assert reasons[str(message.headers["x-pelican-queue"]), message.body] in reason
        assert datetime.fromisoformat(str(message.headers["x-pelican-time"])).tzinfo is not None
        assert message.headers["x-theirs"] == "kept"


async def test_commands_list_send_again_and_discard_them(here: World) -> None:
    none = await ran(here.environment, "dead-letters", "list")
    assert none == Ended(0, "There are no dead letters.\n", "")
    filtering = ExtractFiltered(dataset_id_original=1, filter_message={"buyer": []}).model_dump_json().encode()
    async with here.serving():
        await publish(here, Queue.EXTRACT_FILTER, filtering)
        await publish(here, Queue.WIPE, b'{"dataset_id": "\x1b[31m' + b"x" * 400)
        await until_dead(here, 2)
        await here.ask(Queue.EXTRACT_KINGFISHER, request(1))
        await here.progress.until_checked(1)

        listed = await ran(here.environment, "dead-letters", "list")
        assert listed.status == 0
        assert "dataset_filter_extractor_init" in listed.output
        assert "There is no dataset 1 to filter." in listed.output
        assert filtering.decode() in listed.output
        assert "\x1b" not in listed.output
        assert "... (421 bytes)" in listed.output
        filter_id, wipe_id = [line for line in listed.output.splitlines() if not line.startswith(" ")]

        again = await ran(here.environment, "dead-letters", "retry", filter_id, "unknown")
        assert again.status == 2
        assert again.output == "Sent again: 1\n"
        assert again.error.startswith("Error: 1 of them can't be found")
        assert await here.progress.until_checked(2) == [1, 2]

        gone = await ran(here.environment, "dead-letters", "discard", wipe_id)
        assert gone == Ended(0, "Discarded: 1\n", "")
        assert await here.broker.dead_letters() == []
    (row,) = await here.fetch("select filter_message from dataset_filter")
    assert json.loads(row["filter_message"]) == {"buyer": []}


async def test_commands_say_that_the_broker_is_away(here: World) -> None:
    away = replace(here, rabbit_url="amqp://u:secret@127.0.0.1:1")
    ended = await ran(away.environment, "dead-letters", "list")
    assert (ended.status, ended.output) == (2, "")
    assert ended.error.endswith("the broker amqp://***@127.0.0.1:1 can't be reached, or refuses the connection\n")
    assert "secret" not in ended.error
