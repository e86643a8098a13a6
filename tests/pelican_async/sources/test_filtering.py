"""Filters of datasets, on a real database."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Final

import orjson
import pytest
import pytest_asyncio
from hypothesis import given
from hypothesis import strategies as st

from checks.values import Json, get
from pelican_async.database.connecting import Connection, commanded, single
from pelican_async.errors import UserError
from pelican_async.sources.filtering import Filter, WrongFilterError, conditions, filtered_pages
from pelican_async.sources.pages import Page

SCHEMA: Final = (Path(__file__).parents[3] / "schema.sql").read_text(encoding="utf-8")
TABLES: Final = "\n".join(
    re.findall(r"create table (?:dataset|data_item|progress_monitor_item) \(.*?\n\)[^;]*;", SCHEMA, re.DOTALL)
)
DATED: Final = [
    {"id": "none"},
    {"id": "null", "date": None},
    {"id": "empty", "date": ""},
    {"id": "before", "date": "2020-02-01T23:59:59Z"},
    {"id": "day", "date": "2020-02-02"},
    {"id": "morning", "date": "2020-02-02T10:00:00Z"},
    {"id": "offset", "date": "2020-02-02T10:00:00+01:00"},
    {"id": "after", "date": "2020-02-03"},
    {"id": "number", "date": 2020},
    {"id": "list", "date": ["2020-02-02"]},
]
NAMED: Final = {
    "ministry": "Ministry of Health",
    "shouted": "MINISTRY OF HEALTH",
    "city": "City of Health",
    "accent": "École",
    "percent": "100% Health",
    "under": "a_b",
    "letter": "axb",
    "backslash": "a\\b",
    "quote": "O'Neill; drop table dataset --",
    "lines": "two\nlines",
    "empty": "",
}


@pytest_asyncio.fixture
async def connection(database: str) -> AsyncIterator[Connection]:
    async with commanded(database) as one:
        await one.execute(TABLES)
        yield one


async def add(connection: Connection, releases: Sequence[Json]) -> int:
    """Put releases into a dataset of their own, and give its id."""
    dataset_id: int = await connection.fetchval("insert into dataset (name, meta) values ('a', $1) returning id", b"{}")
    for release in releases:
        await connection.execute(
            """with item as (insert into data_item (dataset_id, data) values ($1, $2) returning id)
            insert into progress_monitor_item (dataset_id, item_id, state) select $1, id, 'OK' from item""",
            dataset_id,
            orjson.dumps(release),
        )
    return dataset_id


async def pages(
    connection: Connection, dataset_id: int, message: Json, *, after: int = 0, size: int = 100
) -> list[Page]:
    reading = filtered_pages(connection, dataset_id, conditions(message), after=after, page_size=size)
    return [page async for page in reading]


async def matching(connection: Connection, dataset_id: int, message: Json) -> list[str]:
    return [json.loads(text)["id"] for page in await pages(connection, dataset_id, message) for text in page.releases]


async def test_dates_are_compared_as_texts_and_included(connection: Connection) -> None:
    dataset_id = await add(connection, DATED)
    for first, last, expected in (
        ("2020-02-02", None, ["day", "morning", "offset", "after", "list"]),
        (None, "2020-02-02", ["empty", "before", "day", "number"]),
        ("2020-02-02", "2020-02-02", ["day"]),
        ("2020-02-02", "2020-02-02T24", ["day", "morning", "offset"]),
        ("2020-02-02T10:00:00Z", "2020-02-02T10:00:00Z", ["morning"]),
        ("", "2020-01", ["empty", "number"]),
        ("2021", None, ["list"]),
        ("2020-02-03", "2020-02-02", []),
        (None, "' or true --", ["empty"]),
    ):
        given_dates = (("release_date_from", first), ("release_date_to", last))
        message = {key: date for key, date in given_dates if date is not None}
        assert await matching(connection, dataset_id, message) == expected, message


NAMES: Final = [
    (["Ministry of Health"], ["ministry"]),
    (["Ministry of Health", "École", "Ministry of Health", "nobody"], ["ministry", "accent"]),
    (["ministry of health"], []),
    (["Ministry"], []),
    (["%"], []),
    (["O'Neill; drop table dataset --", "a\\b", "two\nlines"], ["backslash", "quote", "lines"]),
    ([""], ["empty"]),
    ([], []),
]
PATTERNS: Final = [
    ("ministry of HEALTH", ["ministry", "shouted"]),
    ("ministry", []),
    ("ministry%", ["ministry", "shouted"]),
    ("%of health", ["ministry", "shouted", "city"]),
    ("%health%", ["ministry", "shouted", "city", "percent"]),
    ("ÉCOLE", ["accent"]),
    ("_cole", ["accent"]),
    ("a_b", ["under", "letter", "backslash"]),
    ("a\\_b", ["under"]),
    ("a\\\\b", ["backslash"]),
    ("a\\xb", ["letter"]),
    ("100\\%%", ["percent"]),
    ("two%lines", ["lines"]),
    ("o'neill; drop table dataset --", ["quote"]),
    ("(ministry|city) of health", []),
    ("", ["empty"]),
    ("%", list(NAMED)),
]
MISSING: Final[list[Json]] = [
    {"buyer": None, "tender": None},
    {"buyer": {}, "tender": {}},
    {"buyer": [], "tender": []},
    {"buyer": {"name": None}, "tender": {"procuringEntity": {"name": None}}},
    {"buyer": [{"name": "Ministry of Health"}], "tender": {"procuringEntity": [{"name": "Ministry of Health"}]}},
    {"buyer": "Ministry of Health", "tender": [{"procuringEntity": {"name": "Ministry of Health"}}]},
]


@pytest.mark.parametrize(("key", "path"), [("buyer", "buyer"), ("procuring_entity", "tender.procuringEntity")])
async def test_names_are_those_of_the_buyer_and_the_procuring_entity(
    connection: Connection, key: str, path: str
) -> None:
    named = [{"id": id_, **within(path, {"name": name})} for id_, name in NAMED.items()]
    nameless = [{"id": f"missing {number}", **release} for number, release in enumerate(MISSING)]
    elsewhere = [{"id": "elsewhere", "name": name, "parties": [{"name": name}]} for name in NAMED.values()]
    dataset_id = await add(connection, [*named, *nameless, *elsewhere])
    for names, expected in NAMES:
        assert await matching(connection, dataset_id, {key: names}) == expected, names
    for pattern, expected in PATTERNS:
        assert await matching(connection, dataset_id, {f"{key}_regex": pattern}) == expected, pattern


async def test_the_buyer_is_not_the_procuring_entity(connection: Connection) -> None:
    dataset_id = await add(
        connection,
        [{"id": "b", "buyer": {"name": "A"}}, {"id": "p", "tender": {"procuringEntity": {"name": "A"}}}],
    )
    assert await matching(connection, dataset_id, {"buyer": ["A"], "buyer_regex": "a"}) == ["b"]
    assert await matching(connection, dataset_id, {"procuring_entity": ["A"], "procuring_entity_regex": "a"}) == ["p"]


def within(path: str, value: Json) -> dict[str, Json]:
    """Put a value at a path."""
    for key in reversed(path.split(".")):
        value = {key: value}
    return dict(value)


async def test_all_parts_must_match(connection: Connection) -> None:
    releases = [
        {
            "id": f"{date} {buyer} {entity}",
            "date": date,
            "buyer": {"name": buyer},
            "tender": {"procuringEntity": {"name": entity}},
        }
        for date in ("2020", "2021", "2022")
        for buyer in ("ab", "ac")
        for entity in ("ab", "ac")
    ]
    message = {
        "release_date_from": "2020-01",
        "release_date_to": "2021",
        "buyer": ["ab", "ac"],
        "buyer_regex": "%B",
        "procuring_entity": ["ac"],
        "procuring_entity_regex": "a%",
    }
    assert await matching(connection, await add(connection, releases), message) == ["2021 ab ac"]


async def test_what_is_not_known_is_no_condition(connection: Connection) -> None:
    dataset_id = await add(connection, [{"id": "a"}, {"id": "b", "date": "2020"}])
    assert await matching(connection, dataset_id, {"buyers": ["x"], "": 1, "max_items": {"a": None}}) == ["a", "b"]


async def test_goes_through_one_dataset_in_order_and_in_pages(connection: Connection) -> None:
    await add(connection, DATED)
    dataset_id = await add(connection, [{"id": str(number), "date": str(number)} for number in range(7)])
    await add(connection, DATED)
    first: int = await connection.fetchval("select min(id) from data_item where dataset_id = $1", dataset_id)
    found = await pages(connection, dataset_id, {"release_date_from": "2"}, size=2)
    assert [[json.loads(release)["id"] for release in page.releases] for page in found] == [
        ["2", "3"],
        ["4", "5"],
        ["6"],
    ]
    assert [page.last_id - first for page in found] == [3, 5, 6]
    assert all(page.skipped == 0 for page in found)
    (rest,) = await pages(connection, dataset_id, {"release_date_from": "2"}, after=found[1].last_id, size=2)
    assert rest == found[2]
    assert await pages(connection, dataset_id, {"release_date_from": "2"}, after=found[2].last_id) == []
    assert await pages(connection, 99, {"release_date_from": "2"}) == []


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        (None, "isn't an object"),
        ([], "isn't an object"),
        ("buyer", "isn't an object"),
        (1, "isn't an object"),
        ({}, "is empty"),
        ({"release_date_from": None}, "release_date_from isn't a text"),
        ({"release_date_from": 2020}, "release_date_from isn't a text"),
        ({"release_date_to": ["2020"]}, "release_date_to isn't a text"),
        ({"buyer": "A"}, "buyer isn't a list of texts"),
        ({"buyer": None}, "buyer isn't a list of texts"),
        ({"buyer": {"0": "A"}}, "buyer isn't a list of texts"),
        ({"buyer": ["A", 1]}, "buyer isn't a list of texts"),
        ({"procuring_entity": [None]}, "procuring_entity isn't a list of texts"),
        ({"procuring_entity": [["A"]]}, "procuring_entity isn't a list of texts"),
        ({"buyer_regex": ["A"]}, "buyer_regex isn't a text"),
        ({"procuring_entity_regex": True}, "procuring_entity_regex isn't a text"),
        ({"buyer_regex": "a\\"}, "buyer_regex ends with a backslash"),
        ({"procuring_entity_regex": "\\\\\\"}, "procuring_entity_regex ends with a backslash"),
        ({"buyer_regex": "a\0"}, "NUL"),
        ({"buyer": ["a", "\0"]}, "NUL"),
        ({"release_date_to": "\0"}, "NUL"),
    ],
)
def test_what_is_wrong_with_a_filter_is_said(message: Json, reason: str) -> None:
    with pytest.raises(WrongFilterError, match=re.escape(reason)) as raised:
        conditions(message)
    assert isinstance(raised.value, UserError)


def test_reads_a_filter() -> None:
    assert conditions({"buyer": []}) == Filter(buyers=())
    assert conditions({"release_date_from": "a", "buyer_regex": "\\\\", "x": None}) == Filter("a", buyer_pattern="\\\\")


TEXT: Final = st.text("aAbB%_\\\n'", max_size=4)
NAME: Final = TEXT | st.none() | st.integers(0, 9)


NAMED_BY: Final = st.fixed_dictionaries({}, optional={"name": NAME})
RELEASE: Final = st.fixed_dictionaries(
    {},
    optional={
        "date": TEXT,
        "buyer": NAMED_BY,
        "tender": st.fixed_dictionaries({}, optional={"procuringEntity": NAMED_BY | st.none()}),
    },
)
PATTERN: Final = TEXT.filter(lambda text: (len(text) - len(text.rstrip("\\"))) % 2 == 0)
MESSAGE: Final = st.fixed_dictionaries(
    {},
    optional={
        "release_date_from": TEXT,
        "release_date_to": TEXT,
        "buyer": st.lists(TEXT, max_size=3),
        "buyer_regex": PATTERN,
        "procuring_entity": st.lists(TEXT, max_size=3),
        "procuring_entity_regex": PATTERN,
        "other": TEXT,
    },
).filter(bool)


def as_expression(pattern: str) -> str:
    """Write an ILIKE pattern as a regular expression."""
    parts = re.findall(r"\\.|.", pattern, re.DOTALL)
    return "".join({"%": ".*", "_": "."}.get(part) or re.escape(part[-1]) for part in parts)


def matches(release: Json, message: Json) -> bool:
    """Say the same in Python."""
    date = release.get("date")
    results = []
    if "release_date_from" in message:
        results.append(date is not None and date >= message["release_date_from"])
    if "release_date_to" in message:
        results.append(date is not None and date <= message["release_date_to"])
    for key, path in (("buyer", "buyer.name"), ("procuring_entity", "tender.procuringEntity.name")):
        value = get(release, path)
        name = None if value is None else str(value)
        if key in message:
            results.append(name in message[key])
        if f"{key}_regex" in message:
            expression = re.compile(as_expression(message[f"{key}_regex"]), re.IGNORECASE | re.DOTALL)
            results.append(name is not None and expression.fullmatch(name) is not None)
    return all(results)


def test_any_filter_of_any_releases(database: str) -> None:
    with asyncio.Runner() as runner:
        connection = runner.run(single(database))
        runner.run(connection.execute(TABLES))

        async def found(releases: list[Json], message: Json) -> list[str]:
            return await matching(connection, await add(connection, releases), message)

        @given(releases=st.lists(RELEASE, max_size=5), message=MESSAGE)
        def check(releases: list[dict[str, Json]], message: dict[str, Json]) -> None:
            numbered = [{**release, "id": number} for number, release in enumerate(releases)]
            expected = [release["id"] for release in numbered if matches(release, message)]
            assert runner.run(found(numbered, message)) == expected

        check()
        runner.run(connection.close())
