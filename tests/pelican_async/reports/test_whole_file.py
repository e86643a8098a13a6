import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from pelican_async.errors import UserError
from pelican_async.reports.whole_file import check_writable, part_of, text_for


def test_the_file_is_there_when_the_block_ends(tmp_path: Path) -> None:
    place = tmp_path / "report.html"
    with text_for(place) as file:
        file.write("é\r\n")
        assert not place.exists()

    assert place.read_bytes() == b"\xc3\xa9\r\n"
    assert list(tmp_path.iterdir()) == [place]


def failing(error: type[BaseException]) -> Iterator[str]:
    yield "half"
    raise error


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError])
def test_nothing_is_left_if_the_block_fails(tmp_path: Path, error: type[BaseException]) -> None:
    place = tmp_path / "report.html"
    place.write_text("before")
    with pytest.raises(error), text_for(place) as file:
        file.writelines(failing(error))

    assert place.read_text() == "before"
    assert list(tmp_path.iterdir()) == [place]


def test_an_error_of_the_system_in_the_block_is_not_said_to_be_of_the_file(tmp_path: Path) -> None:
    with pytest.raises(ConnectionError), part_of(tmp_path / "failures.csv"):
        raise ConnectionError


def test_a_full_disk_is_said(tmp_path: Path) -> None:
    with (
        pytest.raises(UserError, match=r"report\.html can't be written: no space left"),
        text_for(tmp_path / "report.html"),
    ):
        raise OSError(28, "No space left on device")


def test_the_file_has_the_usual_permissions(tmp_path: Path) -> None:
    usual = tmp_path / "usual"
    usual.touch()
    with text_for(tmp_path / "written"):
        pass

    assert (tmp_path / "written").stat().st_mode == usual.stat().st_mode


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    place = tmp_path / "place"
    place.touch()
    link = tmp_path / "link"
    link.symlink_to(place)
    with text_for(link) as file:
        file.write("new")

    assert link.is_symlink()
    assert place.read_text() == "new"


def test_what_cannot_be_written_is_said_before(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")

    check_writable(tmp_path / "new.html")
    with pytest.raises(UserError, match="is a folder"):
        check_writable(tmp_path / "folder")
    with pytest.raises(UserError, match="there is no folder"):
        check_writable(tmp_path / "missing" / "new.html")
    with pytest.raises(UserError, match="is not a file"):
        check_writable(tmp_path / "pipe")
    with pytest.raises(UserError, match="can't be written"):
        check_writable(Path("/proc/new.html"))
    assert {path.name for path in tmp_path.iterdir()} == {"folder", "pipe"}
