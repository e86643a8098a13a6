"""The schema, as `schema.sql` writes it down."""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

VERSION: Final = 4
"""What `schema_version()` answers in a database that is up to date."""
LIGHTER: Final = """
    do $$ declare surplus text; begin
        for surplus in
            select format('alter table progress_monitor_item drop constraint %I', conname) from pg_constraint
            where conrelid = 'progress_monitor_item'::regclass and contype = 'f'
        loop execute surplus; end loop;
        for surplus in
            select format('drop index %s', indexrelid::regclass) from pg_index
            where indrelid = 'progress_monitor_item'::regclass and not indisunique and indexprs is null
            and array(select attname::text from unnest(indkey) as number join pg_attribute
                on attrelid = indrelid and attnum = number order by attname)
                in (array['item_id'], array['dataset_id', 'state'])
        loop execute surplus; end loop;
    end $$;
    alter table progress_monitor_item set (fillfactor = 50);
"""
"""Leaves nothing on the progress of items that has to be looked at or written whenever a row is."""
STEPS: Final[Mapping[int, str]] = {
    2: """
        create table item_changed (
            data_item_id bigint primary key,
            dataset_id bigint not null,
            changes text not null
        );
        create index on item_changed (dataset_id);
        create or replace function schema_version() returns integer language sql immutable as $$ select 2 $$;
    """,
    3: (files(__package__) / "to_version_3.sql").read_text("utf-8"),
    4: f"""{LIGHTER}
        create or replace function schema_version() returns integer language sql immutable as $$ select 4 $$;
    """,
}
"""What leads to each version from the one before, as SQL."""

_COMMENT: Final = re.compile(r"--[^\n]*")
_MADE: Final = re.compile(r"create (?:unique )?(?P<kind>\w+) (?:on )?(?P<name>\w+)")


class Statement(NamedTuple):
    """One statement; `kind` is table, index, view, function, type, operator or cast. An index has its table's name."""

    kind: str
    name: str
    sql: str


@cache
def text() -> str:
    """Give the whole schema, as SQL."""
    return (files(__package__) / "schema.sql").read_text("utf-8")


@cache
def statements() -> tuple[Statement, ...]:
    """Give the schema's statements, in an order in which they can be executed."""
    # Every other part is the body of a function, in which semicolons separate nothing.
    parts = text().split("$$")
    outside = [_COMMENT.sub("", part).split(";") for part in parts[::2]]
    whole = [outside[0][0]]
    for number, (first, *others) in enumerate(outside):
        if number:
            whole[-1] += f"$${parts[2 * number - 1]}$${first}"
        whole += others
    return tuple(_statement(sql.strip()) for sql in whole if sql.strip())


def _statement(sql: str) -> Statement:
    made = _MADE.match(sql)
    if made is None:
        return Statement(sql.split()[1], "", sql)
    return Statement(made["kind"], made["name"], sql)
