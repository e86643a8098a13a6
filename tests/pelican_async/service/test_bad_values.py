"""Whatever is in a collection, each of its releases is checked or counted, and nothing else suffers from it."""

import random
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import orjson
import pytest

from pelican_async import supervisor
from pelican_async.broker.protocol import Delivery
from pelican_async.database import items
from pelican_async.database.connecting import opened
from pelican_async.messages import ExtractCollection, Queue
from pelican_async.reference import codelists
from pelican_async.stages import extract_kingfisher_process
from pelican_async.stages.recent import RecentItems
from tests.services import kingfisher_process
from tests.services.command import ran
from tests.services.world import Rows, World, collection, request

SIZE: Final = 45
DIGITS: Final = b"9" * 5_000
LONG: Final = "".join(random.Random(0).choices("abcdefghijklmnopqrstuvwxyz0123456789", k=6_000))  # noqa: S311 a text
HOSTILE: Final[tuple[Any, ...]] = (
    None,
    True,
    -1,
    1e308,
    -(2**63),
    "",
    "\x1b[31m\u202e",
    LONG,
    "9999-99-99T99:99:99Z",
    "2020-01-01",
    "0001-01-01T00:00:00+23:59",
    [],
    {},
    [[]],
    [None, [1], {"id": {"id": []}}],
    {"amount": "1", "currency": {}, "name": [], "startDate": 5, "id": [1]},
)
NO_OBJECTS: Final = (b"[1, 2]", b'"text"', b"5", b"null", b"[]")
NOT_CHECKED: Final = {
    **dict.fromkeys(range(SIZE + 1, SIZE + 1 + len(NO_OBJECTS)), "is not an object"),
    SIZE + 1 + len(NO_OBJECTS): "is nested deeper than 200 levels",
}


def hostile() -> Iterator[bytes]:
    """Give releases that were good ones, until something was put into them."""
    first = orjson.loads(collection("collection.previous.jsonl", SIZE)[0])
    deep = b'{"ocid": "deep", "tender": ' + b'{"a": [' * 700 + b"]}" * 700 + b"}"
    yield from (*NO_OBJECTS, deep)
    for number in (b"1e400", b"-1e400", DIGITS, b"-" + DIGITS, b"0." + DIGITS, b"1e-400"):
        yield b'{"ocid": "a", "tender": {"value": {"amount": %b, "currency": "USD"}, "numberOfTenderers": %b}}' % (
            number,
            number,
        )
    yield orjson.dumps(first | {"ocid": LONG})  # no index takes it
    ocids: tuple[Any, ...] = (5, ["a"], {}, None, "", "a" * 10_000)
    for ocid in ocids:
        yield orjson.dumps(first | {"ocid": ocid})
    period = {"startDate": "2020-01-01T00:00:00", "endDate": "2020-02-01T00:00:00Z", "durationInDays": 31}
    yield orjson.dumps(
        first | {"tender": {"id": [1, 2], "tenderPeriod": period, "value": {"amount": 1, "currency": {}}}}
    )
    yield orjson.dumps(first | {"awards": [{"id": [["a"]], "value": {"amount": 5, "currency": {"a": 1}}}]})
    chance = random.Random(1)  # noqa: S311 the same each time
    for text in collection("collection.previous.jsonl", SIZE):
        release = orjson.loads(text)
        for _ in range(4):
            spoil(release, chance)
        yield orjson.dumps(release)


def spoil(value: Any, chance: random.Random) -> None:  # noqa: ANN401 any JSON
    """Put something hostile somewhere."""
    while True:
        keys = list(value) if isinstance(value, dict) else list(range(len(value)))
        if not keys:
            return
        key = chance.choice(keys)
        if not isinstance(value[key], (dict, list)) or chance.random() < 0.2:
            value[key] = chance.choice(HOSTILE)
            return
        value = value[key]


async def test_a_collection_of_them(here: World, expected: Mapping[int, Rows], tmp_path: Path) -> None:
    """After as many good releases, twice: as a dataset, and as one that is compared with it."""
    bad = list(hostile())
    async with opened(here.kingfisher) as connection:
        number = await kingfisher_process.load(connection, [*collection("collection.previous.jsonl", SIZE), *bad])
    async with here.serving(replicas=2):
        for dataset in (1, 2):
            ancestor = dataset - 1 or None
            message = ExtractCollection(name=f"bad {dataset}", collection_id=number, ancestor_id=ancestor)
            await here.ask(Queue.EXTRACT_KINGFISHER, message)
            await here.progress.until_checked(dataset)
    assert await here.broker.dead_letters() == []

    (run,) = await here.fetch("select size, skipped, items_left, without_ocid, not_checked from dataset_run "
                              "join progress_monitor_dataset using (dataset_id) where dataset_id = 1")  # fmt: skip
    assert run["size"] + run["skipped"] == SIZE + len(bad)
    assert run["skipped"] == sum(b'"ocid":"' + LONG.encode() in text for text in bad), "no index takes that"
    assert (run["items_left"], run["not_checked"]) == (0, len(NOT_CHECKED))
    not_checked = await here.fetch("select data_item_id, reason from item_not_checked where dataset_id = 1")
    assert {row["data_item_id"]: row["reason"] for row in not_checked} == NOT_CHECKED
    (checked,) = await here.fetch("select count(*) from item_result where dataset_id = 1")
    assert checked["count"] == run["size"] - len(NOT_CHECKED)
    results = (await here.rows())["item_result"]
    assert set(expected[1]["item_result"]) <= set(results), "the good ones are as if they were alone"

    # All results can be read: those of items without a text as ocid aren't shown.
    for view in ("field_level_check", "resource_level_check"):
        (shown,) = await here.fetch(
            f"select count(*) from {view} where dataset_id = 1 and (result::jsonb)->'checks' <> '{{}}'"  # noqa: S608
        )
        assert shown["count"] == checked["count"] - run["without_ocid"]
    for words in (("report", "2", "--html", "report.html", "--json", "report.json"), ("failures", "1", "failures.csv")):
        paths = [str(tmp_path / word) if "." in word else word for word in words]
        ended = await ran(here.environment, *paths)
        assert (ended.status, ended.error) == (0, "")
    (reports,) = await here.fetch("select count(*) from report")
    assert reports["count"] == 4
    (rows,) = await here.fetch("select count(*) from time_variance_level_check where dataset_id = 2")
    assert rows["count"] > 0


async def test_large_items_are_read_a_few_at_a_time(
    here: World, expected: Mapping[int, Rows], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(RecentItems, "take", lambda *_: None)  # as if another replica had written them
    monkeypatch.setattr(items, "STORED_BYTES", 5_000)
    read: list[int] = []
    whole = items.unchecked

    async def unchecked(*arguments: Any) -> items.Unchecked:  # noqa: ANN401 as they come
        found = await whole(*arguments)
        read.append(len(found.items))
        return found

    monkeypatch.setattr(items, "unchecked", unchecked)
    async with here.serving():
        await here.ask(Queue.EXTRACT_KINGFISHER, request(1))
        await here.progress.until_checked(1)
    assert await here.rows() == expected[1]
    assert 0 < max(read) < here.settings().extractor_max_batch_size
    assert sum(read) == SIZE


async def test_a_collection_that_grows_meanwhile(here: World) -> None:
    """What comes after the message isn't taken: ids were set aside for as many releases as there were."""
    async with supervisor.built(here.settings(), codelists.snapshot()) as parts:
        for version in (1, 2):
            delivery = Delivery(Queue.EXTRACT_KINGFISHER, b"", message_id=str(version))
            await extract_kingfisher_process.begin(parts, request(version), delivery)
    async with opened(here.kingfisher) as connection:
        await kingfisher_process.add_releases(connection, 2, collection("collection.jsonl", 5))
    async with here.serving():
        await here.progress.until_checked(2)
    rows = await here.fetch("select dataset_id, count(*), max(id) - min(id) + 1 as ids from data_item group by 1")
    assert sorted(tuple(row) for row in rows) == [(1, SIZE, SIZE), (2, SIZE, SIZE)]
