"""Exchange rates in a real database."""

import asyncio
import json
import tracemalloc
from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import anyio
import anyio.lowlevel
import orjson
import pytest
import pytest_asyncio
from hypothesis import given
from hypothesis import strategies as st

from checks.money import Conversion
from checks.values import Json
from pelican_async.database.connecting import Connection, commanded
from pelican_async.errors import UserError
from pelican_async.reference import rates as shipped
from pelican_async.reference.rates import is_rate
from pelican_async.reference.stored_rates import Imported, Stored, fill, import_file, load, store
from pelican_async.settings import load as load_settings
from tests.golden.loading import golden_file

SCHEMA: Final = (Path(__file__).parents[3] / "schema.sql").read_text(encoding="utf-8")
TABLE: Final = SCHEMA[SCHEMA.index("create table exchange_rates") :].partition(";")[0]
FIRST: Final = date(2020, 1, 1)
THIRD: Final = date(2020, 1, 3)


@pytest_asyncio.fixture
async def connection(database: str) -> AsyncIterator[Connection]:
    async with commanded(database) as one:
        await one.execute(TABLE)
        yield one


async def rows(connection: Connection) -> dict[date, Json]:
    found = await connection.fetch("select valid_on, rates from exchange_rates")
    return {row["valid_on"]: json.loads(row["rates"]) for row in found}


async def modified(connection: Connection) -> dict[date, datetime]:
    found = await connection.fetch("select valid_on, modified from exchange_rates")
    return {row["valid_on"]: row["modified"] for row in found}


def csv(tmp_path: Path, **days: Any) -> Path:  # noqa: ANN401
    path = tmp_path / "rates.csv"
    lines = [
        f'{day[1:].replace("_", "-")},"{json.dumps(rates).replace(chr(34), chr(34) * 2)}"'
        for day, rates in days.items()
    ]
    path.write_text("\n".join(["valid_on,rates", *lines]))
    return path


async def test_loads_what_was_stored(connection: Connection) -> None:
    assert await store(connection, {THIRD: {"EUR": 1, "USD": 1.4}, FIRST: {"EUR": 1, "USD": 1.2}}) == Stored(new=2)
    loaded = await load(connection)
    assert (loaded.first, loaded.last, loaded.refused, loaded.refused_first) == (FIRST, THIRD, 0, "")
    assert "database" in loaded.source
    second = FIRST.toordinal() + 1
    assert loaded.rates.rate("USD", second) == 1.3
    assert (await load(connection, Conversion(interpolation=""))).rates.rate("USD", second) is None
    assert (await load(connection, Conversion(interpolation="closest"))).rates.rate("USD", second) == 1.4


async def test_there_may_be_none(connection: Connection) -> None:
    loaded = await load(connection)
    assert (loaded.first, loaded.last, loaded.rates.currencies) == (None, None, frozenset())
    assert loaded.rates.convert(1, "EUR", "USD", FIRST.toordinal()) is None


async def test_only_other_rates_count_as_a_change(connection: Connection) -> None:
    await store(connection, {FIRST: {"EUR": 1, "USD": 1.2}, THIRD: {"EUR": 1}})
    before = await modified(connection)
    again = await store(connection, {FIRST: {"USD": 1.2, "EUR": 1.0}, THIRD: {"EUR": 1, "USD": 2}})
    assert again == Stored(new=0, changed=1, known=1)
    after = await modified(connection)
    assert after[FIRST] == before[FIRST]
    assert after[THIRD] > before[THIRD]
    assert await rows(connection) == {FIRST: {"EUR": 1, "USD": 1.2}, THIRD: {"EUR": 1, "USD": 2}}


async def test_imports_a_file_and_keeps_other_days(connection: Connection, tmp_path: Path) -> None:
    await store(connection, {FIRST: {"EUR": 1}, date(2019, 1, 1): {"EUR": 1}})
    path = csv(tmp_path, _2020_01_03={"EUR": 1, "USD": 1.5, "ABC": "x", "DEF": 0}, _2020_01_01={"EUR": 1.0})
    assert await import_file(connection, path) == Imported(Stored(new=1, known=1), 2, "line 2, ABC")
    assert await rows(connection) == {
        date(2019, 1, 1): {"EUR": 1},
        FIRST: {"EUR": 1},
        THIRD: {"EUR": 1, "USD": 1.5},
    }


@pytest.mark.parametrize(
    "content", ["", "valid_on,rates\n", "valid_on\n2020-01-01\n", "valid_on,rates\n2020-01-05,{\n"]
)
async def test_a_wrong_file_changes_nothing(connection: Connection, tmp_path: Path, content: str) -> None:
    await store(connection, {FIRST: {"EUR": 1}})
    path = tmp_path / "rates.csv"
    path.write_text(content)
    with pytest.raises(UserError, match=r"rates\.csv"):
        await import_file(connection, path)
    assert await rows(connection) == {FIRST: {"EUR": 1}}


async def test_a_mistake_far_down_a_file_changes_nothing(connection: Connection, tmp_path: Path) -> None:
    days = {f"_{(FIRST + timedelta(day)).isoformat()}": {"EUR": 1} for day in range(900)}
    path = csv(tmp_path, **days, wrong={})
    with pytest.raises(UserError, match="line 902"):
        await import_file(connection, path)
    assert await rows(connection) == {}


async def test_imports_the_golden_rates(connection: Connection) -> None:
    path = golden_file("rates.csv")
    imported = await import_file(connection, path)
    from_file, stored = shipped.load(path), await load(connection)
    assert imported.stored == Stored(new=len(await rows(connection)))
    assert imported.stored.new > 0
    assert (stored.first, stored.last) == (from_file.first, from_file.last)
    assert stored.rates.currencies == from_file.rates.currencies
    for day in range(date(2013, 1, 1).toordinal(), date(2027, 1, 1).toordinal()):
        for currency in stored.rates.currencies:
            assert stored.rates.rate(currency, day) == from_file.rates.rate(currency, day)


async def test_fills_an_empty_table_only(connection: Connection) -> None:
    filled = await fill(connection)
    assert filled.new > 6_000
    assert (filled.changed, filled.known) == (0, 0)
    assert await fill(connection) == Stored()
    snapshot, stored = shipped.snapshot(), await load(connection)
    assert (stored.first, stored.last) == (snapshot.first, snapshot.last)
    assert stored.rates.currencies == snapshot.rates.currencies
    for day in range(date(1998, 1, 1).toordinal(), date(2026, 1, 1).toordinal(), 7):
        for currency in stored.rates.currencies:
            assert stored.rates.rate(currency, day) == snapshot.rates.rate(currency, day)


async def test_whoever_fills_it_at_once_fills_it_once(connection: Connection, database: str) -> None:
    async with commanded(database) as other:
        counts = await asyncio.gather(fill(connection), fill(other))
    assert sorted(count.new > 0 for count in counts) == [False, True]


async def test_many_rates_are_loaded_compactly_and_the_loop_goes_on(connection: Connection) -> None:
    currencies = {f"{chr(65 + number // 26)}X{chr(65 + number % 26)}": 1.25 for number in range(170)}
    days = {FIRST + timedelta(day): currencies for day in range(2_000)}
    await store(connection, days)
    turns = 0

    async def turn() -> None:
        nonlocal turns
        while True:
            await anyio.lowlevel.checkpoint()
            turns += 1

    tracemalloc.start()
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(turn)
        loaded = await load(connection)
        tasks.cancel_scope.cancel()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(loaded.rates.currencies) == 170
    assert most < 2_000 * 170 * 12 * 2.5
    assert turns > 10


ANY_JSON: Final = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["EUR", "USD", "", "é" * 30]), inner, max_size=3)
    ),
    max_leaves=6,
)


def test_any_json_may_stand_for_rates(database: str) -> None:
    with asyncio.Runner() as runner:
        context = commanded(database)
        connection = runner.run(context.__aenter__())
        runner.run(connection.execute(TABLE))

        @given(rates=ANY_JSON)
        def check(rates: Json) -> None:
            runner.run(connection.execute("delete from exchange_rates"))
            insert = "insert into exchange_rates (valid_on, rates) values ('2020-01-01', $1)"
            runner.run(connection.execute(insert, json.dumps(rates).encode()))
            loaded = runner.run(load(connection))
            members = rates if isinstance(rates, dict) else {"all": None}
            members = orjson.loads(json.dumps(members))
            usable = {currency: rate for currency, rate in members.items() if is_rate(rate)}
            assert loaded.rates.currencies == usable.keys()
            assert all(loaded.rates.rate(currency, FIRST.toordinal()) == rate for currency, rate in usable.items())
            assert loaded.refused == len(members) - len(usable)
            assert bool(loaded.refused_first) == bool(loaded.refused)

        check()
        runner.run(context.__aexit__(None, None, None))


async def test_a_number_that_only_the_database_can_hold_is_refused(connection: Connection) -> None:
    await connection.execute("""insert into exchange_rates (valid_on, rates) values ('2020-01-01', '{"EUR": 1e400}')""")
    loaded = await load(connection)
    assert (loaded.refused, loaded.refused_first) == (1, "2020-01-01, all")


async def test_converts_as_the_settings_say(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    await store(connection, {FIRST: {"EUR": 1, "USD": 1.2}, THIRD: {"EUR": 1, "USD": 1.4}})
    assert load_settings().conversion == Conversion()
    for name, value in (
        ("INTERPOLATION", "closest"),
        ("INTERPOLATION_MAX_DAYS_FALLBACK", "-1"),
        ("EXTRAPOLATION", ""),
        ("EXTRAPOLATION_MAX_DAYS_FALLBACK", "7"),
    ):
        monkeypatch.setenv(f"CURRENCY_CONVERTER_{name}", value)
    assert load_settings().conversion == Conversion("closest", -1, "", 7)
    loaded = await load(connection, load_settings().conversion)
    days = range(FIRST.toordinal() - 1, THIRD.toordinal() + 2)
    assert [loaded.rates.rate("USD", day) for day in days] == [None, 1.2, 1.4, 1.4, None]
