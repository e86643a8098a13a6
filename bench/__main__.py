"""Measures what a release costs, as ratios within one run: absolute times mean nothing on shared machines.

For each file, in turn and several times, each in a fresh process: all checks (the map of every batch, and the reduce),
in both forms (compiled, as in the wheel, and pure Python), `orjson.loads` of the same bytes alone, and
`ocdscardinal.coverage` (a Rust program that does nothing but count field coverage). Medians are compared. Loading
modules and reference data isn't counted; caches are empty at the beginning.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Table

from bench.fairness import LARGE as BEHIND
from bench.fairness import SMALL, fairness
from bench.task import lines
from scripts.build_compiled import compiled

ROOT: Final = Path(__file__).parent.parent
RUNS: Final = int(os.environ.get("BENCH_RUNS", "5"))
TASKS: Final = ("map", "pure_map", "loads", "coverage")
LIMITS: Final = {"full": 3.0, "ordinary": 4.0}
LARGE: Final = 4_000
LARGE_LIMIT: Final = 2.0
SERVICE: Final = {"full": 20_000, "ordinary": 20_000}
"""The golden collections that the service is measured with, and how many releases of each."""
SERVICE_LIMITS: Final = {"full": 3.0}


def files() -> Iterator[Path]:
    """Give the files to measure: the golden collections, and real data, where they exist."""
    golden = Path(os.environ.get("GOLDEN_DIR", ROOT.parent / "shared/golden"))
    data = Path(os.environ.get("DATA_DIR", ROOT.parent / "shared/data"))
    yield from sorted(path for path in (golden / "collections").glob("*.jsonl.gz") if ".later" not in path.name)
    yield from sorted(data.glob("*.jsonl.gz"))
    yield ROOT / "examples/collection.jsonl"


def measure(task: str, path: Path) -> float:
    """Give the CPU seconds that a task takes in a fresh process."""
    name = task.removeprefix("pure_")
    environment = {**os.environ, "PYTHONPATH": str(ROOT if name != task else compiled())}
    command = [sys.executable, str(ROOT / "bench/task.py"), name, str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)  # noqa: S603 our own
    return float(done.stdout)


def compare(path: Path) -> dict[str, float]:
    """Measure all tasks on a file, interleaved; give the medians in microseconds per release, and their ratios."""
    texts = lines(path)
    with tempfile.NamedTemporaryFile(suffix=".jsonl") as plain:
        plain.write(b"\n".join(texts) + b"\n")
        plain.flush()
        seconds: dict[str, list[float]] = {task: [] for task in TASKS}
        for _ in range(RUNS):
            for task in TASKS:
                seconds[task].append(measure(task, Path(plain.name)))
    medians = {task: statistics.median(times) for task, times in seconds.items()}
    return {
        "releases": len(texts),
        "bytes_per_release": round(sum(map(len, texts)) / len(texts)),
        **{f"{task}_microseconds": round(medians[task] / len(texts) * 1e6, 1) for task in TASKS},
        "map_over_coverage": round(medians["map"] / medians["coverage"], 2),
        "pure_map_over_coverage": round(medians["pure_map"] / medians["coverage"], 2),
        "map_over_loads": round(medians["map"] / medians["loads"], 2),
    }


def service() -> Mapping[str, Mapping[str, float]]:
    """Measure the service over its floor, where the golden collections are; print a table."""
    results: dict[str, Mapping[str, float]] = {}
    table = Table(title="The service, in microseconds of CPU and bytes per release")
    columns = ("collection", "releases", "floor", "service", "PostgreSQL", "/ floor", "limit", "bytes", "WAL bytes")
    for column in columns:
        table.add_column(column, justify="left" if column == "collection" else "right")
    for path in files():
        name = path.name.partition(".")[0]
        if name not in SERVICE or "collections" not in path.parts:
            continue
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(compiled()), str(ROOT)])}
        command = [sys.executable, str(ROOT / "bench/service.py"), str(path), str(SERVICE[name])]
        done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)  # noqa: S603 our own
        row = results[name] = json.loads(done.stdout.splitlines()[-1])
        limit = SERVICE_LIMITS.get(name)
        shown = "" if limit is None else f"{limit}{' exceeded' if row['over_floor'] > limit else ''}"
        costs = [f"{row[f'{part}_microseconds']:,}" for part in ("floor", "service", "postgresql")]
        sizes = [f"{row['bytes_per_release']:,}", f"{row['wal_bytes_per_release']:,}"]
        table.add_row(name, f"{row['releases']:,}", *costs, str(row["over_floor"]), shown, *sizes)
    Console(width=120).print(table)
    return results


def shared() -> Sequence[Mapping[str, float]]:
    """Measure how datasets share the service; print a table."""
    rows = fairness()
    table = Table(title=f"A dataset of {SMALL:,} releases behind one of {BEHIND:,}, in seconds")
    for column in ("replicas", "alone", "behind", "behind / alone", "the large one"):
        table.add_column(column, justify="right")
    for row in rows:
        table.add_row(*map(str, row.values()))
    Console(width=120).print(table)
    return rows


def main() -> None:
    """Measure all files, the service and how it is shared; or files whose names are given, or `fairness` alone.

    It prints tables, and, if it measured all, writes `bench/results.json`.
    """
    if sys.argv[1:] == ["fairness"]:
        shared()
        return
    results = {}
    table = Table(title=f"CPU per release, in microseconds (medians of {RUNS} runs)")
    columns = ("file", "releases", "bytes", "compiled", "pure", "loads", "coverage")
    for column in (*columns, "compiled / coverage", "pure / coverage", "compiled / loads", "limit"):
        table.add_column(column, justify="left" if column == "file" else "right")
    for path in files():
        name = path.name.partition(".")[0]
        if sys.argv[1:] and name not in sys.argv[1:]:
            continue
        row = results[name] = compare(path)
        limit = LIMITS.get(name, LARGE_LIMIT if row["bytes_per_release"] >= LARGE else None)
        over = limit is not None and row["map_over_coverage"] > limit
        shown = "" if limit is None else f"{limit}{' exceeded' if over else ''}"
        table.add_row(name, *(f"{value:,}" for value in row.values()), shown)
    Console(width=120).print(table)
    if not sys.argv[1:]:
        measured = {"check_file": results, "service": service(), "fairness": shared()}
        (ROOT / "bench/results.json").write_text(json.dumps(measured, indent=2) + "\n")


if __name__ == "__main__":
    main()
