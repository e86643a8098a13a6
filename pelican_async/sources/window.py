"""A window that moves over the bytes of a source, with the escapes in strings masked."""

from collections.abc import Iterator

from pelican_async.sources.texts import Damaged

BLOCK = 256 * 1024


class Window:
    """The bytes of a source from `base` on, as they are (`raw`) and to be searched (`masked`), and a position in them.

    In JSON a backslash stands only inside strings. With escaped backslashes and escaped quotes masked, the next quote
    ends a string, always; so searching needs no look at escapes, which makes it several times faster.

    `mark`, if set, is a byte of the source: what comes after it is kept. Otherwise what is before the position goes.
    """

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self._blocks = blocks
        self._held = b""
        self.base = 0
        self.raw = b""
        self.masked = self.raw
        self.position = 0
        self.mark: int | None = None
        self.damage: str | None = None
        self._ended = False

    @property
    def place(self) -> int:
        """The position as a byte of the source."""
        return self.base + self.position

    def since(self, place: int) -> bytes:
        """Give the bytes from a byte of the source, at or after the mark, to the position."""
        return self.raw[place - self.base : self.position]

    def fill(self) -> bool:
        """Read on, the more the more is kept, so that long texts cost little more than short ones; False at the end."""
        keep = self.position if self.mark is None else min(self.position, self.mark - self.base)
        kept = len(self.raw) - keep
        more = self._read(max(BLOCK, kept // 4))
        if not more:
            return False
        masked = _mask(more)
        is_same = self.masked is self.raw and masked is more
        self.raw = self.raw[keep:] + more
        # Without escapes, one copy does.
        self.masked = self.raw if is_same else self.masked[keep:] + masked
        self.position -= keep
        self.base += keep
        return True

    def _read(self, least: int) -> bytes:
        blocks = [self._held]
        length = len(self._held)
        # With two bytes at least, not all is held.
        while length < max(least, 2) and not self._ended:
            try:
                block = next(self._blocks, None)
            except Damaged as damaged:
                self.damage = str(damaged)
                block = None
            if block is None:
                self._ended = True
            else:
                blocks.append(block)
                length += len(block)
        data = b"".join(blocks)
        # A backslash and what it escapes must be masked together.
        escapes = len(data) - len(data.rstrip(b"\\"))
        self._held = b"\\" if escapes % 2 and not self._ended else b""
        return data[: len(data) - len(self._held)]


def _mask(data: bytes) -> bytes:
    if b"\\" not in data:
        return data
    return data.replace(b"\\\\", b"__").replace(b'\\"', b"__")
