"""Creates the database's schema, and moves older ones to it: those of the existing system, and our own."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Final

import asyncpg
import structlog

from pelican_async.database import moving, schema
from pelican_async.database.connecting import Connection, connect
from pelican_async.database.trouble import is_transient
from pelican_async.errors import UserError

LOCK: Final = 0x70656C70
"""The number of the advisory lock under which one at a time upgrades a database."""
PATIENCE: Final = "60s"
"""So long may others keep a table from being changed."""
RUN: Final = "run `pelican-async db upgrade`"
log = structlog.get_logger()


class State(Enum):
    """What a database is found to be; the value says it to people."""

    EMPTY = "has no tables yet"
    FIRST_FILE = "is of the existing system, of whose files only the first was run"
    WITHOUT_LAST_FILE = "is of the existing system, whose last file was not run"
    EXISTING = "is of the existing system, and complete"
    OURS = "is of this service"


@dataclass(frozen=True, slots=True)
class Found:
    """A database: in which schema its tables are, or will be; and its version, if it's of this service."""

    schema: str
    state: State
    version: int = 0


DETECT: Final = """
select
    nspname,
    to_regprocedure(format('%I.schema_version()', nspname))::text as version,
    (
        select atttypid = 'varchar'::regtype from pg_attribute
        where attrelid = to_regclass(format('%I.progress_monitor_item', nspname)) and attname = 'item_id'
    ) as text_ids,
    (
        select not attnotnull from pg_attribute
        where attrelid = to_regclass(format('%I.dataset_level_check', nspname)) and attname = 'check_name'
    ) as nameless_checks
from pg_class join pg_namespace on pg_namespace.oid = relnamespace
where pg_class.oid = to_regclass('dataset')
"""


async def detect(connection: Connection) -> Found:
    """Find out what a database is, from the catalog, where its search path leads. Raises `UserError`."""
    row = await connection.fetchrow(DETECT)
    if row is None:
        name = await connection.fetchval("select current_schema()")
        if name is None:
            path = await connection.fetchval("show search_path")
            raise UserError(
                f"The database has none of the schemas in its search path ({path}): create the first of them."
            )
        return Found(name, State.EMPTY)
    if row["version"] is not None:
        return Found(row["nspname"], State.OURS, await connection.fetchval(f"select {row['version']}"))
    if row["text_ids"] is None or row["nameless_checks"] is None:
        raise UserError(
            f"The schema {row['nspname']} has a table named dataset, but not the others that belong to it: "
            "let the search path of the database's URL name another schema."
        )
    if row["text_ids"]:
        return Found(row["nspname"], State.FIRST_FILE)
    return Found(row["nspname"], State.WITHOUT_LAST_FILE if row["nameless_checks"] else State.EXISTING)


async def require_current(connection: Connection) -> None:
    """Raise `UserError`, which says what to do, unless the database's schema is the one that this version knows."""
    found = await detect(connection)
    if found.state is not State.OURS:
        raise UserError(f"The database {found.state.value}: {RUN}.")
    if found.version < schema.VERSION:
        raise UserError(f"The database is older than this service ({found.version}, not {schema.VERSION}): {RUN}.")
    if found.version > schema.VERSION:
        raise _too_new(found)


def _say(text: str) -> None:
    """Log it, in whatever form logs have by then."""
    log.info(text)


async def upgrade(url: str, say: Callable[[str], object] = _say) -> None:
    """Create the schema in a database, or bring it up to date, in one transaction; it waits for the database.

    It says what it is going to do, then does it, and can be run again at any time. Raises `UserError` if nothing was
    changed since somebody has to do something first.
    """
    async with connect(url, size=1, command_timeout=None) as pool, pool.acquire() as connection:
        try:
            async with connection.transaction():
                await connection.execute("set local statement_timeout = 0")
                await connection.execute("select pg_advisory_xact_lock($1)", LOCK)
                await connection.execute(f"set local lock_timeout = '{PATIENCE}'")
                await _upgrade(connection, say)
        except asyncpg.LockNotAvailableError:
            raise UserError(
                f"Somebody uses the tables, and went on for {PATIENCE}: stop all that works on the database, "
                "and run this again. Nothing was changed."
            ) from None
        except asyncpg.InsufficientPrivilegeError as error:
            raise UserError(
                f"This account may not change the database ({error}): let its URL name the owner of the tables, or a "
                "superuser. Nothing was changed."
            ) from error
        except asyncpg.PostgresError as error:
            if is_transient(error):
                raise UserError(f"The database broke off ({error}). Nothing was changed: run this again.") from error
            raise UserError(f"The database can't be changed: {error}. Nothing was changed.") from error


async def _upgrade(connection: Connection, say: Callable[[str], object]) -> None:
    found = await detect(connection)
    if found.version > schema.VERSION:
        raise _too_new(found)
    if found.state is not State.OURS:
        say(f"The database {found.state.value} (schema {found.schema}).")
        await moving.move(connection, found.schema, say)
    elif found.version == schema.VERSION:
        say(f"The database is up to date (schema {found.schema}, version {found.version}).")
        return
    else:
        say(f"The database is of this service (schema {found.schema}), in version {found.version}.")
        await moving.set_path(connection, found.schema)
        for version in range(found.version + 1, schema.VERSION + 1):
            say(f"It is brought to version {version}.")
            await connection.execute(schema.STEPS[version])
    say(f"The database is up to date now (version {schema.VERSION}).")


def _too_new(found: Found) -> UserError:
    return UserError(
        f"The database is newer than this service ({found.version}, not {schema.VERSION}): install the newer version."
    )
