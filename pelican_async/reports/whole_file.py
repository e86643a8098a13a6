"""Writes a file wholly or not at all: beside its place first, and there only when it is complete."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import TextIO

from pelican_async.errors import UserError


def check_writable(path: Path) -> None:
    """Raise a `UserError` if a file can't be written here: so that one learns it before a long run, not after."""
    if path.is_dir():
        raise UserError(f"{path} is a folder: name a file to write")
    if path.exists() and not path.is_file():
        raise UserError(f"{path} is not a file that can be written")
    if not path.resolve().parent.is_dir():
        raise UserError(f"{path} can't be written: there is no folder {path.resolve().parent}")
    with writing(path), TemporaryFile(dir=path.resolve().parent):
        pass  # without a name where the system can, so that nothing is left behind whenever it is stopped


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn what the system says about a file that can't be written into a `UserError`."""
    try:
        yield
    except OSError as error:
        raise UserError(f"{path} can't be written: {(error.strerror or str(error)).lower()}") from error


@contextmanager
def part_of(path: Path) -> Iterator[Path]:
    """Give an empty file beside `path`, which takes its place at the end of the block, or goes if the block fails."""
    part = path.resolve().with_name(f".pelican-async-{secrets.token_hex(6)}.part")
    try:
        with writing(path):
            _create(part)
        yield part
        with writing(path):
            part.replace(path.resolve())
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def text_for(path: Path) -> Iterator[TextIO]:
    """Open a text file in UTF-8 to write, as `part_of` does."""
    with part_of(path) as part, writing(path), part.open("w", encoding="utf-8", newline="") as file:
        yield file


def _create(part: Path) -> None:
    os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
