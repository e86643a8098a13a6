"""A real PostgreSQL for tests. `POSTGRESQL_URL` names another server than the embedded one."""

import os
import shutil
import signal
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from secrets import token_hex
from typing import Final
from urllib.parse import parse_qs, urlsplit

import asyncpg
import psutil
import pytest
import pytest_asyncio

from pelican_async.database.embedded import Server, embedded
from tests.services.keeper import kept
from tests.services.sending import send

LOGGED_LINES: Final = 30


def temporary() -> AbstractAsyncContextManager[str]:
    """Give what the keeper runs."""
    return embedded()


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the URL of a server, the same one for all processes of the session. Change nothing outside a database."""
    if url := os.environ.get("POSTGRESQL_URL"):
        yield url
        return
    base = tmp_path_factory.getbasetemp()
    with kept(f"{__name__}:temporary", base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) as url:
        yield url


def named(url: str, database: str) -> str:
    """Give the URL of another database of the same server."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/{database}?{parts.query}"


@pytest_asyncio.fixture
async def database(postgresql: str) -> AsyncIterator[str]:
    """Give the URL of an empty database of the test's own."""
    async with empty(postgresql) as url:
        yield url


@pytest_asyncio.fixture
async def kingfisher(postgresql: str) -> AsyncIterator[str]:
    """Give the URL of another one, for what collections come from."""
    async with empty(postgresql) as url:
        yield url


@asynccontextmanager
async def empty(postgresql: str) -> AsyncIterator[str]:
    """Make an empty database, and give its URL."""
    name = f"test_{token_hex(8)}"
    connection = await asyncpg.connect(postgresql)
    try:
        await connection.execute(f"create database {name}")
        yield named(postgresql, name)
        await connection.execute(f"drop database {name} with (force)")
    except asyncpg.InternalServerError as error:
        error.add_note(logged(postgresql))
        raise
    finally:
        await connection.close()


def logged(postgresql: str) -> str:
    """Give the end of what a temporary server of ours has logged, if it is one."""
    sockets = parse_qs(urlsplit(postgresql).query).get("host", [""])[0]
    log = Path(sockets).parent / "server.log"
    return "\n".join(log.read_text().splitlines()[-LOGGED_LINES:]) if log.is_file() else ""


class OwnPostgresql:
    """A server of the test's own, to be disturbed; one that is to be killed must be durable."""

    def __init__(self, folder: Path, *, durable: bool = False) -> None:
        self._server = Server(folder, durable=durable)
        self._frozen: list[int] = []
        self.url = self._server.url

    async def start(self) -> None:
        await self._server.start()

    async def stop(self) -> None:
        """Stop it as a restart of the service would: connections are closed by the server."""
        self.thaw()
        await self._server.stop()

    async def kill(self) -> None:
        """Kill it, as a power cut would."""
        self.thaw()
        os.kill(self._server.pid, signal.SIGKILL)
        await self._server.stop()

    def freeze(self) -> None:
        """Let it answer nothing more, with all its connections open."""
        server = psutil.Process(self._server.pid)
        self._frozen = [server.pid, *(child.pid for child in server.children(recursive=True))]
        for pid in self._frozen:
            send(pid, signal.SIGSTOP)

    def thaw(self) -> None:
        for pid in reversed(self._frozen):
            send(pid, signal.SIGCONT)
        self._frozen = []


@pytest_asyncio.fixture
async def own_postgresql() -> AsyncIterator[OwnPostgresql]:
    """Give a server that no other test uses, started."""
    folder = Path(tempfile.mkdtemp(prefix="pelican-async-test-"))
    folder.chmod(0o755)  # the account of a server that root starts must get there
    server = OwnPostgresql(folder / "postgresql")
    try:
        await server.start()
        yield server
    finally:
        await server.stop()
        shutil.rmtree(folder)
