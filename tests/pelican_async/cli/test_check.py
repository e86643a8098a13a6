import fcntl
import json
import os
import pty
import re
import signal
import struct
import subprocess
import sys
import sysconfig
import termios
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest
from jsonschema import Draft202012Validator

COMMAND: Final = str(Path(sysconfig.get_path("scripts")) / "pelican-async")
SCHEMA: Final = json.loads((Path(__file__).parents[3] / "docs" / "report.schema.json").read_text())
RELEASE: Final[Mapping[str, Any]] = {
    "ocid": "ocds-213czf-1",
    "id": "1",
    "date": "2019-01-05T00:00:00Z",
    "tag": ["compiled"],
    "tender": {"id": "1", "title": "Roads", "status": "active", "value": {"amount": 1, "currency": "USD"}},
}


class Ended(NamedTuple):
    status: int
    output: str
    errors: str


Run = Callable[..., Ended]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    (tmp_path / "t").mkdir()

    def run(*arguments: str, given: bytes = b"") -> Ended:
        ended = subprocess.run(  # noqa: S603 our own command
            [COMMAND, "check", *arguments],
            input=given,
            capture_output=True,
            cwd=tmp_path,
            env=environment(tmp_path),
            check=False,
            timeout=60,
        )
        return Ended(ended.returncode, ended.stdout.decode(), ended.stderr.decode())

    return run


def environment(folder: Path) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "TMPDIR": str(folder / "t"), "TERM": "xterm", "LANG": "C.UTF-8"}


def lines(*releases: Mapping[str, Any]) -> bytes:
    return b"".join(json.dumps(release).encode() + b"\n" for release in releases)


def collection(*statuses: str) -> bytes:
    """Make releases of such tenders; those that are active have an award too early."""
    return lines(
        *(
            {
                **RELEASE,
                "ocid": f"ocds-213czf-{number}",
                "tender": {**RELEASE["tender"], "id": str(number), "status": status},
                "awards": [{"id": "1"}] if status == "active" else [],
            }
            for number, status in enumerate(statuses)
        )
    )


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")} - {"t"}


def test_a_file_is_checked_and_all_outputs_are_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "releases.jsonl").write_bytes(collection("active", "planned") + b"{not json\n")
    (tmp_path / "before.jsonl").write_bytes(collection("active"))
    ended = run(
        "releases.jsonl",
        "--previous=before.jsonl",
        "--html=report.html",
        "--json=report.json",
        "--failures=failures.csv",
        "--processes=1",
    )

    assert ended.status == 0, ended.errors
    assert ended.errors == ""
    assert "\x1b" not in ended.output
    assert "READ 3 releases | 2 checked | 1 not checked" in ended.output
    assert "FAIL compiled_release coherent.tender_status | 1 of 2 releases (50.0 %)" in ended.output
    assert "PASS time_based ocid | 1 of 1 found again" in ended.output
    assert ended.output.endswith(
        "The report: report.html\nThe results as JSON: report.json\nEvery failing result: failures.csv\n"
    )
    assert files(tmp_path) == {"releases.jsonl", "before.jsonl", "report.html", "report.json", "failures.csv"}
    assert (tmp_path / "report.html").read_text(encoding="utf-8").lower().startswith("<!doctype html>")
    assert (
        "ocds-213czf-0,compiled_release,coherent.tender_status,tender.status,"
        in (tmp_path / "failures.csv").read_text()
    )
    report = json.loads((tmp_path / "report.json").read_text())
    assert report["counts"] == {"read": 3, "checked": 2, "not_checked": 1}
    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(report)] == []


def test_standard_input_is_a_source(run: Run) -> None:
    ended = run("-", given=lines(RELEASE))

    assert ended.status == 0
    assert "READ 1 release | 1 checked" in ended.output


def test_what_is_required_decides_the_status(run: Run, tmp_path: Path) -> None:
    (tmp_path / "releases.jsonl").write_bytes(collection("active", "planned"))

    met = run("releases.jsonl", "--require=coherent.tender_status=50", "--require=tender.title=100")
    not_met = run("releases.jsonl", "--require=coherent.tender_status=50.1", "--require=tender.title=100")
    assert met.status == 0
    assert "All that is required is met." in met.output
    assert not_met.status == 1
    assert "REQUIRED NOT MET | coherent.tender_status 50 %, required 50.1 %" in not_met.output
    assert "Required, but not met: coherent.tender_status." in not_met.output


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "Missing argument 'SOURCE...'"),
        (["missing.json"], r"missing\.json"),
        (["bad.json"], r"bad\.json, byte 1 ends in the middle"),
        (["releases.jsonl", "--require=coherent.date=5"], "did you mean coherent.dates"),
        (["releases.jsonl", "--require=time_based.ocid=5"], "needs --previous"),
        (["releases.jsonl", "--html=missing/report.html"], "there is no folder"),
        (["releases.jsonl", "--failures=failures.txt"], r"use \.csv, \.jsonl, \.xlsx"),
        (["releases.jsonl", "--json=releases.jsonl"], "is to be checked"),
        (["releases.jsonl", "--json=same", "--html=./same"], "would be written twice"),
        (["-", "--previous=-"], "only once"),
        (["releases.jsonl", "--rates=missing.csv"], r"missing\.csv"),
        (["releases.jsonl", "--processes=0"], "--processes"),
        (["releases.jsonl", "--nonsense"], "--nonsense"),
    ],
    ids=" ".join,
)
def test_wrong_use_is_one_clear_line_and_status_2(run: Run, tmp_path: Path, arguments: list[str], message: str) -> None:
    (tmp_path / "releases.jsonl").write_bytes(lines(RELEASE))
    (tmp_path / "bad.json").write_text("{")
    ended = run(*arguments)

    assert ended.status == 2
    assert ended.output == ""
    assert re.search(message, ended.errors)
    assert [line for line in ended.errors.splitlines() if line.startswith("Error: ")] == [ended.errors.splitlines()[-1]]
    assert files(tmp_path) == {"releases.jsonl", "bad.json"}


def test_nothing_readable_leaves_no_outputs(run: Run, tmp_path: Path) -> None:
    ended = run("-", "--failures=failures.xlsx", "--json=report.json", "--html=report.html", given=b"{}\nnull\n\x00\n")

    assert ended.status == 2
    assert ended.errors.count("\n") == 1
    assert files(tmp_path) == set()


def test_modules_beside_the_data_are_not_run(run: Run, tmp_path: Path) -> None:
    for module in ("checks", "orjson", "multiprocessing", "signal"):
        (tmp_path / f"{module}.py").write_text("open('ran', 'w').close()\n")
    ended = run("-", "--processes=2", given=collection("active", "planned"))

    assert ended.status == 0
    assert "READ 2 releases" in ended.output
    assert not (tmp_path / "ran").exists()


def test_a_pipe_that_closes_early_is_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "t").mkdir()
    (tmp_path / "releases.jsonl").write_bytes(lines(RELEASE))
    ended = subprocess.run(  # noqa: S602 our own command
        f"{COMMAND} check releases.jsonl | true",
        shell=True,
        cwd=tmp_path,
        env=environment(tmp_path),
        capture_output=True,
        check=False,
        timeout=60,
    )

    assert ended.stderr == b""


def test_ctrl_c_stops_at_once_and_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "t").mkdir()
    reading, writing = os.pipe()
    with subprocess.Popen(  # noqa: S603 our own command
        [COMMAND, "check", "-", "--failures=failures.xlsx", "--json=report.json", "--processes=2"],
        stdin=reading,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        env=environment(tmp_path),
        start_new_session=True,
    ) as process:
        os.write(writing, collection(*["active"] * 200))  # and then the source goes silent
        wait_for(lambda: unread(reading) == 0)
        assert any(path.suffix == ".part" for path in tmp_path.iterdir())
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does
        try:
            output, errors = process.communicate(timeout=20)
        finally:
            process.kill()  # what doesn't stop would be waited for without end
        os.close(writing)
    os.close(reading)

    assert process.returncode == 130
    assert output == b""
    assert errors.decode() == "Stopped.\n"
    assert files(tmp_path) == set()


def test_on_a_terminal_there_is_colour_and_progress(tmp_path: Path) -> None:
    (tmp_path / "t").mkdir()
    (tmp_path / "releases.jsonl").write_bytes(collection("active", "planned"))
    ours, theirs = pty.openpty()
    with subprocess.Popen(  # noqa: S603 our own command
        [COMMAND, "check", "releases.jsonl"],
        stdout=theirs,
        stderr=theirs,
        cwd=tmp_path,
        env=environment(tmp_path),
    ) as process:
        os.close(theirs)
        text = read_all(ours)
    os.close(ours)

    assert process.returncode == 0
    assert "\x1b[" in text
    assert "2 releases, " in text
    assert "What fails most, in 2 releases so far" in text
    assert "Nothing was awarded while the tender is open or came to nothing." in text


def wait_for(condition: Callable[[], bool]) -> None:
    """Wait for what another process does: nothing tells of it but the file."""
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        os.sched_yield()


def unread(pipe: int) -> int:
    """Give how many bytes wait in a pipe."""
    (waiting,) = struct.unpack("i", fcntl.ioctl(pipe, termios.FIONREAD, bytes(struct.calcsize("i"))))
    return int(waiting)


def read_all(descriptor: int) -> str:
    pieces = []
    while True:
        try:
            piece = os.read(descriptor, 65_536)
        except OSError:  # the other end is closed
            break
        if not piece:
            break
        pieces.append(piece)
    return b"".join(pieces).decode(errors="replace")


def test_the_version_is_said() -> None:
    ended = subprocess.run([COMMAND, "--version"], capture_output=True, check=True)  # noqa: S603 our own command

    assert re.fullmatch(rb"pelican-async, version \S+\n", ended.stdout)


def test_it_runs_with_the_interpreter_of_its_environment() -> None:
    assert Path(COMMAND).parent == Path(sys.executable).parent
