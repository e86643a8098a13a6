"""A folder for temporary files that is full is said to be; nothing else is blamed for it."""

import io
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from pelican_async.errors import UserError
from pelican_async.reference import codelists, rates
from pelican_async.reference.current import CurrentReferenceData
from pelican_async.sources.unpacking import Allowance, streams
from pelican_async.spool import Spool
from tests.services.command import ran
from tests.services.small_disk import small_disk

EXAMPLE = Path(__file__).parents[2] / "examples" / "collection.jsonl"
SAID = r"^The folder for temporary files, \S+, is full: make room there, or let TMPDIR name another one\.$"
LARGE = 4_000_000
LOOSE = b'{"ocid": "a", "id": "1", "date": "2020-01-01T00:00:00Z", "tag": ["tender"], "title": "%b"}\n' % (b"x" * 4_000)


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    with small_disk(tmp_path / "small", 400) as folder:
        monkeypatch.setattr(tempfile, "tempdir", str(folder))
        monkeypatch.setenv("TMPDIR", str(folder))
        yield folder


class Pipe(io.BytesIO):
    """What can't be read again."""

    def seekable(self) -> bool:
        return False


@pytest.mark.parametrize("line", [EXAMPLE.read_bytes() * 4, LOOSE * 1_000], ids=["compiled", "loose"])
async def test_a_check_says_so(small: Path, tmp_path: Path, line: bytes) -> None:
    large = tmp_path / "large.jsonl"
    large.write_bytes(line)
    ended = await ran({"TMPDIR": str(small)}, "check", str(large), "--processes", "1")
    assert ended.status == 2
    assert ended.error.splitlines()[-1] == (
        f"Error: The folder for temporary files, {small}, is full: make room there, or let TMPDIR name another one."
    )
    assert "Traceback" not in ended.error


@pytest.mark.usefixtures("small")
def test_records_that_find_no_room() -> None:
    with Spool() as spool:
        spool.append(1, b"x" * 100)
        with pytest.raises(UserError, match=SAID):
            spool.append(2, b"x" * LARGE)


@pytest.mark.usefixtures("small")
def test_an_archive_through_a_pipe_that_finds_no_room() -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as members:
        members.writestr("a.json", b" " * LARGE)
    with pytest.raises(UserError, match=SAID):
        list(streams("-", Pipe(archive.getvalue()), Allowance(lambda: LARGE, 2 * LARGE, 1)))


def test_reference_data_of_a_service_that_find_no_room(small: Path) -> None:
    """Those of before stay in use."""
    current = CurrentReferenceData(small)
    with pytest.raises(UserError, match=SAID):
        current.replace(codelists.snapshot(), rates.snapshot())
    assert current.loaded is None
