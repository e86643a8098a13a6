"""What a broker within the process forgot is put back; that all goes on is shown with the command `serve`."""

from pathlib import Path

from pelican_async import file_extraction
from pelican_async.database import outbox
from pelican_async.database.announcing import Window
from pelican_async.database.connecting import Connection, opened
from pelican_async.database.status import status_of
from pelican_async.file_extraction import extract_files
from pelican_async.messages import Queue
from pelican_async.stages.recovery import recover
from tests.services.running import set_up, settings_for

EXAMPLES = Path(__file__).parents[3] / "examples"


async def made(connection: Connection, database: str, folder: Path, size: int) -> int:
    source = folder / "collection.jsonl"
    source.write_bytes(b"".join((EXAMPLES / "collection.jsonl").read_bytes().splitlines(keepends=True)[:size]))
    extracted = await extract_files(connection, settings_for(database), "a", None, [str(source)])
    await connection.execute("delete from outbox")
    return extracted.dataset_id


async def waiting(connection: Connection) -> list[tuple[str, int]]:
    async with connection.transaction():
        return [(message.queue, message.dataset_id) for message in await outbox.take(connection, 100)]


async def test_puts_back_what_datasets_wait_for(database: str, tmp_path: Path) -> None:
    await set_up(database)
    async with opened(database) as connection:
        unchecked = await made(connection, database, tmp_path, 5)
        checked = await made(connection, database, tmp_path, 2)
        await connection.execute("update progress_monitor_item set state = 'OK' where dataset_id = $1", checked)
        done = await made(connection, database, tmp_path, 1)
        await connection.execute("update progress_monitor_dataset set phase = 'CHECKED' where dataset_id = $1", done)
        await recover(connection, Window(100, 2))
        assert await waiting(connection) == [
            *[(Queue.CHECK_ITEMS, unchecked)] * 3,
            (Queue.CHECK_DATASET, checked),
        ]


async def test_nobody_holds_a_lease_any_more(database: str, tmp_path: Path) -> None:
    await set_up(database)
    async with opened(database) as connection:
        dataset = await made(connection, database, tmp_path, 1)
        await connection.execute(
            """update dataset_run
            set stage = 'report', holder = gen_random_uuid(), held_until = current_timestamp + interval '1 hour'"""
        )
        await recover(connection, Window(100, 2))
        status = await status_of(connection, dataset)
        assert status is not None
        assert (status.stage, status.held, status.trouble) == ("report", False, None)


async def test_files_whose_command_was_interrupted_are_given_up(database: str, tmp_path: Path) -> None:
    await set_up(database)
    async with opened(database) as connection:
        dataset = await made(connection, database, tmp_path, 1)
        await connection.execute("update dataset_run set stage = $1", file_extraction.NAME)
        await recover(connection, Window(100, 2))
        status = await status_of(connection, dataset)
        assert status is not None
        assert status.trouble is not None
        assert status.trouble.endswith("remove it, and add the files again")
        assert await waiting(connection) == []
