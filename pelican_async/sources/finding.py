"""The files that are meant by a source: a file, a folder or `-`."""

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

STDIN = "-"


def files(source: str) -> Iterator[Path]:
    """Give the file that a path names, or every file in the folder, recursively and sorted.

    Files and folders in it whose names begin with a dot are left out, as is what isn't a file (a socket, a pipe): those
    would be waited for without end. Raises `OSError` if there is nothing at the path.
    """
    path = Path(source)
    if not stat.S_ISDIR(path.stat().st_mode):
        yield path
        return
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(folder, name)
            # A link that leads nowhere is given all the same, so that it is reported.
            if not name.startswith(".") and (file.is_file() or not file.exists()):
                yield file


def size(sources: Sequence[str]) -> int | None:
    """Give how many bytes the sources have on disk; None if that can't be known (standard input, pipes).

    What is missing counts as nothing here: reading reports it.
    """
    total = 0
    for source in sources:
        if source == STDIN:
            return None
        try:
            found = [file.stat() for file in files(source) if file.exists()]
        except OSError:
            continue
        if not all(stat.S_ISREG(status.st_mode) for status in found):
            return None
        total += sum(status.st_size for status in found)
    return total


def shown(name: str) -> str:
    """Give a file's name as it can be shown: what can't be printed (control characters, stray bytes) is U+FFFD."""
    return "".join(character if character.isprintable() else "\ufffd" for character in name)
