"""Makes the schema where there is none, or only that of the existing system, whose rows are kept."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from pelican_async.database import catalog, continuing, granting, schema
from pelican_async.database.catalog import ForeignKey, Table
from pelican_async.database.connecting import Connection
from pelican_async.database.granting import Quoted
from pelican_async.errors import UserError

REPLACED: Final[Mapping[str, str]] = {
    "field_level_check": "field_level_check_whole",
    "resource_level_check": "resource_level_check_whole",
}
"""The tables that views take the place of, and their names from then on."""
ONCE: Final[Mapping[str, tuple[str, ...]]] = {
    "progress_monitor_dataset": ("dataset_id",),
    "progress_monitor_item": ("dataset_id", "item_id"),
    "field_level_check_whole": ("data_item_id",),
    "resource_level_check_whole": ("data_item_id",),
    "field_level_check_examples": ("dataset_id", "path"),
    "resource_level_check_examples": ("dataset_id", "check_name"),
    "dataset_level_check": ("dataset_id", "check_name"),
    "time_variance_level_check": ("dataset_id", "check_name"),
    "report": ("dataset_id", "type"),
    "exchange_rates": ("valid_on",),
}
"""What there is one row of. The existing system repeats rows when a message comes twice; the last one is kept."""
DONE_FIRST: Final[Mapping[str, str]] = {"progress_monitor_item": "state = 'OK' desc, "}
"""Which row is kept rather than the last one."""
REFERS: Final[Mapping[str, tuple[ForeignKey, ...]]] = {
    "progress_monitor_item": (ForeignKey("dataset_id", "dataset", "id"), ForeignKey("item_id", "data_item", "id")),
}
"""What columns name that must be there, though no foreign key of ours says so."""
EMPTY_VALUES: Final[Mapping[str, Mapping[str, str]]] = {"dataset": {"name": "''", "meta": "'{}'"}}
"""What is written where a required value is missing, since the row is needed. Other such rows are removed."""
SAY = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a table. `what` says it before, and `done` afterwards, if it is one of rows and there were some."""

    table: str
    what: str
    sql: str
    done: str | None = None


async def set_path(connection: Connection, name: str) -> None:
    """Let everything that is made in this transaction be in one schema, and look there first."""
    await connection.execute(
        "select set_config('search_path', format('%I, %s', $1::text, current_setting('search_path')), true)", name
    )


async def move(connection: Connection, name: str, say: SAY) -> None:
    """Do it, in the transaction that is open."""
    await set_path(connection, name)
    number: int = await connection.fetchval("select oid::bigint from pg_namespace where nspname = $1", name)
    await _lock(connection, number)
    before = await catalog.tables(connection, number)
    owners = await granting.owners(connection, number)
    await granting.require(connection, name, owners.get("dataset"))
    wanted = await _wanted(connection)
    renamed = {REPLACED.get(table, table): made for table, made in before.items()}
    changes = [
        *(change for old, new_name in REPLACED.items() if old in before for change in _renaming(old, new_name)),
        *(change for table in wanted if table in renamed for change in _changes(table, renamed[table], wanted[table])),
    ]
    new = [one for one in schema.statements() if not _is_there(one, renamed)]
    made = [one.name for one in new if one.kind in {"table", "view"}]
    replaced = {old: new for old, new in REPLACED.items() if old in before}
    _tell(changes, made, replaced, say)
    for change in changes:
        status = await connection.execute(change.sql)
        if change.done and (count := int(status.split()[-1])):
            say(f"{change.done}: {count}.")
    await _make(connection, new, owners.get("dataset"))
    await granting.copy(connection, number, owners, made, replaced)
    if "dataset" in before:
        await continuing.begin(connection, say)
    await _tell_views(connection, replaced, say)


async def _lock(connection: Connection, number: int) -> None:
    """Keep all others away, so that what is counted stays so; reading is over before, too."""
    known = {*REPLACED, *(one.name for one in schema.statements() if one.kind == "table")}
    rows = await connection.fetch(
        "select relname from pg_class where relnamespace = $1::oid and relkind = 'r' and relname = any ($2) order by 1",
        number,
        list(known),
    )
    if rows:
        await connection.execute(f"lock table {', '.join(row['relname'] for row in rows)} in access exclusive mode")


def _tell(changes: Sequence[Change], made: Sequence[str], replaced: Mapping[str, str], say: SAY) -> None:
    say("This is going to be done, all of it or nothing:")
    for table, of_table in groupby(changes, lambda change: change.table):
        say(f"  {table}: {'; '.join(change.what for change in of_table)}")
    say(f"  new: {', '.join(made)}")
    if replaced:
        say(f"  the owners and the grants of {' and '.join(replaced)} go to the views of these names")
        say("  datasets that are not checked yet: what is left to do is counted")


async def _wanted(connection: Connection) -> dict[str, Table]:
    """Describe the tables that the schema makes: they are made as temporary ones, and taken back."""
    attempt = connection.transaction()
    await attempt.start()
    try:
        await connection.execute(
            "select set_config('search_path', 'pg_temp, ' || current_setting('search_path'), true)"
        )
        there = await connection.fetchval("select to_regtype('report_type') is not null")
        for one in schema.statements():
            if one.kind in {"table", "index"} or (one.name == "report_type" and not there):
                await connection.execute(one.sql)
        found = await catalog.tables(connection, await connection.fetchval("select pg_my_temp_schema()::bigint"))
    finally:
        await attempt.rollback()
    in_order = [one.name for one in schema.statements() if one.kind == "table"]
    return {table: found[table] for table in in_order}


def _is_there(one: schema.Statement, tables: Mapping[str, Table]) -> bool:
    return (one.kind in {"table", "index"} and one.name in tables) or (one.name == "report_type" and "report" in tables)


def _renaming(old: str, new: str) -> Iterator[Change]:
    yield Change(old, f"rename it to {new}", f"alter table {old} rename to {new}")
    yield Change(
        old,
        "and its sequence likewise",
        f"""do $$ begin
        execute (select format('alter sequence %s rename to {new}_id_seq', pg_get_serial_sequence('{new}', 'id')));
        end $$""",
    )


def _changes(name: str, found: Table, wanted: Table) -> Iterator[Change]:
    """Say how a table becomes what it should be: rows that can't stay go first."""
    for column, made in wanted.columns.items():
        if column not in found.columns:
            raise UserError(f"The table {name} has no column {column}: this is not a database of the existing system.")
        if found.columns[column].type != made.type:
            yield from _retyping(name, column, made.type)
    yield from _requiring(
        name, [one for one, made in wanted.columns.items() if made.required and not found.columns[one].required]
    )
    keys = [key for key in wanted.foreign_keys if key not in found.foreign_keys]
    for key in (*keys, *(key for key in REFERS.get(name, ()) if key not in found.foreign_keys)):
        gone = f"not exists (select from {key.table} where {key.table}.{key.key} = {name}.{key.column})"
        yield _removing(name, f"whose {key.column} names nothing that is there", gone)
    if name in ONCE:
        yield _doubled(name, ONCE[name])
    for index in wanted.indexes:
        if not any(there.serves_as(index) for there in found.indexes):
            yield _indexing(name, index)
    for key in keys:
        yield Change(
            name,
            f"let {key.column} refer to {key.table}",
            f"alter table {name} add foreign key ({key.column}) references {key.table} ({key.key})",
        )
    if name in REFERS:
        yield Change(name, "drop foreign keys and indexes that its rows don't need", schema.LIGHTER)


def _retyping(name: str, column: str, to: str) -> Iterator[Change]:
    if to == "bigint":
        yield _removing(name, f"whose {column} is no number", f"{column}::text !~ '^[0-9]{{1,18}}$'")
    yield Change(
        name,
        f"make {column} {to}",
        f"alter table {name} alter column {column} type {to} using {column}::text::{to}",
    )


def _requiring(name: str, columns: Sequence[str]) -> Iterator[Change]:
    if not columns:
        return
    empty = EMPTY_VALUES.get(name, {})
    for column, value in empty.items():
        yield Change(
            name,
            f"write {value} where there is no {column}",
            f"update {name} set {column} = {value} where {column} is null",  # noqa: S608 our own names
            done=f"{name}: rows that had no {column}, which is {value} now",
        )
    if not empty:
        yield _removing(name, f"without {' or '.join(columns)}", " or ".join(f"{column} is null" for column in columns))
    yield Change(
        name,
        f"require {', '.join(columns)}",
        f"alter table {name} {', '.join(f'alter column {column} set not null' for column in columns)}",
    )


def _removing(name: str, which: str, condition: str) -> Change:
    return Change(
        name,
        f"remove rows {which}",
        f"delete from {name} where {condition}",  # noqa: S608 our own names
        done=f"{name}: rows removed {which}",
    )


def _doubled(name: str, keys: Sequence[str]) -> Change:
    columns = ", ".join(keys)
    first = DONE_FIRST.get(name, "")
    return _removing(
        name,
        f"that are there more than once, of the same {' and '.join(keys)}",
        f"""id in (select id from (
            select id, row_number() over (partition by {columns} order by {first}id desc) as number from {name}
        ) as numbered where number > 1)""",  # noqa: S608 our own names
    )


def _indexing(name: str, index: catalog.Index) -> Change:
    keys = ", ".join(index.keys)
    if index.unique and index.where is None:
        kind = "primary key" if index.primary else "unique"
        return Change(name, f"make {keys} {kind}", f"alter table {name} add {kind} ({keys})")
    where = "" if index.where is None else f" where {index.where}"
    unique = "unique " if index.unique else ""
    return Change(name, f"index {keys}{where}", f"create {unique}index on {name} using {index.method} ({keys}){where}")


async def _make(connection: Connection, new: Sequence[schema.Statement], owner: Quoted | None) -> None:
    """Make what is new, as something of the account that has the datasets."""
    role = await connection.fetchval("select current_setting('role')")
    if owner is not None:
        await connection.execute(f"set local role {owner}")
    for one in new:
        await connection.execute(one.sql)
    await connection.execute("select set_config('role', $1, true)", role)


async def _tell_views(connection: Connection, replaced: Mapping[str, str], say: SAY) -> None:
    """Tell which views of others still read the tables that were replaced, since they know those by their numbers."""
    rows = await connection.fetch(
        """select distinct ev_class::regclass::text as reader, refobjid::regclass::text as source
        from pg_depend join pg_rewrite on pg_rewrite.oid = objid
        where classid = 'pg_rewrite'::regclass and refobjid = any ($1::text[]::regclass[])
        and ev_class <> all ($2::text[]::regclass[]) and ev_class <> refobjid order by 1, 2""",
        list(replaced.values()),
        list(replaced),
    )
    for row in rows:
        say(
            f"The view {row['reader']} reads {row['source']} from now on, so it shows the rows of before alone: "
            "make it again."
        )
