"""Serves the pages in the service's own event loop."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager

import anyio
import uvicorn
from starlette.applications import Starlette

from pelican_async.errors import UserError

REQUEST_LIMIT = 64
"""So many requests at once; more are told to come again."""
CLOSE_SECONDS = 2


class _Server(uvicorn.Server):
    """Leaves signals to the service, which has more to stop than this."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def served(application: Starlette, address: str, port: int) -> AsyncIterator[int]:
    """Serve it; give the port (a free one was taken, if 0 was asked for). Raises `UserError` if it can't be had."""
    config = uvicorn.Config(
        application,
        host=address,
        port=port,
        access_log=False,
        log_config=None,
        lifespan="off",
        server_header=False,
        limit_concurrency=REQUEST_LIMIT,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=CLOSE_SECONDS,
    )
    try:
        socket = config.bind_socket()
    except SystemExit as error:  # it has said why
        raise UserError(f"HTTP_PORT: nothing can listen at {address}, port {port}.") from error
    server = _Server(config)
    with closing(socket):
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(server.serve, [socket])
            try:
                yield int(socket.getsockname()[1])
            finally:
                server.should_exit = True  # and the group waits until it has
