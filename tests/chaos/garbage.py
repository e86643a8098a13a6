"""Messages that no stage can do anything with, and those that it has done already."""

import random
from collections.abc import Iterator, Sequence

import asyncpg
import orjson

from pelican_async.messages import Queue
from tests.chaos.workload import Request
from tests.services.world import SMALL

ALIKE = (
    b"",
    b"garbage",
    b"\xff\xfe\x00",
    b"null",
    b"[1, 2]",
    b"[" * 50_000,
    b'{"dataset_id": "1"}',
    b'{"dataset_id": 1e400}',
    b'{"dataset_id": 170141183460469231731687303715884105728, "item_ids": [1]}',
    b'{"dataset_id": null, "item_ids": null}',
    b'{"name": 5, "collection_id": 2}',
    b'{"name": "\\u0000", "collection_id": 2}',
    b'{"dataset_id_original": 1, "filter_message": []}',
)
"""Malformed, for whichever queue."""
SPECIAL = {
    Queue.EXTRACT_KINGFISHER: (
        b'{"name": "none", "collection_id": 999999}',
        b'{"name": "none", "collection_id": -1}',
        b'{"name": "none", "collection_id": 99999999999999}',
    ),
    Queue.EXTRACT_FILTER: (
        b'{"dataset_id_original": 1, "filter_message": {}}',
        b'{"dataset_id_original": 1, "filter_message": {"buyer": ["x"]}}',
        b'{"dataset_id_original": 1, "filter_message": {"buyer": 5}}',
    ),
    Queue.CHECK_ITEMS: (b'{"dataset_id": 1, "item_ids": ["1"]}', b'{"dataset_id": 1}'),
}
UNKNOWN = {
    Queue.CHECK_ITEMS: b'{"dataset_id": 1, "item_ids": [1, 2]}',
    Queue.CHECK_DATASET: b'{"dataset_id": 1}',
    Queue.CHECK_TIME_BASED: b'{"dataset_id": 1}',
    Queue.REPORT: b'{"dataset_id": 1}',
    Queue.WIPE: b'{"dataset_id": 1}',
}
"""Well-formed, for a dataset that is gone: there is nothing to do, and nobody to tell."""


def garbage(chance: random.Random, number: int) -> Iterator[Request]:
    """Give one or two for each queue."""
    for queue in Queue:
        for index in range(chance.randint(1, 2)):
            body = chance.choice((*ALIKE, *SPECIAL.get(queue, ())))
            yield Request(queue, body, f"garbage {number} {queue} {index}")


def strays(number: int) -> Iterator[Request]:
    """Give messages for a dataset that isn't there."""
    for queue, body in UNKNOWN.items():
        yield Request(queue, body, f"stray {number} {queue}")


async def duplicates(
    connection: asyncpg.Connection, chance: random.Random, requests: Sequence[Request], number: int
) -> Sequence[Request]:
    """Give messages as they were sent before, or may have been: of each stage, of datasets in any phase."""
    again = list(chance.sample(requests, min(len(requests), 3)))
    rows = await connection.fetch("select id from dataset order by id")
    for row in chance.sample(rows, min(len(rows), 3)):
        dataset_id = row["id"]
        items = await connection.fetch("select id from data_item where dataset_id = $1 order by id", dataset_id)
        ids = [item["id"] for item in items]
        size = int(SMALL["EXTRACTOR_MAX_BATCH_SIZE"])
        batches = [ids[start : start + size] for start in range(0, len(ids), size)]
        bodies = [(Queue.CHECK_ITEMS, {"item_ids": batch}) for batch in chance.sample(batches, min(len(batches), 2))]
        wholes = [Queue.CHECK_DATASET, Queue.CHECK_TIME_BASED, Queue.REPORT]
        bodies += [(queue, {}) for queue in chance.sample(wholes, len(wholes))]
        for index, (queue, extra) in enumerate(bodies):
            body = orjson.dumps({"dataset_id": dataset_id, **extra})
            again += [Request(queue, body, f"again {number} {dataset_id} {index}")] * 2
    return again
