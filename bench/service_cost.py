"""Measures what a release costs the service, over what no service can do without (see `service.py`)."""

import gzip
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any, Final

from rich.table import Table

from bench.check_file import EXAMPLE, ROOT, files, name_of
from bench.extent import Extent, Figures, Measurement, table
from scripts.build_compiled import compiled

RELEASES: Final = {"full": 20_000, "ordinary": 20_000}
"""The golden collections that it is measured with, and how many releases of each."""
LIMITS: Final = {"full": 2.0, "ordinary": 4.0}
FEW: Final = 250
RUNS: Final = 5


def measure(extent: Extent) -> Figures:
    """Measure it, where the golden collections are."""
    if extent.small:
        with tempfile.NamedTemporaryFile(suffix=".jsonl.gz") as packed:
            packed.write(gzip.compress(EXAMPLE.read_bytes(), compresslevel=1))
            packed.flush()
            return {name_of(EXAMPLE): _measured(Path(packed.name), FEW, str(ROOT))}
    golden = {name_of(path): path for path in files() if "collections" in path.parts}
    forms = os.pathsep.join([str(compiled()), str(ROOT)])
    return {name: _medians(golden[name], number, forms) for name, number in RELEASES.items() if name in golden}


def _medians(path: Path, number: int, python_path: str) -> Figures:
    """Measure it several times; the ratio is the median of those within each run, since machines change their pace."""
    runs = [_measured(path, number, python_path) for _ in range(RUNS)]
    medians = {
        name: median(run[name] for run in runs) for name, value in runs[0].items() if isinstance(value, int | float)
    }
    return {**runs[0], **medians, "runs": RUNS}


def _measured(path: Path, number: int, python_path: str) -> dict[str, Any]:
    command = [sys.executable, str(ROOT / "bench/service.py"), str(path), str(number)]
    environment = {**os.environ, "PYTHONPATH": python_path}
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)  # noqa: S603 our own
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


def tables(figures: Figures) -> Sequence[Table]:
    """Show the figures."""
    columns = ("collection", "releases", "floor", "service", "PostgreSQL", "/ floor", "limit", "bytes", "WAL bytes")
    shown = table("The service, in microseconds of CPU and bytes per release", *columns)
    for name, row in figures.items():
        limit = LIMITS.get(name)
        verdict = "" if limit is None else f"{limit}{' exceeded' if row['over_floor'] > limit else ''}"
        costs = [f"{row[f'{part}_microseconds']:,}" for part in ("floor", "service", "postgresql")]
        sizes = [f"{row['bytes_per_release']:,}", f"{row['wal_bytes_per_release']:,}"]
        shown.add_row(name, f"{row['releases']:,}", *costs, str(row["over_floor"]), verdict, *sizes)
    return [shown]


MEASUREMENT: Final = Measurement("service", measure, tables)
