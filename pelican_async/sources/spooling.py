"""Loose releases, kept on disk until all of a process have been read."""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from pelican_async.sources.limits import Limits
from pelican_async.sources.texts import Unit, Unreadable
from pelican_async.temporary import kept_there


@dataclass(frozen=True, slots=True)
class Group:
    """The releases of one process, as texts in the order in which they were read, and where the first was read.

    `changes` says what was written otherwise before they were taken out of something larger.
    """

    ocid: str
    texts: list[bytes]
    source: str
    unit: Unit
    place: int
    changes: Sequence[str] = ()


class LooseReleases:
    """Releases gathered by ocid, in flat memory: they are kept in a file that has no name and goes when it is closed.

    >>> with LooseReleases(Limits()) as releases:
    ...     releases.add("b", b'{"date": "2001"}', "file", "line", 1)
    ...     releases.add("a", b'{"date": "2002"}', "file", "line", 2)
    ...     releases.add("b", b'{"date": "2000"}', "file", "line", 3)
    ...     [(group.ocid, len(group.texts), group.place) for group in releases.groups()]
    [('a', 1, 2), ('b', 2, 1)]
    """

    def __init__(self, limits: Limits) -> None:
        self._limit = limits.text
        # A database without a name is SQLite's own temporary file: unlinked when made, and in memory while small.
        self._database = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._database.execute("PRAGMA journal_mode = OFF")
        self._database.execute("PRAGMA synchronous = OFF")
        self._database.execute("PRAGMA temp_store = FILE")
        self._database.execute("CREATE TABLE release (ocid, text, source, unit, place, changes)")
        self._database.execute("BEGIN")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._database.close()

    def add(  # noqa: PLR0913
        self, ocid: str, text: bytes, source: str, unit: Unit, place: int, *, changes: Sequence[str] = ()
    ) -> None:
        """Keep a release: its text, where it was read, and what was written otherwise there.

        Raises `UserError` if there is no room for it.
        """
        # As bytes, any text is kept and sorted as it is.
        row = (ocid.encode("utf-8", "replace"), text, source, unit, place, "\n".join(changes))
        with kept_there():
            self._database.execute("INSERT INTO release VALUES (?, ?, ?, ?, ?, ?)", row)

    def groups(self) -> Iterator[Group | Unreadable]:
        """Give the releases of each process, in the order of the ocids; as unreadable those too large together."""
        with kept_there():
            self._database.execute("CREATE INDEX by_ocid ON release (ocid, length(text))")
        totals = self._database.execute(
            "SELECT ocid, count(*), sum(length(text)), min(rowid) FROM release INDEXED BY by_ocid GROUP BY ocid"
        )
        for ocid, count, length, first in totals:
            source, unit, place = self._database.execute(
                "SELECT source, unit, place FROM release WHERE rowid = ?", (first,)
            ).fetchone()
            name = ocid.decode()
            if length > self._limit:
                reason = f"the {count:,} releases of {name!r} have more than {self._limit:,} bytes together"
                yield Unreadable(source, unit, place, "too-long", reason, count)
                continue
            rows = self._database.execute("SELECT text, changes FROM release WHERE ocid = ? ORDER BY rowid", (ocid,))
            texts: list[bytes] = []
            changes: set[str] = set()
            for text, its_changes in rows:
                texts.append(text)
                changes.update(its_changes.splitlines())
            yield Group(name, texts, source, unit, place, tuple(sorted(changes)))
