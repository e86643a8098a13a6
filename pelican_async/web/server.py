"""Serves the pages in the service's own event loop."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager

import anyio
import uvicorn
from starlette.applications import Starlette

from pelican_async.errors import UserError
from pelican_async.web.answering import HEADERS
from pelican_async.web.connections import Connection
from pelican_async.web.refusing import LARGEST_HEAD

KEPT_SECONDS = 5
"""So long is a connection kept for a further request."""
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
        http=Connection,
        ws="none",
        headers=list(HEADERS.items()),
        host=address,
        port=port,
        access_log=False,
        log_config=None,
        lifespan="off",
        server_header=False,
        h11_max_incomplete_event_size=2 * LARGEST_HEAD,
        timeout_keep_alive=KEPT_SECONDS,
        timeout_graceful_shutdown=CLOSE_SECONDS,
    )
    try:
        socket = config.bind_socket()
    except SystemExit as error:  # it has said why
        raise UserError(f"HTTP_PORT: nothing can listen at {address}, port {port}.") from error
    socket.listen(config.backlog)  # so that nobody is turned away until the server is there
    server = _Server(config)
    with closing(socket):
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(server.serve, [socket])
            try:
                yield int(socket.getsockname()[1])
            finally:
                server.should_exit = True  # and the group waits until it has
