"""Reads from the catalog how tables are made, without the names of what needs none: indexes and constraints."""

from dataclasses import dataclass, field
from typing import NamedTuple

from pelican_async.database.connecting import Connection


class Column(NamedTuple):
    """A column's type, as `format_type` writes it, and whether it can be null."""

    type: str
    required: bool


class Index(NamedTuple):
    """An index, or the constraint that it is there for; the keys are columns or expressions."""

    unique: bool
    primary: bool
    method: str
    keys: tuple[str, ...]
    where: str | None

    def serves_as(self, wanted: "Index") -> bool:
        """Say whether this index does all that the other would."""
        same = (self.method, self.keys, self.where) == (wanted.method, wanted.keys, wanted.where)
        return same and self.unique >= wanted.unique and self.primary >= wanted.primary


class ForeignKey(NamedTuple):
    """A column that holds the key of a row of another table."""

    column: str
    table: str
    key: str


@dataclass(frozen=True, slots=True)
class Table:
    """How a table is made."""

    columns: dict[str, Column] = field(default_factory=dict)
    indexes: list[Index] = field(default_factory=list)
    foreign_keys: list[ForeignKey] = field(default_factory=list)


COLUMNS = """
select relname, attname, format_type(atttypid, atttypmod) as type, attnotnull
from pg_class join pg_attribute on attrelid = pg_class.oid
where relnamespace = $1::oid and relkind = 'r' and attnum > 0 and not attisdropped
order by relname, attnum
"""
INDEXES = """
select relname, indisunique, indisprimary, (
    select amname from pg_class as index join pg_am on pg_am.oid = index.relam where index.oid = indexrelid
) as method, array(
    select pg_get_indexdef(indexrelid, place, true) from generate_series(1, indnkeyatts::integer) place order by place
) as keys, pg_get_expr(indpred, indrelid) as predicate
from pg_class join pg_index on indrelid = pg_class.oid
where relnamespace = $1::oid and relkind = 'r' and indisvalid
order by relname, keys
"""
FOREIGN_KEYS = """
select pg_class.relname, mine.attname as column, target.relname as target, theirs.attname as key
from pg_constraint
join pg_class on pg_class.oid = conrelid
join pg_class as target on target.oid = confrelid
join pg_attribute as mine on mine.attrelid = conrelid and mine.attnum = conkey[1]
join pg_attribute as theirs on theirs.attrelid = confrelid and theirs.attnum = confkey[1]
where contype = 'f' and cardinality(conkey) = 1 and pg_class.relnamespace = $1::oid
order by 1, 2, 3
"""


async def tables(connection: Connection, schema: int) -> dict[str, Table]:
    """Describe the tables of a schema, which its `oid` names; types are written as the search path allows."""
    found: dict[str, Table] = {}
    for row in await connection.fetch(COLUMNS, schema):
        found.setdefault(row["relname"], Table()).columns[row["attname"]] = Column(row["type"], row["attnotnull"])
    for row in await connection.fetch(INDEXES, schema):
        index = Index(row["indisunique"], row["indisprimary"], row["method"], tuple(row["keys"]), row["predicate"])
        found[row["relname"]].indexes.append(index)
    for row in await connection.fetch(FOREIGN_KEYS, schema):
        found[row["relname"]].foreign_keys.append(ForeignKey(row["column"], row["target"], row["key"]))
    return found
