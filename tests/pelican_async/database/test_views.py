"""Stored results read as they always did: by the frontend's queries, and as a whole."""

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checks import catalog, fields
from checks.batch import Mapper, Wanted
from checks.field_table import VARIANTS
from checks.fields import ALL
from checks.quality import Quality
from checks.release import Release
from checks.sampling import Sampling
from checks.values import Json
from pelican_async.database.connecting import Connection, single
from pelican_async.database.layouts import current_layout
from tests.checks.building import reference_data, with_anything_anywhere
from tests.golden.loading import lines
from tests.services.frontend_queries import FAILING_CHECK, FAILING_FIELD

SCHEMA: Final = (Path(__file__).parents[3] / "schema.sql").read_text(encoding="utf-8")
EXAMPLE: Final[dict[str, Any]] = {
    "ocid": "ocds-213czf-1",
    "date": "2019-02-03T04:05:06Z",
    "buyer": {"id": "1", "name": "a"},
    "parties": [{"id": "1", "roles": ["buyer"], "contactPoint": {"email": "x", "telephone": "1"}}],
    "tender": {"id": "1", "status": "active", "documents": [{"id": "1", "description": "d" * 300, "language": "en"}]},
    "awards": [{"id": "1", "suppliers": [{"id": "1", "name": "b"}], "value": {"amount": -1, "currency": "USD"}}],
    "contracts": [{"id": "1", "awardID": "1", "implementation": {"transactions": [{"value": {"amount": 1}}]}}],
}


def in_postgresql(value: Json) -> bool:
    """Say whether the database takes a value as it is."""
    try:
        text = orjson.dumps(value).decode()
    except (TypeError, UnicodeDecodeError):
        return False
    return "\\u0000" not in text


def numbers_alike(value: Json) -> Json:
    """Compare numbers as JSON does, which knows one kind of them."""
    if isinstance(value, dict):
        return {key: numbers_alike(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [numbers_alike(inner) for inner in value]
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


async def store(connection: Connection, releases: Sequence[dict[str, Json]]) -> int:
    """Store releases and their results; give the dataset."""
    layout = await current_layout(connection, quality=True)
    dataset: int = await connection.fetchval("insert into dataset (name, meta) values ('a', '{}') returning id")
    first: int = await connection.fetchval("select coalesce(max(id), 0) + 1 from data_item")
    mapper = Mapper(reference_data(), Sampling(b"a test", first), Wanted(facts=False, stored=True))
    stored = mapper.map(list(enumerate(releases, first))).stored
    await connection.copy_records_to_table(
        "data_item",
        columns=("id", "dataset_id", "data"),
        records=[(item, dataset, orjson.dumps(release)) for item, release in enumerate(releases, first)],
    )
    await connection.copy_records_to_table(
        "item_result",
        columns=("data_item_id", "dataset_id", "layout", "ocid", "fields", "checks"),
        records=[(item, dataset, layout, *one) for item, one in enumerate(stored, first)],
    )
    return dataset


async def ocids(connection: Connection, query: str) -> list[str]:
    return [ocid for (ocid,) in await connection.fetch(query)]


def expected_fields(releases: Sequence[dict[str, Json]]) -> list[dict[str, Any]]:
    quality = Quality(VARIANTS, reference_data())
    quality.guarded = True
    return [fields.results(release, quality) for release in releases]


@pytest.mark.golden
async def test_the_frontends_queries_give_what_a_plain_computation_gives(
    database: str, record_property: Callable[[str, object], None]
) -> None:
    releases = [line["data"] for line in lines("items.jsonl.gz")][:150]
    connection = await single(database)
    await connection.execute(SCHEMA)
    dataset = await store(connection, releases)
    results = expected_fields(releases)
    compared = 0
    for field in ALL:
        for group in ("coverage", "quality"):
            expected = sorted(
                release["ocid"]
                for release, result in zip(releases, results, strict=True)
                if type(release.get("ocid")) is str
                and any(one[group]["overall_result"] is False for one in result.get(field.path, []))
            )
            query = FAILING_FIELD.format(dataset=dataset, path=field.path, group=group)
            assert sorted(await ocids(connection, query)) == expected, (field.path, group)
            compared += 1
    for name, check in catalog.find("compiled_release").items():
        expected = sorted(
            release["ocid"]
            for item, release in enumerate(releases)
            if type(release.get("ocid")) is str
            and check.module.check(Release(release, item, reference_data())).result is False
        )
        assert sorted(await ocids(connection, FAILING_CHECK.format(dataset=dataset, name=name))) == expected, name
        compared += 1
    record_property("golden", f"frontend queries: {compared:,} compared over {len(releases)} releases: equal")
    await connection.close()


def test_whole_results_of_any_release_read_as_before(postgresql: str) -> None:
    """As one JSON value, results are the same as those computed in memory, whatever the releases have."""
    loop = asyncio.new_event_loop()
    connection: Connection = loop.run_until_complete(single(postgresql))
    loop.run_until_complete(connection.execute("create schema views; set search_path to views"))
    loop.run_until_complete(connection.execute(SCHEMA))

    @settings(max_examples=12)
    @given(st.lists(with_anything_anywhere(EXAMPLE).filter(in_postgresql), min_size=8, max_size=25))
    def compare(releases: list[dict[str, Json]]) -> None:
        loop.run_until_complete(compare_whole(connection, releases))

    try:
        compare()
    finally:
        loop.run_until_complete(connection.execute("drop schema views cascade"))
        loop.run_until_complete(connection.close())
        loop.close()


async def compare_whole(connection: Connection, releases: Sequence[dict[str, Json]]) -> None:
    dataset = await store(connection, releases)
    rows = await connection.fetch(
        "select data_item_id, result::jsonb as whole from field_level_check where dataset_id = $1 order by 1", dataset
    )
    read = [numbers_alike(orjson.loads(row["whole"])["checks"]) for row in rows]
    with_ocid = [release for release in releases if type(release.get("ocid")) is str]
    computed = [
        # A field whose parent's list has nothing but empty lists is left out: there is nothing to say of it.
        {path: numbers_alike(results) for path, results in result.items() if results}
        for result in expected_fields(with_ocid)
    ]
    assert read == computed
    checks = await connection.fetch(
        "select result::jsonb as whole from resource_level_check where dataset_id = $1 order by data_item_id", dataset
    )
    for release, row in zip(with_ocid, checks, strict=True):
        seen = orjson.loads(row["whole"])["checks"]
        for name, check in catalog.find("compiled_release").items():
            result = check.module.check(Release(release, 0, reference_data()))
            assert seen[name]["result"] == result.result
            assert seen[name]["application_count"] == result.application_count
            assert seen[name]["pass_count"] == result.pass_count
            if result.result is not None:
                assert numbers_alike(seen[name]["meta"]) == numbers_alike(orjson.loads(orjson.dumps(result.meta)))


async def test_what_is_asked_for_alone_is_as_in_the_whole(database: str) -> None:
    """Passing, failing and failing to run, in one occurrence and in several; and what nobody asks for often."""
    connection = await single(database)
    await connection.execute(SCHEMA)
    awards = [{"id": "1", "status": "x"}, {"status": ""}, "not an object", {"id": None, "title": 5}]
    await store(connection, [EXAMPLE, {**EXAMPLE, "awards": awards, "tender": [{}]}, {"ocid": "a"}])
    failed = {"coherent.dates": "[1,1] is no date", "consistent.tender_value": [2, 1, {"coherent.period": [1, 1]}]}
    await connection.execute("update item_result set checks = $1 where data_item_id = 2", orjson.dumps(failed).decode())
    results = ("overall_result", "check_results")
    lazy = await connection.fetch(
        """select
            data_item_id, field.path, jsonb_array_length(result -> 'checks' -> field.path) as number,
            jsonb_agg(jsonb_build_object(
                'path', occurrence ->> 'path',
                'coverage', jsonb_build_object(
                    'overall_result', (occurrence -> 'coverage' ->> 'overall_result')::boolean,
                    'check_results', occurrence -> 'coverage' -> 'check_results'),
                'quality', jsonb_build_object(
                    'overall_result', (occurrence -> 'quality' ->> 'overall_result')::boolean,
                    'check_results', occurrence -> 'quality' -> 'check_results')
            ) order by (occurrence).place) as lazy,
            jsonb_agg(occurrence::jsonb order by (occurrence).place) as whole,
            (result -> 'checks' -> field.path)::jsonb as of_field, result -> 'checks' ->> field.path as as_text
        from field_level_check cross join field_layout as field
            cross join lateral jsonb_array_elements(result -> 'checks' -> field.path) as occurrence
        group by data_item_id, field.path, result order by 1, 2"""
    )
    whole = await connection.fetch(
        """select data_item_id, path, value
        from field_level_check cross join lateral jsonb_each((result::jsonb) -> 'checks') as each (path, value)
        order by 1, 2"""
    )
    assert len(lazy) == len(whole) > 200
    seen = set()
    for one, same in zip(lazy, whole, strict=True):
        assert (one["data_item_id"], one["path"]) == (same["data_item_id"], same["path"])
        expected = orjson.loads(same["value"])
        for name in ("lazy", "whole", "of_field"):
            assert orjson.loads(one[name]) == expected, (name, one["path"])
        assert orjson.loads(one["as_text"]) == expected
        assert one["number"] == len(expected)
        seen |= {(group, result[group][results[0]]) for result in expected for group in ("coverage", "quality")}
    assert len(seen) == 5, seen
    checks = await connection.fetch(
        """select
            name, result -> 'checks' -> name ->> 'result' as result, result -> 'checks' -> name ->> 'meta' as meta,
            (result -> 'checks' -> name)::jsonb as lazy, (result::jsonb) -> 'checks' -> name as whole
        from resource_level_check cross join check_layout"""
    )
    seen_results = set()
    for one in checks:
        expected = orjson.loads(one["whole"])
        assert orjson.loads(one["lazy"]) == expected
        assert one["result"] == {True: "true", False: "false", None: None}[expected["result"]], one["name"]
        assert orjson.loads(one["meta"] or b"null") == expected["meta"]
        seen_results.add(one["result"])
    assert seen_results == {"true", "false", None}
    await connection.close()


async def test_rows_that_were_written_whole_read_as_before(database: str) -> None:
    connection = await single(database)
    await connection.execute(SCHEMA)
    dataset: int = await connection.fetchval("insert into dataset (name, meta) values ('a', '{}') returning id")
    await connection.execute("insert into data_item (id, dataset_id, data) values (1, $1, '{}')", dataset)
    whole = {
        "meta": {"ocid": "ocds-213czf-1", "item_id": 1},
        "checks": {"awards.id": [{"coverage": {"overall_result": False}, "quality": {"overall_result": None}}]},
    }
    checks = {**whole, "checks": {"coherent.dates": {"result": False}}}
    for table, result in (("field_level_check_whole", whole), ("resource_level_check_whole", checks)):
        await connection.execute(
            f"insert into {table} (data_item_id, dataset_id, result) values (1, $1, $2)",  # noqa: S608 our own names
            dataset,
            orjson.dumps(result),
        )
    failing_field = FAILING_FIELD.format(dataset=dataset, path="awards.id", group="coverage")
    assert await ocids(connection, failing_field) == ["ocds-213czf-1"]
    assert await ocids(connection, FAILING_CHECK.format(dataset=dataset, name="coherent.dates")) == ["ocds-213czf-1"]
    assert orjson.loads(await connection.fetchval("select result::jsonb from field_level_check")) == whole
    for path, expected in (("awards.id", [False]), ("awards.date", [])):
        found = await connection.fetch(
            """select occurrence -> 'coverage' ->> 'overall_result' as overall_result
            from field_level_check, jsonb_array_elements(result -> 'checks' -> $1) as occurrence""",
            path,
        )
        assert [orjson.loads(row["overall_result"]) for row in found] == expected
    ocid = await connection.fetchval("select (result -> 'meta' -> 'ocid')::jsonb from resource_level_check")
    assert orjson.loads(ocid) == "ocds-213czf-1"
    await connection.close()
