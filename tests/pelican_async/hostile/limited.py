"""Runs `pelican-async check` as people do, with no more memory than a limit, and gives what it says."""

import json
import os
import resource
import subprocess
import sysconfig
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

COMMAND: Final = str(Path(sysconfig.get_path("scripts")) / "pelican-async")
MEGABYTE: Final = 1_000_000
LONGEST_SECONDS: Final = 120
"""A bound for what never ends: nothing here takes more than a few seconds on a machine of its own."""


@dataclass(frozen=True)
class Checked:
    """How a check ended, what it said, and its report as JSON, if there is one."""

    status: int
    output: str
    errors: str
    report: Mapping[str, Any]

    @property
    def counts(self) -> tuple[int, int, int]:
        """How many releases were read, checked, and not checked."""
        counts = self.report["counts"]
        return counts["read"], counts["checked"], counts["not_checked"]


def _limiting(megabytes: int) -> Callable[[], None]:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (megabytes * MEGABYTE,) * 2)

    return limit


def check(folder: Path, *sources: str, megabytes: int = 1_500, more: tuple[str, ...] = ()) -> Checked:
    """Check sources in a folder: each process may have so many megabytes of addresses, of which a third is for code."""
    ended = subprocess.run(  # noqa: S603 our own command
        [COMMAND, "check", *sources, "--processes=1", "--json=report.json", *more],
        capture_output=True,
        cwd=folder,
        env={"PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8"},
        check=False,
        timeout=LONGEST_SECONDS,
        preexec_fn=_limiting(megabytes),
    )
    report = folder / "report.json"
    written = json.loads(report.read_text("utf-8")) if report.exists() else {}
    report.unlink(missing_ok=True)
    assert "Traceback" not in ended.stderr.decode()
    return Checked(ended.returncode, ended.stdout.decode(), ended.stderr.decode(), written)
