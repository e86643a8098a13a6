"""Reads answers of servers that nobody vouches for."""

from collections.abc import AsyncIterable


class TooLargeError(Exception):
    """An answer has more bytes than it may have; the rest was not read."""


async def read(parts: AsyncIterable[bytes], most: int) -> bytes:
    """Read an answer of at most so many bytes, as they were sent. Raises `TooLargeError`, and what the client raises.

    It should be asked for without compression: a few bytes could become many.
    """
    content = bytearray()
    async for part in parts:
        content += part
        if len(content) > most:
            raise TooLargeError
    return bytes(content)
