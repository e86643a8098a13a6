import asyncio
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from secrets import token_hex
from urllib.parse import quote, urlsplit
from zipfile import ZipFile

import asyncpg
import orjson
import pytest
import pytest_asyncio
from click.testing import CliRunner

from pelican_async.cli import main
from pelican_async.database import catalog, schema, upgrade
from pelican_async.database.connecting import Connection, single
from pelican_async.database.datasets import run_of
from pelican_async.database.upgrade import State, require_current
from pelican_async.errors import UserError
from pelican_async.messages import CheckItems, Queue, read
from pelican_async.stages.catalog import STAGES
from tests.pelican_async.database.test_views import ocids, store
from tests.services.frontend_queries import FAILING_CHECK, FAILING_FIELD
from tests.services.postgresql import empty

FILES = Path(__file__).parent / "existing_system"
EARLIER = Path(__file__).parent / "earlier"
STATES = {0: State.EMPTY, 1: State.FIRST_FILE, 2: State.WITHOUT_LAST_FILE, 3: State.EXISTING}
ROOT = Path(__file__).parents[3]
ROOM = "select reloptions from pg_class where relname = 'progress_monitor_item'"
OBJECTS = """
select 'view', relname, pg_get_viewdef(oid) from pg_class where relnamespace = $1::regnamespace and relkind = 'v'
union all
select 'function', oid::regprocedure::text, pg_get_functiondef(oid) from pg_proc where pronamespace = $1::regnamespace
union all
select 'operator', oid::regoperator::text, oprcode::text from pg_operator where oprnamespace = $1::regnamespace
union all
select 'cast', castsource::regtype::text, casttarget::regtype::text from pg_cast where castfunc >= 16384
union all
select 'type', typname, typtype::text from pg_type where typnamespace = $1::regnamespace and typtype in ('c', 'e')
order by 1, 2, 3
"""


def script(name: str) -> str:
    return (FILES / f"{name}.sql").read_text()


async def make(connection: Connection, state: int) -> None:
    """Make a database of the existing system, with rows, as that was after so many of its files."""
    for number in range(1, state + 1):
        await connection.execute(script(str(number)))
    if state:
        await connection.execute(script("rows"))


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await single(url)
    try:
        yield connection
    finally:
        await connection.close()


async def moved(url: str) -> str:
    """Upgrade a database, and give what was said."""
    said: list[str] = []
    await upgrade.upgrade(url, said.append)
    return "\n".join(said)


async def described(url: str, name: str = "public") -> object:
    """Describe all that is in a schema, without names that mean nothing."""
    async with connected(url) as connection:
        number = await connection.fetchval("select $1::regnamespace::oid::bigint", name)
        tables = await catalog.tables(connection, number)
        for table in tables.values():
            table.indexes.sort(key=repr)
        return tables, [tuple(row) for row in await connection.fetch(OBJECTS, name)]


@pytest.mark.parametrize("state", STATES)
async def test_each_state_becomes_what_a_new_database_is(database: str, postgresql: str, state: int) -> None:
    async with connected(database) as connection:
        await make(connection, state)
        assert (await upgrade.detect(connection)).state is STATES[state]
        with pytest.raises(UserError, match="run `pelican-async db upgrade`"):
            await require_current(connection)
        said = await moved(database)
        assert STATES[state].value in said
        await require_current(connection)
        assert await connection.fetchval(ROOM) == ["fillfactor=50"]
    async with empty(postgresql) as fresh:
        async with connected(fresh) as connection:
            await connection.execute(schema.text())
        assert await described(database) == await described(fresh)


@pytest.mark.parametrize("state", STATES)
async def test_can_be_run_again(database: str, state: int) -> None:
    async with connected(database) as connection:
        await make(connection, state)
        await moved(database)
        before = await described(database), await connection.fetchval("select count(*) from dataset_run")
        assert await moved(database) == f"The database is up to date (schema public, version {schema.VERSION})."
        assert (await described(database), await connection.fetchval("select count(*) from dataset_run")) == before


@pytest.mark.parametrize("state", [1, 2, 3])
async def test_keeps_rows_and_of_doubled_ones_the_last(database: str, state: int) -> None:
    doubled = (
        ("field_level_check_whole", "result", 8, 2),
        ("resource_level_check_whole", "result", 8, 2),
        ("field_level_check_examples", "data", 2, 1),
        ("resource_level_check_examples", "data", 1, 1),
        ("dataset_level_check", "meta", 2, 1),
        ("time_variance_level_check", "meta", 1, 1),
        ("report", "data", 2, 1),
    )
    async with connected(database) as connection:
        await make(connection, state)
        before = {
            table: await connection.fetch(f"select * from {table} order by id")  # noqa: S608 our own names
            for table in ("dataset", "dataset_filter", "data_item", "exchange_rates")
        }
        items = await connection.fetch(
            "select dataset_id, item_id::bigint, state from progress_monitor_item order by 2"
        )
        said = await moved(database)
        for table, rows in before.items():
            assert await connection.fetch(f"select * from {table} order by id") == rows  # noqa: S608
        now = await connection.fetch("select dataset_id, item_id, state from progress_monitor_item order by 2")
        assert now == items
        for table, column, count, last in doubled:
            rows = await connection.fetch(f"select {column} from {table}")  # noqa: S608
            assert (len(rows), sum("last" in orjson.loads(row[0]) for row in rows)) == (count, last), table
            assert f"{table}: rows removed that are there more than once" in said


@pytest.mark.parametrize("state", [1, 2, 3])
async def test_readers_see_old_results_beside_new_ones(database: str, state: int) -> None:
    release = {"ocid": "ocds-213czf-new", "tender": {"status": "active"}, "awards": [{"title": "no id"}]}
    async with connected(database) as connection:
        await make(connection, state)
        await moved(database)
        added = await store(connection, [release])
        await connection.execute("update item_result set dataset_id = 1 where dataset_id = $1", added)
        expected = ["ocds-213czf-1", "ocds-213czf-2", "ocds-213czf-new"]
        failing_field = FAILING_FIELD.format(dataset=1, path="awards.id", group="coverage")
        assert await ocids(connection, failing_field) == expected
        assert await ocids(connection, FAILING_CHECK.format(dataset=1, name="coherent.tender_status")) == expected
        async with connection.transaction():
            assert [row[0] async for row in connection.cursor(failing_field, prefetch=1)] == expected


@pytest.mark.parametrize("state", [1, 2, 3])
async def test_datasets_go_on_from_where_they_are(database: str, state: int) -> None:
    async with connected(database) as connection:
        await make(connection, state)
        said = await moved(database)
        runs = {row["dataset_id"]: row for row in await connection.fetch("select * from dataset_run order by 1")}
        stages = {number: run["stage"] for number, run in runs.items()}
        (message,) = await connection.fetch("select dataset_id, queue, body from outbox")
        ancestor = await run_of(connection, 1)
    assert stages == {
        1: None,
        2: None,
        3: None,
        4: "check_dataset",
        5: "check_dataset",
        6: "check_time_based",
        7: "check_time_based",
        8: "report",
    }
    assert STAGES.keys() >= {stage for stage in stages.values() if stage is not None}
    assert {number: run["items_left"] for number, run in runs.items() if run["items_left"]} == {2: 1, 3: 2}
    assert {number for number, run in runs.items() if run["trouble"]} == {2}
    assert [run["first_item_id"] for run in runs.values()] == [10, 30, 40, 70, 80, 90, 100, 110]
    assert read(Queue(message["queue"]), message["body"].encode()) == CheckItems(dataset_id=3, item_ids=[50, 60])
    assert ancestor is not None
    assert (ancestor.size, ancestor.today) == (2, 739_619)  # 3 January 2026 begins somewhere at noon of the day before
    assert "can't go on, since its message is gone: 2 (interrupted)." in said
    assert "not checked yet, and go on: 3 (being checked), 4 (all items checked)" in said


async def test_removes_what_can_not_stay_and_counts_it(database: str) -> None:
    async with connected(database) as connection:
        await make(connection, 1)
        await connection.execute("""
            insert into dataset (id, name, meta) values (20, null, null);
            insert into data_item (id, dataset_id, data) values (200, 99, '{}'), (201, null, '{}'), (202, 20, null);
            insert into progress_monitor_dataset (dataset_id, phase, state)
            values (99, 'CHECKED', 'OK'), (20, 'DATASET', 'OK'), (20, 'CHECKED', 'OK');
            insert into progress_monitor_item (dataset_id, item_id, state) values
                (1, 'none', 'OK'), (1, '200', 'OK'), (1, null, 'OK'), (1, '10', 'IN_PROGRESS'), (3, '50', 'OK'),
                (1, '99999999999999999999', 'OK');
            insert into report (dataset_id, type, data) values (99, 'field_level_check', '{}'), (1, null, '{}');
            insert into dataset_level_check (dataset_id, check_name, meta) values (1, null, '{}');
            insert into field_level_check (dataset_id, data_item_id, result) values (1, 202, '{}');
            insert into exchange_rates (valid_on, rates) values ('2026-01-02', '{"USD": 1.2}');
        """)
        said = await moved(database)
        for line in (
            "dataset: rows that had no name, which is '' now: 1.",
            "dataset: rows that had no meta, which is '{}' now: 1.",
            "data_item: rows removed without data or dataset_id: 2.",
            "data_item: rows removed whose dataset_id names nothing that is there: 1.",
            "progress_monitor_dataset: rows removed whose dataset_id names nothing that is there: 1.",
            "progress_monitor_dataset: rows removed that are there more than once, of the same dataset_id: 1.",
            "progress_monitor_item: rows removed whose item_id is no number: 2.",
            "progress_monitor_item: rows removed without dataset_id or item_id or state: 1.",
            "progress_monitor_item: rows removed whose item_id names nothing that is there: 1.",
            "progress_monitor_item: rows removed that are there more than once, of the same dataset_id and item_id: 2.",
            "report: rows removed whose dataset_id names nothing that is there: 1.",
            "report: rows removed without dataset_id or type or data: 1.",
            "dataset_level_check: rows removed without check_name or meta or dataset_id: 1.",
            "field_level_check_whole: rows removed whose data_item_id names nothing that is there: 1.",
            "exchange_rates: rows removed that are there more than once, of the same valid_on: 1.",
        ):
            assert line in said.splitlines()
        rows = await connection.fetch("select item_id, state from progress_monitor_item where item_id in (10, 50)")
        states = {row["item_id"]: row["state"] for row in rows}
        assert states == {10: "OK", 50: "OK"}
        assert await connection.fetchval("select rates->>'USD' from exchange_rates") == "1.2"


@pytest_asyncio.fixture
async def accounts(postgresql: str) -> AsyncIterator[list[str]]:
    """Give the names of four accounts, which are gone afterwards."""
    connection = await asyncpg.connect(postgresql)
    names = [f"Account {token_hex(4)}" for _ in range(4)]
    for name in names:
        await connection.execute(f'create role "{name}" login')
    yield names
    for name in names:
        await connection.execute(f'drop role "{name}"')
    await connection.close()


def of_account(url: str, name: str) -> str:
    parts = urlsplit(url)
    return url.replace(parts.netloc, f"{quote(name)}@{parts.netloc.rpartition('@')[2]}", 1)


@pytest.mark.parametrize("state", [1, 2, 3])
async def test_others_own_and_read_what_they_did_before(accounts: list[str], database: str, state: int) -> None:
    owner, frontend, analyst, worker = accounts
    url = f"{database}&options=-csearch_path%3DPelican,public"
    async with connected(database) as connection:
        await connection.execute(f"""
            create schema "pelican" authorization "{owner}";
            grant usage on schema pelican to "{frontend}", "{analyst}", "{worker}";
            set role "{owner}"; set search_path = pelican;
        """)
        await make(connection, state)
        await connection.execute(f"""
            grant select on all tables in schema pelican to "{frontend}" with grant option;
            grant select (dataset_id, result) on field_level_check, resource_level_check to "{analyst}";
            grant select, insert, update, delete on all tables in schema pelican to "{worker}";
            grant usage on all sequences in schema pelican to "{worker}";
        """)
    await moved(url)
    async with connected(url) as connection:
        release = {"ocid": "ocds-213czf-new", "tender": {"status": "active"}, "awards": [{"title": "no id"}]}
        added = await store(connection, [release])
        await connection.execute("update item_result set dataset_id = 1 where dataset_id = $1", added)
        strangers = """
            select relname from pg_class where relnamespace = 'pelican'::regnamespace and relowner <> $1::text::regrole
            union all
            select proname from pg_proc where pronamespace = 'pelican'::regnamespace and proowner <> $1::text::regrole
            union all
            select typname from pg_type where typnamespace = 'pelican'::regnamespace and typowner <> $1::text::regrole
            union all
            select oprname from pg_operator
            where oprnamespace = 'pelican'::regnamespace and oprowner <> $1::text::regrole
        """
        assert await connection.fetch(strangers, f'"{owner}"') == []
        elsewhere = "select count(*) from pg_class where relnamespace = 'public'::regnamespace"
        assert await connection.fetchval(elsewhere) == 0
        grants = """
            select grantee::regrole::text, privilege_type, is_grantable
            from pg_class, aclexplode(relacl) where oid = $1::text::regclass order by 1, 2
        """
        for view in ("field_level_check", "resource_level_check"):
            assert await connection.fetch(grants, view) == await connection.fetch(grants, f"{view}_whole")
    for reader in (frontend, analyst):
        async with connected(of_account(url, reader)) as connection:
            expected = ["ocds-213czf-1", "ocds-213czf-2", "ocds-213czf-new"]
            failing_field = FAILING_FIELD.format(dataset=1, path="awards.id", group="coverage")
            assert await ocids(connection, failing_field) == expected
            assert await ocids(connection, FAILING_CHECK.format(dataset=1, name="coherent.tender_status")) == expected
    async with connected(of_account(url, analyst)) as connection:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute("select * from report")
    async with connected(of_account(url, worker)) as connection:
        await require_current(connection)
        await connection.execute("insert into outbox (dataset_id, queue, body) values (1, 'report', '{}')")
        await store(connection, [release])


async def test_a_replaced_table_of_another_owner_keeps_it(accounts: list[str], database: str) -> None:
    owner, other, *_ = accounts
    relations = """
        select relname, relowner::regrole::text from pg_class
        where relnamespace = 'public'::regnamespace and relkind in ('r', 'v')
    """
    async with connected(database) as connection:
        await make(connection, 3)
        for table, _ in await connection.fetch(relations):
            await connection.execute(f'alter table {table} owner to "{owner}"')
        await connection.execute(f"""
            grant create on schema public to "{owner}"; alter table field_level_check owner to "{other}"
        """)
        await moved(database)
        owners = {row["relname"]: row["relowner"] for row in await connection.fetch(relations)}
    others = {name: its for name, its in owners.items() if its != f'"{owner}"'}
    assert others == dict.fromkeys(("field_level_check", "field_level_check_whole"), f'"{other}"')
    async with connected(of_account(database, other)) as connection:
        failing_field = FAILING_FIELD.format(dataset=1, path="awards.id", group="coverage")
        assert await ocids(connection, failing_field) == ["ocds-213czf-1", "ocds-213czf-2"]


async def test_the_owner_alone_can_do_it(accounts: list[str], database: str) -> None:
    owner, other, *_ = accounts
    async with connected(database) as connection:
        await connection.execute(f"""
            create schema pelican authorization "{owner}"; grant usage on schema pelican to "{other}";
            set role "{owner}"; set search_path = pelican;
        """)
        await make(connection, 1)
    path = "options=-csearch_path%3Dpelican"
    with pytest.raises(UserError, match=r"may not change the database .*owner"):
        await moved(f"{of_account(database, other)}&{path}")
    assert "up to date now" in await moved(f"{of_account(database, owner)}&{path}")


async def test_says_what_the_owner_lacks(accounts: list[str], database: str) -> None:
    owner = accounts[0]
    async with connected(database) as connection:
        await make(connection, 3)
        await connection.execute(f'alter table dataset owner to "{owner}"')
    with pytest.raises(UserError, match=f'grant create on schema public to "{owner}"'):
        await moved(database)


async def test_two_at_once_do_it_once(database: str) -> None:
    async with connected(database) as connection:
        await make(connection, 1)
    first, second = sorted(await asyncio.gather(moved(database), moved(database)), key=len, reverse=True)
    assert "up to date now" in first
    assert second == f"The database is up to date (schema public, version {schema.VERSION})."


async def test_does_all_or_nothing(database: str) -> None:
    async with connected(database) as connection:
        await make(connection, 1)
        in_the_way = "create function check_result(text, jsonb, text, numeric) returns jsonb return '{}'::jsonb"
        await connection.execute(in_the_way)
    before = await described(database)
    with pytest.raises(UserError, match=r'"check_result" already exists.*Nothing was changed'):
        await moved(database)
    assert await described(database) == before


async def test_does_not_wait_for_ever_for_who_uses_the_tables(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upgrade, "PATIENCE", "100ms")
    async with connected(database) as connection:
        await make(connection, 3)
        async with connection.transaction():
            await connection.execute("select from dataset")
            with pytest.raises(UserError, match="Somebody uses the tables"):
                await moved(database)


async def test_refuses_other_tables_and_no_schema(database: str) -> None:
    with pytest.raises(UserError, match=r"none of the schemas in its search path \(nowhere\)"):
        await moved(f"{database}&options=-csearch_path%3Dnowhere")
    async with connected(database) as connection:
        await connection.execute("create table dataset (id integer)")
    with pytest.raises(UserError, match="schema public has a table named dataset, but not the others"):
        await moved(database)


async def test_tells_which_views_of_others_show_old_rows_alone(database: str) -> None:
    async with connected(database) as connection:
        await make(connection, 3)
        await connection.execute("create view analysis as select result from field_level_check")
        assert "The view analysis reads field_level_check_whole from now on" in await moved(database)


async def test_leads_from_one_version_to_the_next(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    now = schema.VERSION
    await moved(database)
    monkeypatch.setattr(schema, "VERSION", now + 2)
    newer = "create or replace function schema_version() returns integer language sql immutable as 'select %s'"
    steps = {
        now + 1: f"create table two (); {newer % (now + 1)}",
        now + 2: f"alter table two rename to three; {newer % (now + 2)}",
    }
    monkeypatch.setattr(schema, "STEPS", steps)
    async with connected(database) as connection:
        with pytest.raises(
            UserError, match=rf"older than this service \({now}, not {now + 2}\): run `pelican-async db upgrade`"
        ):
            await require_current(connection)
        said = f"in version {now}.\nIt is brought to version {now + 1}.\nIt is brought to version {now + 2}."
        assert said in await moved(database)
        await require_current(connection)
        assert await connection.fetchval("select count(*) from three") == 0
        monkeypatch.setattr(schema, "VERSION", now)
        with pytest.raises(UserError, match=rf"newer than this service \({now + 2}, not {now}\)"):
            await require_current(connection)
        with pytest.raises(UserError, match=rf"newer than this service \({now + 2}, not {now}\)"):
            await moved(database)


@pytest.mark.parametrize("version", [1, 2])
async def test_earlier_versions_are_brought_up_to_date(database: str, kingfisher: str, version: int) -> None:
    """Afterwards the schema is the same as a new one, and what was not counted is."""
    await moved(kingfisher)
    async with connected(kingfisher) as new, connected(database) as connection:
        await connection.execute((EARLIER / "2.sql").read_text())
        await connection.execute(
            """insert into dataset (name, meta) values ('a', '{}'), ('b', '{}');
            insert into dataset_run (dataset_id, source, first_item_id, today) values (1, '{}', 1, 1), (2, '{}', 9, 1);
            insert into item_not_checked values (3, 1, 'is not an object'), (4, 1, 'is not an object')"""
        )
        if version == 1:
            await connection.execute("drop table item_changed")
            await connection.execute(
                "create or replace function schema_version() returns integer language sql immutable as 'select 1'"
            )
        await moved(database)
        await require_current(connection)
        assert await tables(connection) == await tables(new)
        assert await functions(connection) == await functions(new)
        counted = await connection.fetch("select dataset_id, not_checked from dataset_run order by 1")
        assert [tuple(row) for row in counted] == [(1, 2), (2, 0)]


async def functions(connection: asyncpg.Connection) -> list[tuple[str, ...]]:
    """Give functions, operators, casts and types of a schema."""
    rows = await connection.fetch(
        """select oid::regprocedure::text as name, pg_get_functiondef(oid) as made
        from pg_proc where pronamespace = 'public'::regnamespace and prokind = 'f'
        union all select oid::regoperator::text, oprcode::text
        from pg_operator where oprnamespace = 'public'::regnamespace
        union all select castsource::regtype || ' as ' || casttarget::regtype, castcontext::text || castfunc::regproc
        from pg_cast join pg_type on pg_type.oid = castsource where typnamespace = 'public'::regnamespace
        union all select relname, string_agg(attname || atttypid::regtype::text, ', ' order by attnum)
        from pg_class join pg_attribute on attrelid = pg_class.oid
        where relnamespace = 'public'::regnamespace and relkind = 'c' group by 1
        order by 1, 2"""
    )
    return [tuple(row) for row in rows]


async def test_the_third_version_is_brought_up_to_date(database: str) -> None:
    async with connected(database) as connection:
        await moved(database)
        whole = await described(database)
        await connection.execute(
            """alter table progress_monitor_item reset (fillfactor);
            alter table progress_monitor_item add foreign key (dataset_id) references dataset;
            alter table progress_monitor_item add foreign key (item_id) references data_item;
            create index on progress_monitor_item (item_id);
            create index on progress_monitor_item (dataset_id, state);
            create index of_analysts on progress_monitor_item (modified);
            create or replace function schema_version() returns integer language sql immutable as $$ select 3 $$"""
        )
        await moved(database)
        await connection.execute("drop index of_analysts")
        assert await described(database) == whole
        assert await connection.fetchval(ROOM) == ["fillfactor=50"]


async def tables(connection: asyncpg.Connection) -> list[tuple[str, str]]:
    rows = await connection.fetch(
        """select table_name::text, string_agg(column_name || data_type, ', ' order by ordinal_position) as columns
        from information_schema.columns where table_schema = 'public' group by 1 order by 1"""
    )
    return [(row["table_name"], row["columns"]) for row in rows]


async def test_the_command_says_what_it_does(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", database)
    done = await asyncio.to_thread(CliRunner().invoke, main, ["db", "upgrade"])
    assert done.exit_code == 0
    assert done.output.startswith("The database has no tables yet (schema public).\nThis is going to be done")
    async with connected(database) as connection:
        await require_current(connection)


def test_the_package_has_the_schema(tmp_path: Path) -> None:
    whole = (ROOT / "schema.sql").read_text()
    assert schema.text() == whole
    assert f"select {schema.VERSION} $$" in whole
    source = tmp_path / "source"
    for folder in ("checks", "pelican_async"):
        shutil.copytree(ROOT / folder, source / folder, symlinks=True, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("LICENSE", "README.md", "pyproject.toml", "schema.sql"):
        shutil.copy(ROOT / file, source)
    options = ["--no-deps", "--no-build-isolation", "--no-index", "-qq", "--wheel-dir", str(tmp_path)]
    subprocess.run([sys.executable, "-m", "pip", "wheel", *options, str(source)], check=True)  # noqa: S603 ours
    (wheel,) = tmp_path.glob("*.whl")
    with ZipFile(wheel) as files:
        assert files.read("pelican_async/database/schema.sql").decode() == whole
