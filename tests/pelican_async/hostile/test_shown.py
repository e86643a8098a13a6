"""Whatever publishers write, in any place, it is shown as text: in pages, terminals, spreadsheets and lines."""

import json
import os
import pty
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from tests.fuzz import reporting
from tests.pelican_async.hostile.limited import COMMAND
from tests.pelican_async.reports.making import HOSTILE
from tests.pelican_async.reports.test_visible import steering

STRINGS: Final = (
    *(text for text in HOSTILE if text),
    "\x1b]8;;https://evil.example\x1b\\click\x1b]8;;\x1b\\",
    "\x9b2J\x9d0;title\x9c\x90q\x9c",
    "\u202eevil\u2066\u2069\u200f\u061c\ufeff\U000e0041",
    "<svg onload=alert(1)><set attributeName=onmouseover to=alert(1)>",
    "]]></style><svg/onload=alert(1)>",
    "&lt;script&gt;&#x1b;",
    '@SUM(1+1)*cmd|" /C calc"!A0',
    "+1+1",
    "-1+1",
    "\t=1",
    "\uff1d1+1",
    'a","b\n=1+1',
    "%00%0a$(reboot)`reboot`;reboot",
)
PLACES: Final = (
    ("ocid",),
    ("date",),
    ("language",),
    ("buyer", "id"),
    ("buyer", "name"),
    ("tender", "id"),
    ("tender", "title"),
    ("tender", "status"),
    ("tender", "procurementMethod"),
    ("tender", "mainProcurementCategory"),
    ("tender", "tenderPeriod", "startDate"),
    ("tender", "value", "currency"),
    ("tender", "documents", "documentType"),
    ("tender", "documents", "format"),
    ("tender", "documents", "description"),
    ("parties", "contactPoint", "email"),
    ("parties", "contactPoint", "telephone"),
    ("parties", "identifier", "scheme"),
    ("parties", "roles"),
    ("awards", "suppliers", "name"),
    ("relatedProcesses", "relationship"),
    ("relatedProcesses", "scheme"),
)
LISTS: Final = frozenset({"documents", "parties", "awards", "relatedProcesses", "suppliers", "roles"})


def made(text: str) -> dict[str, Any]:
    """Make a release with a text in all places that are quoted somewhere, and in keys."""
    release: dict[str, Any] = {"tag": ["compiled"], text: text}
    for place in PLACES:
        here: Any = release
        for key in place[:-1]:
            here = here.setdefault(key, [{}] if key in LISTS else {})
            here = here[0] if isinstance(here, list) else here
        here[place[-1]] = [text] if place[-1] in LISTS else text
        here.setdefault("amount", -1)
    return release


def lines() -> Iterator[bytes]:
    for text in STRINGS:
        yield json.dumps(made(text)).encode()
        yield json.dumps(text).encode()  # not a release
        yield b'{"ocid": ' + text.encode("utf-8", "replace").replace(b"\n", b" ")  # not JSON


def test_texts_steer_nobody_and_nothing() -> None:
    """The page, the results as JSON, spreadsheets, and the summary on a terminal and in lines."""
    reporting.examine(b"\n".join(lines()))


def test_a_terminal_is_steered_by_nobody(tmp_path: Path) -> None:
    """The command itself, in a terminal, with files whose names are hostile as well."""
    folder = tmp_path / "\x1b[2J\u202e\n=cmd"
    folder.mkdir()
    (folder / "\x1b]0;x\x07.jsonl").write_bytes(b"\n".join(lines()))
    ours, theirs = pty.openpty()
    with subprocess.Popen(  # noqa: S603 our own command
        [COMMAND, "check", str(folder), "--processes=1", "--failures=failures.csv"],
        stdout=theirs,
        stderr=theirs,
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), "TERM": "dumb", "LANG": "C.UTF-8"},
    ) as process:
        os.close(theirs)
        said = b""
        while block := _read(ours):
            said += block
    os.close(ours)
    assert process.returncode == 0
    text = said.decode()
    assert f"{2 * len(STRINGS)} could not be checked" in text
    assert [character for character in steering(text) if character not in "\r\n"] == []
    assert (tmp_path / "failures.csv").stat().st_size


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65_536)
    except OSError:  # its other end is closed
        return b""
