"""Temporary files of processes that were killed don't stay."""

import subprocess
import sys
from pathlib import Path

HOLD = "from pelican_async.temporary import own_folder; print(own_folder(), flush=True); input()"


def _holder(folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603 the program above
        [sys.executable, "-c", HOLD],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={"TMPDIR": str(folder), "PATH": ""},
    )


def _named(holder: subprocess.Popen[str]) -> Path:
    assert holder.stdout is not None
    return Path(holder.stdout.readline().strip())


def test_what_a_killed_process_left_is_removed_by_the_next_one(tmp_path: Path) -> None:
    """Nothing else is: neither what another one uses, nor what is like it but isn't ours."""
    other = tmp_path / "pelican-async-of-a-server"
    other.mkdir()
    (other / "lock").touch()
    with _holder(tmp_path) as killed, _holder(tmp_path) as running:
        left, used = _named(killed), _named(running)
        (left / "file").write_text("content")
        killed.kill()
        killed.wait()
        assert left.is_dir()
        with _holder(tmp_path) as following:
            own = _named(following)
            assert sorted(tmp_path.iterdir()) == sorted([other, used, own])
            following.communicate("\n")
        running.communicate("\n")
    assert list(tmp_path.iterdir()) == [other]
