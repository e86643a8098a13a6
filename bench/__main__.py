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
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Table

from bench.task import lines
from scripts.build_compiled import compiled

ROOT: Final = Path(__file__).parent.parent
RUNS: Final = int(os.environ.get("BENCH_RUNS", "5"))
TASKS: Final = ("map", "pure_map", "loads", "coverage")
LIMITS: Final = {"full": 3.0, "ordinary": 4.0}
LARGE: Final = 4_000
LARGE_LIMIT: Final = 2.0


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


def main() -> None:
    """Measure all files, or those whose names are given; print a table, and write `bench/results.json`."""
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
        (ROOT / "bench/results.json").write_text(json.dumps({"check_file": results}, indent=2) + "\n")


if __name__ == "__main__":
    main()
