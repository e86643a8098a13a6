"""Gives what is new in a database to those who have what was there before."""

from collections.abc import Mapping, Sequence
from typing import NewType

from pelican_async.database.connecting import Connection
from pelican_async.errors import UserError

Quoted = NewType("Quoted", str)
"""The name of an account, as SQL has it."""

GRANTS = """
select format(
    'grant %s%s on {kind} {target} to %s%s',
    privilege_type,
    ' (' || quote_ident(attname) || ')', -- null is nothing to `format`
    case grantee when 0 then 'public' else grantee::regrole::text end,
    case when is_grantable then ' with grant option' else '' end
) as statement
from pg_class cross join lateral (
    select null::name as attname, granted.* from aclexplode(relacl) as granted
    union all
    select attname, granted.* from pg_attribute cross join lateral aclexplode(attacl) as granted
    where attrelid = pg_class.oid and attacl is not null and not attisdropped
) as granted
where pg_class.oid = '{source}'::regclass and grantee <> relowner
"""
READERS = """
select distinct case grantee when 0 then 'public' else grantee::regrole::text end as reader
from pg_class cross join lateral (
    select granted.* from aclexplode(relacl) as granted
    union all
    select granted.* from pg_attribute cross join lateral aclexplode(attacl) as granted
    where attrelid = pg_class.oid and attacl is not null
    union all
    select relowner, relowner, 'SELECT', false
) as granted
where pg_class.oid = '{view}'::regclass and privilege_type = 'SELECT'
"""
NEEDED_BY_READERS = ("select on field_layout", "select on check_layout", "select (id, data) on data_item")
"""What the operators read for whoever reads a view."""


async def owners(connection: Connection, schema: int) -> dict[str, Quoted]:
    """Give the owners of the tables in a schema, which its `oid` names."""
    rows = await connection.fetch(
        "select relname, relowner::regrole::text from pg_class where relnamespace = $1::oid and relkind = 'r'", schema
    )
    return {row["relname"]: Quoted(row["relowner"]) for row in rows}


async def require(connection: Connection, schema: str, owner: Quoted | None) -> None:
    """Raise `UserError` if the owner of what is there may not make anything beside it."""
    if owner is None:
        return
    if not await connection.fetchval(
        "select has_schema_privilege($1::text::regrole::oid, $2, 'create')", owner, schema
    ):
        raise UserError(
            f"{owner}, who owns the tables, may not make any in the schema {schema}: "
            f"grant create on schema {schema} to {owner}. Nothing was changed."
        )


async def copy(
    connection: Connection,
    schema: int,
    had: Mapping[str, Quoted],
    made: Sequence[str],
    replaced: Mapping[str, str],
) -> None:
    """Grant what was made as `dataset` is, and the views as the tables are that they replace; these keep their owners.

    `had` are the owners of before, `made` the new tables and views, `replaced` those that views took the place of,
    with their new names.
    """
    if "dataset" not in had:
        return
    for table in made:
        await _copy(connection, replaced.get(table, "dataset"), table)
    ids: str = await connection.fetchval("select pg_get_serial_sequence('dataset', 'id')")
    sequences = await connection.fetch(
        """select pg_get_serial_sequence(format('%I.%I', nspname, relname), attname) as sequence
        from pg_class join pg_namespace on pg_namespace.oid = relnamespace join pg_attribute on attrelid = pg_class.oid
        where relnamespace = $1::oid and relname = any ($2::text[]) and relkind = 'r' and attnum > 0 and atthasdef""",
        schema,
        made,
    )
    for row in sequences:
        if row["sequence"] is not None:
            await _copy(connection, ids, row["sequence"], "sequence")
    for view in replaced:
        if had[view] != had["dataset"]:
            await connection.execute(f"grant select on item_result to {had[view]}")
            await connection.execute(f"alter view {view} owner to {had[view]}")
        for row in await connection.fetch(READERS.format(view=view)):
            for privilege in NEEDED_BY_READERS:
                await connection.execute(f"grant {privilege} to {row['reader']}")


async def _copy(connection: Connection, source: str, target: str, kind: str = "table") -> None:
    for row in await connection.fetch(GRANTS.format(kind=kind, source=source, target=target)):
        await connection.execute(row["statement"])
