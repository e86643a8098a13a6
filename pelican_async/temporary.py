"""A folder for the temporary files of this process; what a process left that was killed is removed by the next one."""

import errno
import fcntl
import multiprocessing.util
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Final

from pelican_async.errors import UserError

PREFIX: Final = "pelican-own-"
LOCK: Final = "own.lock"
AFTER_ALL_ELSE: Final = -1000
FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})


@contextmanager
def kept_there() -> Iterator[None]:
    """Turn what a full folder of temporary files leads to into a `UserError`."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        full = error.errno in FULL if isinstance(error, OSError) else error.sqlite_errorcode == sqlite3.SQLITE_FULL
        if not full:
            raise
        raise UserError(
            f"The folder for temporary files, {tempfile.gettempdir()}, is full: make room there, or let TMPDIR name "
            "another one."
        ) from error


@cache
def own_folder() -> Path:
    """Give the folder, which is made and locked at the first call, and removed when this process ends.

    What `multiprocessing` needs is in it too. A folder that nobody holds the lock of is removed.
    """
    base = Path(tempfile.gettempdir())
    _remove_abandoned(base)
    with kept_there():
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=base))
        # It gets its name when it's locked: nobody takes a folder that is just made for an abandoned one.
        lock = os.open(folder / "new.lock", os.O_CREAT | os.O_RDWR, 0o600)
    fcntl.flock(lock, fcntl.LOCK_EX)
    (folder / "new.lock").rename(folder / LOCK)
    before, tempfile.tempdir = tempfile.tempdir, str(folder)
    try:
        multiprocessing.util.get_temp_dir()  # it keeps what it takes now
    finally:
        tempfile.tempdir = before
    multiprocessing.util.Finalize(
        None, shutil.rmtree, args=(folder,), kwargs={"ignore_errors": True}, exitpriority=AFTER_ALL_ELSE
    )
    return folder


def _remove_abandoned(base: Path) -> None:
    for lock in base.glob(f"{PREFIX}*/{LOCK}"):
        try:
            descriptor = os.open(lock, os.O_RDWR | os.O_NOFOLLOW)
        except OSError:
            continue  # somebody else's, or just gone
        try:
            if os.fstat(descriptor).st_uid == os.geteuid() == lock.parent.lstat().st_uid:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(lock.parent, ignore_errors=True)
        except OSError:
            continue  # it's in use
        finally:
            os.close(descriptor)
