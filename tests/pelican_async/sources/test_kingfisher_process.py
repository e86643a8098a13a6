"""Reading collections from a real database of Kingfisher Process."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import datetime
from itertools import product
from typing import Final

import asyncpg
import orjson
import pytest
import pytest_asyncio
from hypothesis import given
from hypothesis import strategies as st

from checks.values import Json
from pelican_async.database.connecting import Connection, connect, single
from pelican_async.sources import kingfisher_process, paging
from pelican_async.sources.kingfisher_process import NOTHING_KNOWN, Metadata, candidates, metadata, pages
from pelican_async.sources.pages import Page
from tests.golden.loading import document, lines
from tests.services.kingfisher_process import Origin, add_collection, add_package, add_releases, create, load

RELEASES: Final = [{"ocid": f"ocds-213czf-{number}", "id": str(number), "date": "2020-01-01"} for number in range(5)]
STARTED: Final = datetime(2020, 1, 1, 10)  # noqa: DTZ001 as the column has it
LARGEST: Final = 300_000


@pytest_asyncio.fixture
async def connection(database: str) -> AsyncIterator[Connection]:
    async with connect(database, size=1) as pool, pool.acquire() as one:
        await create(one)
        yield one


async def taken(  # noqa: PLR0913
    connection: Connection,
    collection_id: int,
    *,
    after: int = 0,
    limit: int | None = None,
    largest: int = LARGEST,
    page_size: int = 1_000,
) -> list[Page]:
    reading = pages(connection, collection_id, after=after, limit=limit, largest=largest, page_size=page_size)
    return [page async for page in reading]


def ids(found: list[Page]) -> list[str]:
    return [json.loads(release)["id"] for page in found for release in page.releases]


async def test_counts_what_will_be_looked_at(connection: Connection) -> None:
    collection = await load(connection, RELEASES)
    for max_items, expected in ((None, 5), (0, 5), (-1, 5), (3, 3), (5, 5), (6, 5), (2**62, 5)):
        assert await candidates(connection, collection, max_items) == expected
    for empty in (1, 99, 2**62, -1):
        assert await candidates(connection, empty, None) == 0


async def test_gives_the_releases_of_one_collection_in_order(connection: Connection) -> None:
    await load(connection, RELEASES)
    collection = await load(connection, RELEASES[:3])
    await load(connection, RELEASES)
    (page,) = await taken(connection, collection)
    assert page.last_id == 8
    assert page.skipped == 0
    assert [json.loads(release) for release in page.releases] == RELEASES[:3]
    assert all(type(release) is bytes for release in page.releases)


async def test_gives_a_row_that_shares_its_data_too(connection: Connection) -> None:
    collection = await load(connection, RELEASES[:2])
    await connection.execute(
        """insert into compiled_release (collection_id, ocid, release_date, data_id)
        select collection_id, ocid, '', data_id from compiled_release order by id desc"""
    )
    assert ids(await taken(connection, collection)) == ["0", "1", "1", "0"]


async def test_follows_the_ids_of_the_rows_not_of_their_data(connection: Connection) -> None:
    collection = await load(connection, RELEASES)
    await connection.execute("update compiled_release set id = 100 - id")
    assert ids(await taken(connection, collection)) == ["4", "3", "2", "1", "0"]


async def test_begins_after_a_row_and_ends_at_the_limit(connection: Connection) -> None:
    collection = await load(connection, RELEASES)
    for page_size, after, limit in product((1, 2, 3, 5, 1_000), range(7), (None, 0, 1, 2, 5, 6)):
        found = await taken(connection, collection, after=after, limit=limit, page_size=page_size)
        expected = ["0", "1", "2", "3", "4"][after:][:limit]
        assert ids(found) == expected
        assert [len(page.releases) for page in found[:-1]] == [page_size] * (len(found) - 1)
        assert [page.last_id for page in found] == [int(json.loads(page.releases[-1])["id"]) + 1 for page in found]


async def test_goes_on_where_a_page_ended(connection: Connection) -> None:
    collection = await load(connection, RELEASES)
    found: list[Page] = []
    while page := (await taken(connection, collection, after=found[-1].last_id if found else 0, page_size=2))[:1]:
        found += page
    assert ids(found) == ["0", "1", "2", "3", "4"]


async def test_counts_what_is_too_large_where_it_is_stored(connection: Connection) -> None:
    compressible = {"id": "compressible", "title": "a" * 50_000}
    collection = await load(connection, [{"id": "small"}, compressible, {"id": "last"}])
    sizes = [row["size"] for row in await connection.fetch("select pg_column_size(data) size from data order by id")][
        1:
    ]
    assert sizes[1] < 5_000  # it is stored compressed, and that counts
    for largest, expected in (
        (sizes[1] + 1, ["small", "compressible", "last"]),
        (sizes[1], ["small", "last"]),
        (sizes[0] + 1, ["small", "last"]),
        (sizes[2], []),
    ):
        (page,) = await taken(connection, collection, largest=largest)
        assert ids([page]) == expected
        assert (page.skipped, page.last_id) == (3 - len(expected), 3)


async def test_limits_the_rows_that_are_looked_at(connection: Connection) -> None:
    collection = await load(connection, [{"id": "large", "title": "a" * 50_000}, *RELEASES])
    found = await taken(connection, collection, limit=3, largest=500, page_size=2)
    assert ids(found) == ["0", "1"]
    assert [(page.last_id, page.skipped) for page in found] == [(2, 1), (3, 0)]


async def test_a_page_of_large_releases_ends_early(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "BLOCK", 1)
    monkeypatch.setattr(paging, "PAGE_BYTES", 100_000)
    collection = await load(connection, [{"id": str(number), "title": "a" * 60_000} for number in range(5)])
    found = await taken(connection, collection)
    assert [len(page.releases) for page in found] == [2, 2, 1]
    assert ids(found) == ["0", "1", "2", "3", "4"]


async def test_shows_one_moment_and_changes_nothing(connection: Connection, database: str) -> None:
    collection = await load(connection, RELEASES)
    other = await single(database)
    seen: list[str] = []
    async for page in pages(connection, collection, largest=LARGEST, page_size=2):
        await other.execute("delete from compiled_release")
        await add_releases(other, collection, RELEASES)
        seen += ids([page])
        with pytest.raises(asyncpg.ReadOnlySQLTransactionError):
            async with connection.transaction():
                await connection.execute("delete from compiled_release")
    await other.close()
    assert seen == ["0", "1", "2", "3", "4"]


async def test_leaves_the_connection_free_when_it_is_closed(connection: Connection) -> None:
    collection = await load(connection, RELEASES)
    reading = pages(connection, collection, largest=LARGEST, page_size=2)
    await anext(reading)
    assert connection.is_in_transaction()
    await reading.aclose()
    assert not connection.is_in_transaction()
    assert len(ids(await taken(connection, collection))) == 5


async def test_reads_many_without_sorting_the_releases(connection: Connection) -> None:
    collection = await load(connection, ({"id": str(number)} for number in range(20_000)))
    explain = f"explain (costs off) {kingfisher_process._RELEASES}"  # noqa: SLF001 what is planned is that
    rows = await connection.fetch(explain, collection, 0, None, LARGEST)
    plan = "\n".join(row[0] for row in rows)
    assert plan.startswith("Nested Loop")  # what is sorted, if anything, is ids
    assert "Index Scan using data_pkey on data" in plan
    assert ids(await taken(connection, collection)) == [str(number) for number in range(20_000)]


async def test_describes_the_golden_collections(connection: Connection) -> None:
    for name, dataset in (("full", "dataset_1"), ("full.later", "dataset_2")):
        collection = await load(connection, (line for line in lines(f"collections/{name}.jsonl.gz")))
        meta = document("pipeline/expected.json.gz")[dataset]["dataset"]["meta"]
        found = await metadata(connection, collection)
        assert found.kingfisher_metadata == meta["kingfisher_metadata"]
        assert found.collection_metadata == meta["collection_metadata"]
        assert found.extensions == ()


async def test_nothing_is_known_of_a_collection_that_is_missing_or_has_children(connection: Connection) -> None:
    await load(connection, RELEASES)
    for collection in (99, 2**62, 1):
        assert await metadata(connection, collection) == NOTHING_KNOWN
    assert {key: value for key, value in NOTHING_KNOWN.collection_metadata.items() if value is not None} == {
        "extensions": []
    }


async def test_follows_a_chain_to_its_root(connection: Connection) -> None:
    origin = await add_collection(connection, None, STARTED, None)
    await add_package(connection, origin, {"publisher": {"name": "Origin"}})
    upgraded = await add_collection(connection, origin, datetime(2020, 2, 2), datetime(2020, 2, 3))  # noqa: DTZ001
    await add_package(connection, upgraded, {"publisher": {"name": "Upgraded"}})
    compiled = await add_collection(connection, upgraded, datetime(2020, 3, 3), None)  # noqa: DTZ001
    found = await metadata(connection, compiled)
    assert found.kingfisher_metadata == {
        "collection_id": compiled,
        "processing_start": "2020-01-01 10.00.00",
        "processing_end": None,
    }
    assert found.collection_metadata["publisher"] == "Origin"


async def test_a_collection_may_be_its_own_root(connection: Connection) -> None:
    collection = await add_collection(connection, None, None, datetime(2020, 3, 3, 1, 2, 3))  # noqa: DTZ001
    await add_package(connection, collection, {"license": "x"})
    found = await metadata(connection, collection)
    assert found.kingfisher_metadata["processing_start"] is None
    assert found.kingfisher_metadata["processing_end"] == "2020-03-03 01.02.03"
    assert found.collection_metadata["data_license"] == "x"


async def test_a_chain_that_is_a_circle_has_no_root(connection: Connection) -> None:
    for length in (1, 2, 3):
        circle = [await add_collection(connection, None, STARTED, STARTED) for _ in range(length)]
        for number, collection in enumerate(circle):
            parent = circle[(number + 1) % length]
            await connection.execute(
                "update collection set transform_from_collection_id = $2 where id = $1", collection, parent
            )
            await add_package(connection, collection, {"license": "x"})
        compiled = await add_collection(connection, circle[0], STARTED, STARTED)
        found = await metadata(connection, compiled)
        assert found.kingfisher_metadata["processing_start"] is None
        assert found.kingfisher_metadata["processing_end"] == "2020-01-01 10.00.00"
        assert found.collection_metadata["data_license"] is None
        assert await metadata(connection, circle[0]) == NOTHING_KNOWN


async def test_times_with_a_zone_are_given_in_utc(connection: Connection) -> None:
    await connection.execute("set timezone = 'America/Bogota'")
    await connection.execute(
        "alter table collection alter store_start_at type timestamptz, alter store_end_at type timestamptz"
    )
    await connection.execute(
        "insert into collection values (7, '', '', null, '2020-01-01 23:30:00-05', '2020-01-02T00:00Z')"
    )
    found = await metadata(connection, 7)
    assert found.kingfisher_metadata["processing_start"] == "2020-01-02 04.30.00"
    assert found.kingfisher_metadata["processing_end"] == "2020-01-02 00.00.00"


async def test_prefers_the_package_of_a_record(connection: Connection) -> None:
    collection = await load(connection, RELEASES, Origin(package={"license": "of a release"}))
    assert (await metadata(connection, collection)).collection_metadata["data_license"] == "of a release"
    await add_package(connection, 1, None, records=True)
    assert (await metadata(connection, collection)).collection_metadata["data_license"] == "of a release"
    await add_package(connection, 1, {"license": "of a record"}, records=True)
    assert (await metadata(connection, collection)).collection_metadata["data_license"] == "of a record"


async def test_a_collection_may_have_no_package(connection: Connection) -> None:
    collection = await load(connection, RELEASES, Origin(package=None))
    found = await metadata(connection, collection)
    assert found.extensions == ()
    assert found.collection_metadata == {
        "publisher": None,
        "data_license": None,
        "publication_policy": None,
        "extensions": [],
        "ocid_prefix": "ocds-213czf",
        "published_from": "2020-01-01 00.00.00",
        "published_to": "2020-01-01 00.00.00",
    }


@pytest.mark.parametrize("records", [False, True])
async def test_reads_packages_of_any_shape(connection: Connection, records: bool) -> None:  # noqa: FBT001
    nothing = [None] * 3
    for package, expected, urls in (
        ({"publisher": {"name": ""}, "license": "", "publicationPolicy": "", "extensions": [""]}, nothing, [""]),
        ({"publisher": {"name": " "}, "license": "l", "publicationPolicy": "p"}, [" ", "l", "p"], []),
        ({"publisher": "name", "license": 5, "publicationPolicy": ["x"], "extensions": "http://x"}, nothing, []),
        ({"publisher": ["name"], "license": {"a": 1}, "extensions": {"a": "http://x"}}, nothing, []),
        ({"publisher": [{"name": "x"}], "license": None, "publicationPolicy": True}, nothing, []),
        ({"publisher": {"name": {}}, "extensions": ["u", 1, None, ["v"], "u", "w"]}, nothing, ["u", "u", "w"]),
        ([{"publisher": {"name": "x"}, "license": "l", "extensions": ["http://x"]}], nothing, []),
        ([], nothing, []),
        ("publisher", nothing, []),
        (7, nothing, []),
    ):
        collection = await load(connection, RELEASES, Origin(package=package, records=records))
        found = await metadata(connection, collection)
        members = ("publisher", "data_license", "publication_policy")
        assert [found.collection_metadata[member] for member in members] == expected, package
        assert found.extensions == tuple(urls), package


async def test_dates_of_publication(connection: Connection) -> None:
    for dates, first, last in (
        ([], None, None),
        (["", ""], None, None),
        (["", "2020-01-01T10:00:00Z"], "2020-01-01 10.00.00", "2020-01-01 10.00.00"),
        # Compared as texts, each written in its own offset.
        (["2020-01-01T23:00:00-05:00", "2020-01-02T01:00:00+05:00"], "2020-01-01 23.00.00", "2020-01-02 01.00.00"),
        (["2020-01-01T00:00:00Z", "soon"], "2020-01-01 00.00.00", None),
        (["2020", "2020-13-45"], "2020-01-01 00.00.00", None),
        (["2020-01-01T10:00:00.123", "2021-02-03"], "2020-01-01 10.00.00", "2021-02-03 00.00.00"),
        (["1999-12-31T24:00:00Z", "9999-12-31T24:00:00Z"], "2000-01-01 00.00.00", None),
    ):
        collection = await load(connection, [{"ocid": "ocds-213czf-1", "date": date} for date in dates])
        found = (await metadata(connection, collection)).collection_metadata
        assert (found["published_from"], found["published_to"]) == (first, last), dates
        assert found["ocid_prefix"] == ("ocds-213czf" if any(dates) else None), dates


async def test_the_prefix_is_that_of_the_greatest_ocid_with_a_date(connection: Connection) -> None:
    dated = [{"ocid": ocid, "date": "2020"} for ocid in ("ocds-aaaaaa-1", "x", "OCDS-zzzzzz", "ocds-bbbbbb-1")]
    collection = await load(connection, [*dated, {"ocid": "zzz"}])
    assert (await metadata(connection, collection)).collection_metadata["ocid_prefix"] == "x"
    collection = await load(connection, [dated[0], dated[2], dated[3]])
    assert (await metadata(connection, collection)).collection_metadata["ocid_prefix"] == "ocds-bbbbbb"


ANYTHING: Final = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-9, 9)
    | st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["publisher", "name", "license", "publicationPolicy", "extensions", ""]), inner, max_size=5
        )
    ),
    max_leaves=10,
)


def test_any_package_is_read(database: str) -> None:
    with asyncio.Runner() as runner:
        connection = runner.run(single(database))
        runner.run(create(connection))
        collection = runner.run(load(connection, ()))

        async def read(package: Json) -> Metadata:
            await connection.execute("update package_data set data = $1", orjson.dumps(package))
            return await metadata(connection, collection)

        @given(package=ANYTHING)
        def check(package: Json) -> None:
            assert_read(package, runner.run(read(package)))

        check()
        runner.run(connection.close())


def assert_read(package: Json, found: Metadata) -> None:
    published = package if isinstance(package, dict) else {}
    publisher = published.get("publisher")
    name = publisher.get("name") if isinstance(publisher, dict) else None
    urls = published.get("extensions")
    assert found.collection_metadata["publisher"] == (name if isinstance(name, str) and name else None)
    for member, key in (("license", "data_license"), ("publicationPolicy", "publication_policy")):
        value = published.get(member)
        assert found.collection_metadata[key] == (value if isinstance(value, str) and value else None)
    assert list(found.extensions) == ([url for url in urls if isinstance(url, str)] if isinstance(urls, list) else [])
