"""A wire to a PostgreSQL that listens on a Unix socket."""

import asyncio
import shutil
import tempfile
from pathlib import Path
from typing import Final

from tests.pelican_async.broker.wire import Wire

SOCKET: Final = ".s.PGSQL.5432"


class PostgresqlWire(Wire):
    """Forwards what is sent to a socket of its own to the server's, and back."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self._folder = Path(tempfile.mkdtemp(prefix="chaos-"))  # the path of a socket must be short

    async def __aexit__(self, *arguments: object) -> None:
        await super().__aexit__(*arguments)
        shutil.rmtree(self._folder)

    async def _listen(self) -> asyncio.Server:
        (self._folder / SOCKET).unlink(missing_ok=True)
        server = await asyncio.start_unix_server(self._forward, self._folder / SOCKET)
        self.url = str(self._target.update_query(host=str(self._folder)))
        return server

    async def _reach(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_unix_connection(Path(self._target.query["host"]) / SOCKET)
