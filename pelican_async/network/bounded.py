"""Reads answers of servers that nobody vouches for."""

import httpx


class TooLargeError(Exception):
    """An answer has more bytes than it may have; the rest was not read."""


async def read(response: httpx.Response, most: int) -> bytes:
    """Read an answer of at most so many bytes, unpacked. Raises `TooLargeError`, and what `httpx` raises."""
    content = bytearray()
    async for part in response.aiter_bytes():
        content += part
        if len(content) > most:
            raise TooLargeError
    return bytes(content)
