"""What a database refuses is stored in the nearest form that it takes, and the item says so; logs can't be forged."""

import json
import re
import signal
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import orjson

from pelican_async.broker.memory import MemoryBroker
from pelican_async.database.connecting import opened
from pelican_async.file_extraction import extract_files
from pelican_async.messages import ExtractCollection, Queue
from pelican_async.reference import codelists, stored_rates
from pelican_async.sources.parsing import HALF_PAIR, NO_NUMBER
from pelican_async.sources.storable import NO_NUL
from tests.services import kingfisher_process
from tests.services.command import ran
from tests.services.postgresql import empty
from tests.services.progress import watched
from tests.services.replica import replica
from tests.services.running import running, set_up, settings_for
from tests.services.world import World

GOOD: Final = {"ocid": "ocds-213czf-good", "tag": ["compiled"], "tender": {"status": "active"}, "awards": [{}]}
HOSTILE: Final[Mapping[bytes, tuple[dict[str, Any], str]]] = {
    rb'{"title": "a\u0000b", "\u0000": 1}': ({"title": "a\ufffdb", "\ufffd": 1}, NO_NUL),
    rb'{"title": "\ud800\udfffx\udc00"}': ({"title": "\U000103ffx\ufffd"}, HALF_PAIR),
    b'{"value": {"amount": 1e200000}}': ({"value": {"amount": "1e200000"}}, NO_NUMBER),
    b'{"value": {"amount": -%b}}' % (b"9" * 100_000): ({"value": {"amount": f"-{'9' * 100_000}"}}, NO_NUMBER),
    rb'{"value": {"amount": NaN}, "title": "\ud800\u0000"}': (
        {"value": {"amount": "NaN"}, "title": "\ufffd\ufffd"},
        f"{HALF_PAIR}; {NO_NUMBER}; {NO_NUL}",
    ),
    b'{"value": {"amount": 1e-400}}': ({"value": {"amount": 0.0}}, ""),
}
"""Tenders as published, how they are stored, and what is said of that."""
FORGED: Final = "x\n2026-01-01T00:00:00Z [error    ] forged\r\x1b[31m\x9b2J\u202e\u2028"


async def test_what_a_database_refuses_is_stored_otherwise_and_the_item_says_so(
    postgresql: str, tmp_path: Path
) -> None:
    good = json.dumps(GOOD).encode()
    lines = [b'{"ocid": "ocds-213czf-1", "tag": ["compiled"], "tender": %b}' % tender for tender in HOSTILE]
    (tmp_path / "releases.jsonl").write_bytes(b"\n".join([good, *lines, good]))
    # What stands in a package that is a line of its own is cut out of it.
    package = b'{"releases": [%b, %b]}\n%b' % (lines[0], lines[1], good)
    (tmp_path / "packages.jsonl").write_bytes(package)
    async with empty(postgresql) as database:
        await set_up(database)
        settings = settings_for(database)
        async with watched(database) as progress, running(settings, MemoryBroker(), codelists.snapshot()):
            async with opened(database) as connection:
                await stored_rates.fill(connection)
                for name in ("releases.jsonl", "packages.jsonl"):
                    await extract_files(connection, settings, "hostile", None, [str(tmp_path / name)])
            await progress.until_checked(2)
        async with opened(database) as connection:
            rows = await connection.fetch(
                """select data_item.dataset_id, data -> 'tender' as tender, changes
                from data_item left join item_changed on data_item_id = data_item.id order by data_item.id"""
            )
            (not_checked,) = await connection.fetch("select count(*) from item_not_checked")
        found = [(orjson.loads(row["tender"]), row["changes"] or "") for row in rows if row["dataset_id"] == 1]
        assert found == [(GOOD["tender"], ""), *HOSTILE.values(), (GOOD["tender"], "")]
        packaged = [row["changes"] or "" for row in rows if row["dataset_id"] == 2]
        assert sorted(packaged) == sorted(["", f"{HALF_PAIR}; {NO_NUL}", HALF_PAIR])
        assert not_checked["count"] == 0

        ended = await ran({"DATABASE_URL": database}, "report", "1", "--json", str(tmp_path / "report.json"))
        assert ended.status == 0
        notes = json.loads((tmp_path / "report.json").read_text("utf-8"))["notes"]
        assert f"In 3 releases, {NO_NUMBER} (the first: item 4)." in notes
        assert (await ran({"DATABASE_URL": database}, "remove", "1")).status == 0
        async with opened(database) as connection:
            left = await connection.fetch("select distinct dataset_id from item_changed")
            assert [row["dataset_id"] for row in left] == [2]


async def test_numbers_too_large_for_the_checks_are_told_of_whatever_the_source(here: World) -> None:
    """A database stores numbers of 100,000 digits; the checks read them as texts."""
    releases = [
        b'{"ocid": "a", "tender": {"value": {"amount": %b, "currency": "USD"}}}' % number
        for number in (b"1", b"9" * 100_000, b"1e400")
    ]
    async with opened(here.kingfisher) as connection:
        number = await kingfisher_process.load(connection, releases)
    async with here.serving():
        await here.ask(Queue.EXTRACT_KINGFISHER, ExtractCollection(name="numbers", collection_id=number))
        await here.progress.until_checked(1)
    rows = await here.fetch("select data_item_id, changes from item_changed")
    assert sorted(tuple(row) for row in rows) == [(2, NO_NUMBER), (3, NO_NUMBER)]


async def test_no_value_forges_lines_in_logs(here: World) -> None:
    """A dataset's name is what comes into a log of all that others give: as an entry for it, and in an error."""
    async with replica({**here.environment, "LOG_FORMAT": "text"}) as service:
        for collection in (2, 99):
            message = ExtractCollection(name=FORGED, collection_id=collection)
            for _ in range(2):
                await here.broker.publish(Queue.EXTRACT_KINGFISHER, message.model_dump_json().encode(), f"{collection}")
        await here.progress.until_checked(1)
        service.send(signal.SIGTERM)
        assert await service.ended() == 0
    lines = [entry["event"] for entry in service.log]
    assert any("forged" in line for line in lines), "it is in the log"
    for line in lines:
        assert re.match(r"\d{4}-\d\d-\d\dT[\d:.]+Z \[(debug|info|warning|error) +\] (?!forged)", line), line
        assert line.isprintable(), line
