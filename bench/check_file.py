"""Measures what a release costs `check FILE`, as ratios within one run: absolute times mean nothing on shared machines.

For each file, each in a fresh process: all checks (the map of every batch, and the reduce), in both forms (compiled, as
in the wheel, and pure Python), `orjson.loads` of the same bytes alone, and `ocdscardinal.coverage` (a Rust program that
does nothing but count field coverage). All of it in several rounds: for minutes at a time a shared machine is slower,
and not by the same for all programs, so what is to be compared is measured one after the other, and each file at
different times. The ratios are the medians of those within each round. Loading modules and reference data isn't
counted; caches are empty at the beginning.
"""

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from rich.table import Table

from bench.extent import Extent, Figures, Measurement, table
from bench.task import lines
from scripts.build_compiled import compiled

ROOT: Final = Path(__file__).parent.parent
EXAMPLE: Final = ROOT / "examples/collection.jsonl"
ROUNDS: Final = int(os.environ.get("BENCH_RUNS", "9"))
TASKS: Final = ("map", "pure_map", "loads", "coverage")
LIMITS: Final = {"full": 1.6, "ordinary": 2.0}
LARGE: Final = 4_000
LARGE_LIMIT: Final = 1.0
"""The limit of files whose releases have so many bytes on average."""


def files() -> Iterator[Path]:
    """Give the files to measure: the golden collections, and real data, where they exist."""
    golden = Path(os.environ.get("GOLDEN_DIR", ROOT.parent / "shared/golden"))
    data = Path(os.environ.get("DATA_DIR", ROOT.parent / "shared/data"))
    yield from sorted(path for path in (golden / "collections").glob("*.jsonl.gz") if ".later" not in path.name)
    yield from sorted(data.glob("*.jsonl.gz"))
    yield EXAMPLE


def name_of(path: Path) -> str:
    """Give the name that a file is shown by."""
    return path.name.partition(".")[0]


def measure(extent: Extent) -> Figures:
    """Measure all files, or those that are named."""
    tasks = [task for task in TASKS if task != "coverage" or find_spec("ocdscardinal") is not None]
    if extent.small:
        return _compared([EXAMPLE], [task for task in tasks if task != "map"], rounds=1)
    return _compared([path for path in files() if not extent.files or name_of(path) in extent.files], tasks, ROUNDS)


def _compared(paths: Sequence[Path], tasks: Sequence[str], rounds: int) -> Figures:
    """Measure tasks on files; give the medians in microseconds per release, and those of their ratios."""
    with tempfile.TemporaryDirectory() as folder:
        texts = {path: lines(path) for path in paths}
        plain = {path: Path(folder) / f"{name_of(path)}.jsonl" for path in paths}
        for path, place in plain.items():
            place.write_bytes(b"\n".join(texts[path]) + b"\n")
        found = [
            {path: {task: _seconds(task, place) for task in tasks} for path, place in plain.items()}
            for _ in range(rounds)
        ]
    return {name_of(path): _row(texts[path], [a_round[path] for a_round in found]) for path in paths}


def _row(texts: Sequence[bytes], found: Sequence[dict[str, float]]) -> dict[str, float]:
    """Give the figures of a file from the seconds of each round, by task."""
    ratios = (("map", "coverage"), ("pure_map", "coverage"), ("map", "loads"), ("pure_map", "loads"))
    return {
        "releases": len(texts),
        "bytes_per_release": round(sum(map(len, texts)) / len(texts)),
        **{
            f"{task}_microseconds": round(statistics.median([one[task] for one in found]) / len(texts) * 1e6, 1)
            for task in found[0]
        },
        **{
            f"{one}_over_{other}": round(statistics.median([each[one] / each[other] for each in found]), 2)
            for one, other in ratios
            if {one, other} <= {*found[0]}
        },
    }


def _seconds(task: str, path: Path) -> float:
    """Give the CPU seconds that a task takes in a fresh process."""
    name = task.removeprefix("pure_")
    environment = {**os.environ, "PYTHONPATH": str(compiled() if task == "map" else ROOT)}
    command = [sys.executable, str(ROOT / "bench/task.py"), name, str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)  # noqa: S603 our own
    return float(done.stdout)


def _limit(name: str, row: dict[str, Any]) -> str:
    limit = LIMITS.get(name, LARGE_LIMIT if row["bytes_per_release"] >= LARGE else None)
    if limit is None or "map_over_coverage" not in row:
        return ""
    return f"{limit}{' exceeded' if row['map_over_coverage'] > limit else ''}"


COLUMNS: Final = {
    "releases": "releases",
    "bytes": "bytes_per_release",
    "compiled": "map_microseconds",
    "pure": "pure_map_microseconds",
    "loads": "loads_microseconds",
    "coverage": "coverage_microseconds",
    "compiled / coverage": "map_over_coverage",
    "pure / coverage": "pure_map_over_coverage",
    "compiled / loads": "map_over_loads",
}


def tables(figures: Figures) -> Sequence[Table]:
    """Show the figures."""
    shown = table("check FILE: CPU per release, in microseconds (medians)", "file", *COLUMNS, "limit")
    for name, row in figures.items():
        shown.add_row(name, *(f"{row[key]:,}" if key in row else "" for key in COLUMNS.values()), _limit(name, row))
    return [shown]


MEASUREMENT: Final = Measurement("check_file", measure, tables)
