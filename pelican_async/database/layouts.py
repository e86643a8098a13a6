"""Writes down what the digits of stored results mean, so that SQL can read them, also after the checks changed."""

from collections.abc import Iterator
from decimal import Decimal
from hashlib import blake2b
from typing import NamedTuple

import orjson

from checks import catalog
from checks.fields import ALL, COVERAGE_VERSION, TREE
from pelican_async.database.connecting import Connection


class FieldLayout(NamedTuple):
    """How the outcome of one field is read; the columns of `field_layout`."""

    path: str
    node: str
    keys: list[str]
    leaf: str
    slot: int
    slots: int
    coverage_version: Decimal
    quality: str | None
    quality_version: Decimal | None
    reasons: list[str]


class CheckLayout(NamedTuple):
    """A compiled release-level check; the columns of `check_layout`."""

    name: str
    version: Decimal


def fields(*, quality: bool) -> Iterator[FieldLayout]:
    """Give the layout of all fields; without `quality`, as if they had no quality checks."""
    quality_checks = catalog.find("field")
    for field in ALL:
        node = TREE[field.node]
        judged = quality_checks.get(field.quality) if quality else None
        yield FieldLayout(
            path=field.path,
            node=str(field.node),
            keys=node.path.split(".") if node.path else [],
            leaf=field.leaf,
            slot=field.slot,
            slots=len(node.fields),
            coverage_version=Decimal(str(COVERAGE_VERSION)),
            quality=judged.name if judged else None,
            quality_version=Decimal(str(judged.version)) if judged else None,
            reasons=list(judged.module.REASONS) if judged else [],
        )


def checks() -> Iterator[CheckLayout]:
    """Give the compiled release-level checks."""
    for name, check in catalog.find("compiled_release").items():
        yield CheckLayout(name, Decimal(str(check.version)))


async def current_layout(connection: Connection, *, quality: bool) -> int:
    """Give the number of the layout that the checks write now; it is stored, if it isn't yet."""
    of_fields, of_checks = list(fields(quality=quality)), list(checks())
    digest = blake2b(orjson.dumps([of_fields, of_checks], default=str), digest_size=16).hexdigest()
    known = "select id from layout where digest = $1"
    number: int | None = await connection.fetchval(known, digest)
    if number is not None:
        return number
    async with connection.transaction():
        await connection.execute("lock table layout in exclusive mode")
        number = await connection.fetchval(known, digest)
        if number is None:
            number = await connection.fetchval("insert into layout (digest) values ($1) returning id", digest)
            await connection.copy_records_to_table(
                "field_layout", columns=("layout", *FieldLayout._fields), records=[(number, *one) for one in of_fields]
            )
            await connection.copy_records_to_table(
                "check_layout", columns=("layout", *CheckLayout._fields), records=[(number, *one) for one in of_checks]
            )
    return int(number)
