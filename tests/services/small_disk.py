"""Disks that get full soon, for tests: file systems in memory, which only root can make."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def made(folder: Path, kibibytes: int) -> bool:
    """Let a folder, which is made, be a disk of this size; say whether that is allowed here."""
    folder.mkdir()
    options = f"size={kibibytes}k,mode=1777"
    command = ["mount", "-t", "tmpfs", "-o", options, "none", str(folder)]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0  # noqa: S603 as it stands here


def remove(folder: Path) -> None:
    """Remove it, with all that is on it."""
    subprocess.run(["umount", "--lazy", str(folder)], check=True)  # noqa: S603, S607 as above


@contextmanager
def small_disk(folder: Path, kibibytes: int) -> Iterator[Path]:
    """Give a disk for a test, which is skipped where that isn't allowed."""
    if not made(folder, kibibytes):
        pytest.skip("only root can make a small disk")
    try:
        yield folder
    finally:
        remove(folder)


def fill(folder: Path) -> Path:
    """Fill a disk with a file, and give the file."""
    left = os.statvfs(folder)
    file = folder / "filler"
    with file.open("wb") as filler:
        os.posix_fallocate(filler.fileno(), 0, left.f_bavail * left.f_frsize)
    return file
