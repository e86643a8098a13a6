"""Connections of those who ask over HTTP: bounded in number, in time, and in what each may send."""

import asyncio
import socket
from typing import Any, Final

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

MOST: Final = 100
"""So many connections are open; for a further one, the one that has been waiting longest for a request is closed."""
REQUEST_SECONDS: Final = 20.0
"""So long may a request take: to be sent, to be answered, and to have its answer taken."""
INVALID: Final = b'{"error": "This is not a request of HTTP."}'


class Connection(H11Protocol):
    """A connection, which never lasts for long if nothing happens, however that is brought about."""

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 the server's
        super().__init__(*arguments, **options)
        self.since = self.loop.time()
        self._limit: asyncio.TimerHandle | None = None

    @property
    def waits(self) -> bool:
        """Whether no request is under way; one that isn't complete is none."""
        return self.cycle is None or self.cycle.response_complete  # type: ignore[redundant-expr]  # it is none at first

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as the server has it
        """Make room, or be closed if everyone else is at work."""
        others = [one for one in self.connections if isinstance(one, Connection)]
        super().connection_made(transport)
        if self.transport.get_extra_info("socket").family in {socket.AF_INET, socket.AF_INET6}:
            # Head and body are written one after the other: or else the second waits until the first is acknowledged,
            # which takes 40 ms. The event loop sees to it with sockets that it made itself alone.
            self.transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._begin()
        if len(others) >= MOST:
            waiting = min((one for one in others if one.waits), key=lambda one: one.since, default=self)
            waiting.transport.abort()
            self.connections.discard(waiting)

    def connection_lost(self, exc: Exception | None) -> None:
        """End the time limit."""
        if self._limit is not None:
            self._limit.cancel()
        super().connection_lost(exc)

    def on_response_complete(self) -> None:
        """Begin a request anew, though this one's answer may not be taken yet."""
        self._begin()
        super().on_response_complete()

    def send_400_response(self, msg: str) -> None:
        """Say what is wrong, as far as there is somebody to be told."""
        del msg  # it may have what was sent
        if self.conn.our_state not in {h11.IDLE, h11.SEND_RESPONSE}:
            self.transport.abort()  # an answer is under way already
            return
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(INVALID)).encode())]
        answer = h11.Response(
            status_code=400,
            headers=[*self.server_state.default_headers, *headers, (b"connection", b"close")],
            reason=b"Bad Request",
        )
        for event in (answer, h11.Data(data=INVALID), h11.EndOfMessage()):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()

    def _begin(self) -> None:
        if self._limit is not None:
            self._limit.cancel()
        self.since = self.loop.time()
        self._limit = self.loop.call_later(REQUEST_SECONDS, self.transport.abort)
