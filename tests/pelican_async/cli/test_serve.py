"""`serve`: what it refuses to start with; and a service of its own that is killed and goes on."""

import asyncio
import shutil
import signal
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import pytest

from pelican_async.crash_points import VARIABLE, CrashPoint
from pelican_async.database.connecting import opened
from pelican_async.stages.catalog import STAGES
from tests.golden.database_content import rows_of
from tests.services.command import ran
from tests.services.postgresql import empty
from tests.services.progress import watched
from tests.services.rabbitmq import Rabbitmq, free_ports
from tests.services.replica import Replica, replica
from tests.services.world import SMALL

EXAMPLES: Final = Path(__file__).parents[3] / "examples"
SIZE: Final = 30
LINES: Final = b"".join((EXAMPLES / "collection.jsonl").read_bytes().splitlines(keepends=True)[:SIZE])


async def test_all_wrong_settings_are_named_at_once_and_no_values() -> None:
    wrong = {
        "PREFETCH_COUNT": "canary-1",
        "PELICAN_BACKEND_STEPS": "report,canary-2",
        "LOG_LEVEL": "canary-3",
        "CURRENCY_CONVERTER_INTERPOLATION": "canary-4",
        "HTTP_PORT": "99999",
        "SHUTDOWN_GRACE": "-1",
    }
    ended = await ran(wrong, "serve")
    assert (ended.status, ended.output) == (2, "")
    assert [name for name in wrong if f"  {name}: " not in ended.error] == []
    assert "canary-" not in ended.error
    assert "Traceback" not in ended.error
    for allowed in ("these, and no others: field_coverage, ", "'linear', 'closest'"):
        assert allowed in ended.error


async def test_batches_fit_into_pages() -> None:
    ended = await ran({"EXTRACTOR_PAGE_SIZE": "10", "EXTRACTOR_MAX_BATCH_SIZE": "20"}, "serve")
    assert ended.status == 2
    assert "EXTRACTOR_MAX_BATCH_SIZE is greater than EXTRACTOR_PAGE_SIZE" in ended.error


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--stages", "check_items,nothing"], "nothing: not among extract_kingfisher_process"),
        (["--embedded", "folder", "--temporary"], "either --embedded or --temporary"),
    ],
)
async def test_wrong_use_is_refused(arguments: list[str], said: str) -> None:
    ended = await ran({}, "serve", *arguments)
    assert ended.status == 2
    assert said in ended.error


async def test_a_database_without_the_schema_is_refused(postgresql: str, rabbitmq: Rabbitmq, exchange: str) -> None:
    async with empty(postgresql) as database:
        environment = {
            **SMALL,
            "DATABASE_URL": database,
            "RABBIT_URL": rabbitmq.url,
            "RABBIT_EXCHANGE_NAME": exchange,
            "HTTP_PORT": "0",
        }
        refused = await ran(environment, "serve")
        assert refused.status == 2
        assert refused.error.splitlines()[-1] == (
            "Error: The database has no tables yet: run `pelican-async db upgrade`."
        )
        upgraded = await ran(environment, "db", "upgrade")
        assert upgraded.status == 0
        assert "The database is up to date now" in upgraded.output
        again = await ran(environment, "db", "upgrade")
        assert (again.status, again.output.count("\n")) == (0, 1)
        await stops_in_order(environment)
    async with empty(postgresql) as database:
        await stops_in_order({**environment, "DATABASE_URL": database}, "--upgrade")


async def stops_in_order(environment: Mapping[str, str], *arguments: str) -> None:
    async with replica(environment, *arguments) as service:
        ready = await service.until_said("ready")
        assert ready["stages"] == sorted(STAGES)
        service.send(signal.SIGTERM)
        assert await service.ended() == 0
        assert service.log[-1]["event"] == "stopped"


async def test_a_port_that_is_taken_is_one_clear_line(postgresql: str, rabbitmq: Rabbitmq, exchange: str) -> None:
    server = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server, empty(postgresql) as database:
        environment = {
            **SMALL,
            "DATABASE_URL": database,
            "RABBIT_URL": rabbitmq.url,
            "RABBIT_EXCHANGE_NAME": exchange,
            "HTTP_PORT": str(port),
        }
        ended = await ran(environment, "serve", "--upgrade")
    assert ended.status == 2
    assert ended.error.splitlines()[-1] == f"Error: HTTP_PORT: nothing can listen at 127.0.0.1, port {port}."


@pytest.mark.parametrize("missing", ["broker", "database"])
async def test_stops_while_it_waits(rabbitmq: Rabbitmq, exchange: str, missing: str) -> None:
    (port,) = free_ports(1)
    environment = {
        **SMALL,
        "RABBIT_URL": rabbitmq.url if missing == "database" else f"amqp://me:secret@127.0.0.1:{port}/",
        "RABBIT_EXCHANGE_NAME": exchange,
        "DATABASE_URL": f"postgresql://me:secret@127.0.0.1:{port}/it",
    }
    async with replica(environment) as service:
        await service.until_said(f"waiting for the {missing}")
        service.send(signal.SIGTERM)
        assert await service.ended() == 0


async def add(service: Replica, folder: Path) -> str:
    """Have a file checked, and give the URL of the service's database."""
    url: str = (await service.until_said("reach the database by this"))["DATABASE_URL"]
    source = folder / "collection.jsonl"
    source.write_bytes(LINES)
    added = await ran({"DATABASE_URL": url, "EXTRACTOR_MAX_BATCH_SIZE": "10"}, "add", "a file", "--file", str(source))
    assert (added.status, added.error) == (0, "")
    return url


async def content(url: str) -> dict[str, list[str]]:
    async with opened(url) as connection:
        return await rows_of(connection)


@pytest.fixture
def folder() -> Iterator[Path]:
    """Give a folder that any account can come to, unlike those of the tests."""
    above = Path(tempfile.mkdtemp(prefix="pelican-async-test-"))
    above.chmod(0o755)
    yield above / "data"
    shutil.rmtree(above)


async def test_a_service_of_its_own_goes_on_after_kills(tmp_path: Path, folder: Path) -> None:
    """It forgets its messages each time; in the end all is as it is without any kill, in a temporary folder."""
    async with replica(SMALL, "--temporary") as service:
        url = await add(service, tmp_path)
        async with watched(url) as progress:
            await progress.until_checked(1)
        expected = await content(url)
        service.send(signal.SIGTERM)
        assert await service.ended() == 0

    async with replica(SMALL, "--embedded", str(folder), "--stages", "wipe") as service:
        await add(service, tmp_path)
        await service.kill()
    async with replica({**SMALL, VARIABLE: CrashPoint.RESULTS_STORED}, "--embedded", str(folder)) as service:
        assert await service.ended() == -signal.SIGKILL
    async with replica(SMALL, "--embedded", str(folder)) as service:
        url = (await service.until_said("reach the database by this"))["DATABASE_URL"]
        async with watched(url) as progress:
            await progress.until_checked(1)
        assert await content(url) == expected
        status = await ran({"DATABASE_URL": url}, "status", "1")
        assert "CHECKED" in status.output
        service.send(signal.SIGTERM)
        assert await service.ended() == 0
    assert expected["report"]
