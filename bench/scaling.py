"""Says what replicas and what PostgreSQL more releases need, by a simulation of what was measured (see `model.py`).

It starts from the figures of `replicas` that are kept, and is held against its measured points first. In deployments
each replica has a machine of its own with so many cores, as many processes and as many batches at once; PostgreSQL has
another one. They are as small as lets the simulation finish in time with nothing busy for more than four fifths of it.
"""

import sys
from collections.abc import Sequence
from math import ceil
from typing import Any, Final

from rich.table import Table

from bench.extent import Extent, Figures, Measurement, table
from bench.figures import kept
from bench.model import Costs, Deployment, Load, Outcome, simulate

CORES: Final = 4
BUSY: Final = 0.8
HOUR: Final = 3600.0
WANTED: Final = ((10**6, 1), (10**8, 24), (10**8, 1), (10**9, 24), (10**9, 1))
"""Releases, and hours in which they are to be checked."""
EACH: Final = 100_000
FEW: Final = 10_000
"""The releases of each dataset that is simulated; there are two for each replica, so that each always has some."""
DATASETS: Final = 2
ALONE: Final = (1, 2, 4, 8, 16)
"""So many replicas check one dataset that is alone."""
LARGE: Final = 1_000_000
MOST_CORES: Final = 64


def measure(extent: Extent) -> Figures:
    """Simulate what was measured, and what wasn't."""
    found = kept("replicas")
    if found is None:
        sys.exit("There are no figures to start from: python -m bench replicas --write")
    figures = found["figures"]
    costs = Costs.of(figures["steps"])
    each = FEW if extent.small else EACH
    return {
        "measured": found["measured"],
        "points": [_point(costs, figures, row) for row in figures["rows"]],
        "alone": [_alone(costs, number, FEW if extent.small else LARGE) for number in ALONE],
        "needs": [_need(costs, figures["steps"], *wanted, each) for wanted in WANTED[: 2 if extent.small else None]],
    }


def _point(costs: Costs, figures: dict[str, Any], row: dict[str, Any]) -> dict[str, Any]:
    at_once, cores = figures["prefetch_count"], figures["cores"]
    deployment = Deployment(row["replicas"], row["processes"], at_once, shared_cores=cores)
    found = simulate(costs, deployment, Load(1, figures["releases"]))
    simulated = figures["releases"] / found.seconds
    return {
        "replicas": row["replicas"],
        "processes": row["processes"],
        "measured": row["releases_per_second"],
        "simulated": round(simulated),
        "simulated_over_measured": round(simulated / row["releases_per_second"], 2),
    }


def _alone(costs: Costs, replicas: int, releases: int) -> dict[str, Any]:
    """Simulate one dataset, with all that replicas can do for it, and PostgreSQL as large as it gets."""
    found = simulate(costs, Deployment(replicas, CORES, CORES, 0, CORES, MOST_CORES), Load(1, releases))
    return {"replicas": replicas, "releases_per_second": round(releases / found.seconds), **_busiest(found)}


def _need(costs: Costs, steps: dict[str, Any], releases: int, hours: int, each: int) -> dict[str, Any]:
    rate = releases / (hours * HOUR)
    deployment, found, reached = fitting(costs, rate, each)
    wal, stored = (sum(steps[step][name] for step in ("extract", "check", "whole")) for name in ("wal_bytes", "bytes"))
    return {
        "releases": releases,
        "hours": hours,
        "releases_per_second": round(rate),
        "replicas": deployment.replicas,
        "database_cores": deployment.database_cores,
        "simulated_releases_per_second": round(reached),
        "wal_megabytes_per_second": round(rate * wal / 1e6, 1),
        "commits_per_second": round(rate * (1 / costs.batch + 1 / costs.page)),
        "stored_gigabytes": round(releases * stored / 1e9),
        **_busiest(found),
    }


def fitting(costs: Costs, rate: float, each: int) -> tuple[Deployment, Outcome, float]:
    """Give the smallest deployment that checks so many releases a second, how it does, and how many it does check.

    Replicas and cores of PostgreSQL grow by an eighth, and the other of both only if that helps more.
    """
    replicas = max(1, ceil(rate * max((costs.in_all("loop") + costs.in_all("pool")) / CORES, costs.in_all("loop"))))
    cores = max(2, ceil(rate * costs.in_all("database")))
    while True:
        deployment = Deployment(replicas, CORES, CORES, 0, CORES, cores)
        datasets = DATASETS * replicas
        found = simulate(costs, deployment, Load(datasets, each))
        reached = datasets * each / found.seconds
        share = min(1.0, rate / reached)
        of_replicas = max(found.busy["cores of replicas"], found.busy["event loops"]) * share
        of_database = found.busy["PostgreSQL"] * share
        if reached >= rate and max(of_replicas, of_database) <= BUSY:
            return deployment, found, reached
        if of_database >= of_replicas:
            cores = ceil(cores * 9 / 8)
        else:
            replicas = ceil(replicas * 9 / 8)


def _busiest(found: Outcome) -> dict[str, Any]:
    name = max(found.busy, key=lambda part: found.busy[part])
    return {"busiest": name, "busy": round(found.busy[name], 2)}


def tables(figures: Figures) -> Sequence[Table]:
    """Show the figures."""
    points = table("Simulated, and measured", "replicas", "processes each", "measured /s", "simulated /s", "ratio")
    for row in figures["points"]:
        counts = [f"{row[name]:,}" for name in ("processes", "measured", "simulated")]
        points.add_row(str(row["replicas"]), *counts, str(row["simulated_over_measured"]))
    alone = table("One dataset alone, simulated", "replicas", "releases/s", "busiest", "of the time")
    for row in figures["alone"]:
        alone.add_row(str(row["replicas"]), f"{row['releases_per_second']:,}", row["busiest"], f"{row['busy']:.0%}")
    columns = ("releases", "hours", "releases/s", "replicas", "cores of PostgreSQL", "WAL MB/s", "commits/s")
    needs = table("What is needed, in datasets side by side", *columns, "GB stored", "busiest", "of the time")
    for row in figures["needs"]:
        sizes = [f"{row[name]:,}" for name in ("wal_megabytes_per_second", "commits_per_second", "stored_gigabytes")]
        counts = [f"{row[name]:,}" for name in ("releases", "hours", "releases_per_second")]
        parts = [f"{row['replicas']:,}", f"{row['database_cores']:,}"]
        needs.add_row(*counts, *parts, *sizes, row["busiest"], f"{row['busy']:.0%}")
    return [points, alone, needs]


MEASUREMENT: Final = Measurement("scaling", measure, tables)
