"""Measures whether it would pay to take results of releases that didn't change from the ancestor (see `reuse.py`).

Collections are published again and again, and most releases in them stay the same, byte for byte. One that is the same
as in the ancestor needs no look at its fields and no checks of releases. But its facts are still needed, for the
checks of the dataset and over time, so it is still parsed; what is stored of it is to be found and read again, for the
reports count and sample it; and its results must still be written for the new dataset.

What is told is the most that could be won: as if all releases were unchanged, and finding that one isn't cost nothing.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from rich.table import Table

from bench.check_file import EXAMPLE, ROOT, files, name_of
from bench.extent import Extent, Figures, Measurement, table
from scripts.build_compiled import compiled

COLLECTIONS: Final = ("ordinary", "full", "armenia", "moldova", "uk_contracts_finder")
RELEASES: Final = 2_000
RUNS: Final = 5
FEW: Final = 100
SPARED: Final = ("fields", "checks", "store", "copy", "copy_sql")
ADDED: Final = ("digest", "restore", "take_over", "take_over_sql")
NOW: Final = ("whole", "copy", "copy_sql")


def _chosen() -> Iterator[tuple[str, Path]]:
    known = {name_of(path): path for path in files()}
    yield from ((name, known[name]) for name in COLLECTIONS if name in known)


def _measured(path: Path, number: int, runs: int, python_path: str) -> dict[str, Any]:
    command = [sys.executable, str(ROOT / "bench/reuse.py"), str(path), str(number), str(runs)]
    environment = {**os.environ, "PYTHONPATH": python_path}
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)  # noqa: S603 our own
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    now, spared, added = (sum(found[name] for name in names) for names in (NOW, SPARED, ADDED))
    return {
        **found,
        "now": round(now, 1),
        "spared": round(spared, 1),
        "added": round(added, 1),
        "most_to_win": round((spared - added) / now, 3),
    }


def measure(extent: Extent) -> Figures:
    """Measure it on some collections, with the checks compiled."""
    if extent.small:
        return {name_of(EXAMPLE): _measured(EXAMPLE, FEW, 1, str(ROOT))}
    forms = os.pathsep.join([str(compiled()), str(ROOT)])
    return {name: _measured(path, RELEASES, RUNS, forms) for name, path in _chosen()}


def tables(figures: Figures) -> Sequence[Table]:
    """Show the figures."""
    title = "Taking results from the ancestor, in microseconds of CPU per release that is unchanged"
    shown = table(title, "collection", "bytes", "checking now", "spared", "added", "to win, at most")
    for name, row in figures.items():
        costs = [f"{row[part]:,.0f}" for part in ("now", "spared", "added")]
        shown.add_row(name, f"{row['bytes']:,}", *costs, f"{row['most_to_win']:.0%}")
    return [shown]


MEASUREMENT: Final = Measurement("unchanged", measure, tables)
