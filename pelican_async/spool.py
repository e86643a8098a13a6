"""Records on disk while a run lasts, so that memory stays flat: appended in order, read back by number."""

import tempfile
from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from itertools import pairwise
from types import TracebackType
from typing import Self

from pelican_async.temporary import kept_there


class Spool:
    """A temporary file of records with rising numbers. It has no name, so nothing is left behind, whatever happens."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(prefix="pelican-async-")  # noqa: SIM115 closed by __exit__
        self._end = 0
        self._numbers = array("Q")
        self._offsets = array("Q", [0])

    def __enter__(self) -> Self:
        """Give itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file, which removes it."""
        with suppress(OSError):  # what isn't written yet need not be
            self._file.close()

    def append(self, number: int, record: bytes) -> None:
        """Add a record; its number is greater than any before. Raises `UserError` if there is no room for it."""
        with kept_there():
            self._file.write(record)
        self._end += len(record)
        self._numbers.append(number)
        self._offsets.append(self._end)

    def read(self, numbers: Collection[int]) -> Mapping[int, bytes]:
        """Give the records with these numbers, as far as there are such."""
        found: dict[int, bytes] = {}
        for number in sorted(set(numbers)):
            place = self._find(number)
            if place is not None:
                start, end = self._offsets[place], self._offsets[place + 1]
                with kept_there():  # what was appended may be written only now
                    self._file.seek(start)
                found[number] = self._file.read(end - start)
        self._file.seek(0, 2)
        return found

    def all(self) -> Iterator[bytes]:
        """Give all records, in their order."""
        with kept_there():
            self._file.seek(0)
        for start, end in pairwise(self._offsets):
            yield self._file.read(end - start)

    def _find(self, number: int) -> int | None:
        place = bisect_left(self._numbers, number)
        return place if place < len(self._numbers) and self._numbers[place] == number else None
