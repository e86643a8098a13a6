"""Keeps one service running for all processes of a test session, and ends with the last of them.

Each process that uses it holds a connection to the keeper's socket, which ends with that process, however that ends.
"""

import asyncio
import fcntl
import importlib
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from pathlib import Path


@contextmanager
def kept(service: str, folder: Path) -> Iterator[str]:
    """Give the URL of a service that is shared by all that name the same folder. The first one starts it.

    `service` is `module:function`, a function without arguments that gives an asynchronous context manager of a URL.
    """
    name = service.rpartition(":")[2]
    path = folder / f"{name}.socket"
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        connection = _connect(path) or _start(service, path)
        fcntl.flock(lock, fcntl.LOCK_UN)
    with connection, connection.makefile() as answer:
        yield answer.readline().strip()


def _connect(path: Path) -> socket.socket | None:
    connection = socket.socket(socket.AF_UNIX)
    try:
        connection.connect(str(path))
    except OSError:
        connection.close()
        return None
    return connection


def _start(service: str, path: Path) -> socket.socket:
    with (path.with_suffix(".log")).open("wb") as log:
        keeper = subprocess.Popen(  # noqa: S603 this file
            [sys.executable, "-m", "tests.services.keeper", service, str(path)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            start_new_session=True,
            cwd=Path(__file__).parents[2],
        )
    assert keeper.stdout is not None
    with keeper.stdout:
        keeper.stdout.read()  # it closes its output when it is ready, and when it fails
    keeper.returncode = 0  # it outlives this process
    connection = _connect(path)
    if connection is None:
        raise RuntimeError(path.with_suffix(".log").read_text())
    return connection


class Users:
    """Counts who uses the service, and tells when the last one went."""

    def __init__(self, answer: str) -> None:
        self.gone = asyncio.Event()
        self._answer = answer
        self._number = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._number += 1
        writer.write(f"{self._answer}\n".encode())
        try:
            await reader.read()
        except ConnectionError:
            pass
        finally:
            writer.close()
            self._number -= 1
            if not self._number:
                self.gone.set()


async def main(service: str, path: Path) -> None:
    module, name = service.split(":")
    context: AbstractAsyncContextManager[str] = getattr(importlib.import_module(module), name)()
    async with context as url:
        users = Users(url)
        path.unlink(missing_ok=True)
        server = await asyncio.start_unix_server(users.serve, path)
        os.close(1)
        await users.gone.wait()
        server.close()
        path.unlink(missing_ok=True)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2])))
