"""Figures that were measured, with when and where, as files of JSON.

Each run leaves its own in `build/bench/`. Those in `bench/measured/` are kept in the repository: the documents show
them, and tests compare with them.
"""

import json
import os
import platform
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import psutil

from bench.extent import Figures

ROOT: Final = Path(__file__).parent.parent
LATEST: Final = ROOT / "build/bench"
KEPT: Final = ROOT / "bench/measured"


def described(figures: Figures, command: str) -> dict[str, Any]:
    """Say when, where and by which command figures were measured."""
    return {
        "measured": datetime.now(UTC).date().isoformat(),
        "machine": f"{os.cpu_count()} cores, {_processor()}, {psutil.virtual_memory().total / 2**30:.0f} GiB",
        "python": platform.python_version(),
        "commit": _commit(),
        "command": command,
        "figures": figures,
    }


def write(folder: Path, name: str, content: Mapping[str, Any]) -> Path:
    """Write the figures of a measurement."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.json"
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def kept(name: str) -> dict[str, Any] | None:
    """Give what is kept of a measurement, if anything is."""
    path = KEPT / f"{name}.json"
    if not path.exists():
        return None
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def _processor() -> str:
    """Name the processor, where that can be known."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _commit() -> str:
    """Give the commit that is measured; a "+" says that files differ from it."""
    command = ["git", "-C", str(ROOT), "describe", "--always", "--dirty=+", "--exclude=*"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603 our own
    return done.stdout.strip() or "unknown"


def command_line() -> str:
    """Give the command that this process was started by, as one would type it."""
    return " ".join(["python -m bench", *sys.argv[1:]])
