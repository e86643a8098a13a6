"""`pelican-async status`: how far datasets have come."""

import time
from collections.abc import Sequence
from typing import Final

import anyio
import click
from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.table import Table
from rich.text import Text

from pelican_async import settings as all_settings
from pelican_async.database.connecting import commanded
from pelican_async.database.status import DatasetStatus, status_of, statuses
from pelican_async.errors import UserError
from pelican_async.reports.visible import visible

SHOWN: Final = 20
EVERY: Final = 1.0


@click.command()
@click.argument("dataset_id", type=click.IntRange(min=1), required=False)
@click.option("--watch", is_flag=True, help="Show it again every second, until Ctrl-C.")
def status(dataset_id: int | None, *, watch: bool) -> None:
    """Say how far datasets have come: the newest, or the one with the number DATASET_ID."""
    url = all_settings.load().database_url.get_secret_value()
    console = Console()
    if not watch:
        console.print(shown(anyio.run(_look, url, dataset_id)))
        return
    with Live(console=console, auto_refresh=False) as live:
        while True:
            live.update(shown(anyio.run(_look, url, dataset_id)), refresh=True)
            time.sleep(EVERY)


async def _look(url: str, dataset_id: int | None) -> Sequence[DatasetStatus]:
    async with commanded(url) as connection:
        if dataset_id is None:
            return await statuses(connection, before=None, limit=SHOWN)
        found = await status_of(connection, dataset_id)
        if found is None:
            raise UserError(f"There is no dataset {dataset_id}.")
        return [found]


def shown(found: Sequence[DatasetStatus]) -> RenderableType:
    """Give a table of datasets; of a single one also what its values were looked up in."""
    if not found:
        return "There are no datasets yet."
    table = Table(box=None, pad_edge=False)
    for heading, right in (("id", True), ("name", False), ("phase", False), ("state", False), ("items", True)):
        table.add_column(heading, justify="right" if right else "left")
    for heading in ("checked", "per second", "time left"):
        table.add_column(heading, justify="right")
    table.add_column("to note")
    for one in found:
        table.add_row(
            str(one.id),
            visible(one.name),
            one.phase,
            one.state,
            f"{one.size:,}",
            f"{one.checked:,}",
            "" if one.rate is None else f"{one.rate:,.0f}",
            _left(one),
            _notes(one),
        )
    if len(found) == 1:
        return Group(table, *(Text(visible(line)) for line in found[0].checked_with))
    return table


def _left(one: DatasetStatus) -> str:
    left = one.size - one.checked
    if not left or one.rate is None:
        return ""
    seconds = round(left / one.rate)
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _notes(one: DatasetStatus) -> str:
    notes = [
        f"given up: {visible(one.trouble)}" if one.trouble else "",
        f"{one.stage} waits for somebody to do it" if one.stage and not one.held and not one.trouble else "",
        f"{one.not_checked:,} could not be checked" if one.not_checked else "",
        f"{one.skipped:,} too large to be taken" if one.skipped else "",
        f"{one.without_ocid:,} without an ocid" if one.without_ocid else "",
        f"compared with {one.ancestor_id}" if one.ancestor_id is not None else "",
    ]
    return "; ".join(note for note in notes if note)
