"""Disks that get full soon, for tests: file systems in memory, which only root can make."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def small_disk(folder: Path, kibibytes: int) -> Iterator[Path]:
    """Let a folder, which is made, be a disk of this size. The test is skipped where that isn't allowed."""
    folder.mkdir()
    mounted = subprocess.run(  # noqa: S603 as it stands here
        ["mount", "-t", "tmpfs", "-o", f"size={kibibytes}k,mode=1777", "none", str(folder)],  # noqa: S607
        check=False,
        capture_output=True,
        text=True,
    )
    if mounted.returncode:
        pytest.skip(f"Only root can make a small disk: {mounted.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)  # noqa: S603, S607 as above


def fill(folder: Path, *, but: int) -> Path:
    """Fill a disk with a file, but so many KiB, and give the file."""
    left = os.statvfs(folder)
    file = folder / "filler"
    with file.open("wb") as filler:
        os.posix_fallocate(filler.fileno(), 0, left.f_bavail * left.f_frsize - but * 1024)
    return file
