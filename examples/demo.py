"""Runs the whole service on the example collection and its later version, and shows what comes out.

The service brings its own PostgreSQL, in a temporary folder, and an in-process broker: nothing has to be started.
"""

import sys
from pathlib import Path
from typing import Final

import anyio
from pydantic import SecretStr
from rich.console import Console

from pelican_async import logs, supervisor
from pelican_async import settings as all_settings
from pelican_async.broker.memory import MemoryBroker
from pelican_async.cli.status import shown
from pelican_async.database.connecting import opened
from pelican_async.database.datasets import Phase
from pelican_async.database.embedded import embedded
from pelican_async.database.status import status_of, statuses
from pelican_async.database.upgrade import upgrade
from pelican_async.dataset_report import dataset_report, dataset_to_read
from pelican_async.file_extraction import extract_files
from pelican_async.reference import codelists, stored_rates
from pelican_async.reports.html import write_html
from pelican_async.reports.terminal import write_summary
from pelican_async.reports.whole_file import text_for
from pelican_async.settings import Settings
from pelican_async.stages.catalog import STAGES
from pelican_async.stages.parts import Parts

FOLDER: Final = Path(__file__).parent
EVERY: Final = 0.1


async def main(page: Path) -> None:
    """Check both versions, one after the other, as a dataset and its successor; write the page of the second."""
    console = Console()
    async with embedded() as url:
        own = {"database_url": SecretStr(url), "http_port": 0, "online": False, "log_format": "text"}
        settings = all_settings.load().model_copy(update=own)
        logs.configure(settings)
        await upgrade(url)
        async with opened(url) as connection:
            await stored_rates.fill(connection)
        stop = anyio.Event()
        async with supervisor.built(settings, codelists.snapshot()) as parts:
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(supervisor.run, parts, MemoryBroker(), list(STAGES.values()), stop)
                first = await checked(parts, settings, "example", None, FOLDER / "collection.previous.jsonl")
                second = await checked(parts, settings, "example", first, FOLDER / "collection.jsonl")
                stop.set()
            async with parts.database.acquire() as connection:
                console.print(shown(await statuses(connection, before=None, limit=2)))
                found = await dataset_to_read(settings, second, parts.reference)
            report = await anyio.to_thread.run_sync(dataset_report, *found)
    write_summary(report, console)
    with text_for(page) as file:
        write_html(report, file)
    console.print(f"The report: {page}")


async def checked(parts: Parts, settings: Settings, name: str, ancestor: int | None, source: Path) -> int:
    """Make a dataset of a file, and wait until it is checked."""
    async with parts.database.acquire() as connection:
        extracted = await extract_files(connection, settings, name, ancestor, [str(source)])
    parts.signals.outgoing.set()
    while True:
        async with parts.database.acquire() as connection:
            status = await status_of(connection, extracted.dataset_id)
        if status is None or status.trouble or status.phase == Phase.CHECKED:
            return extracted.dataset_id
        await anyio.sleep(EVERY)


if __name__ == "__main__":
    anyio.run(main, Path(sys.argv[1]))
