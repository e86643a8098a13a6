"""`make bench`, or `python -m bench NAME...` for parts of it: measures, and shows the figures as tables and as JSON."""

import logging
from collections.abc import Mapping, Sequence
from typing import Final

import click
import structlog
from rich.console import Console

from bench import (
    check_file,
    document,
    fairness,
    figures,
    frontend,
    growth,
    instructions,
    pages,
    replicas,
    scaling,
    service_cost,
    unchanged,
    waiting,
)
from bench.extent import Extent, Measurement

MEASUREMENTS: Final[Mapping[str, Measurement]] = {
    "check_file": check_file.MEASUREMENT,
    "service": service_cost.MEASUREMENT,
    "fairness": fairness.MEASUREMENT,
    "frontend": frontend.MEASUREMENT,
    "pages": pages.MEASUREMENT,
    "unchanged": unchanged.MEASUREMENT,
    "waiting": waiting.MEASUREMENT,
    "growth": growth.MEASUREMENT,
    "replicas": replicas.MEASUREMENT,
    "scaling": scaling.MEASUREMENT,
    "instructions": instructions.MEASUREMENT,
}


@click.command
@click.argument("names", metavar="[NAME]...", nargs=-1, type=click.Choice(list(MEASUREMENTS)))
@click.option("--small", is_flag=True, help="Hardly anything, once: to see that it works, not for the figures.")
@click.option("--write", is_flag=True, help="Keep the figures in bench/measured/, and renew the documents with them.")
@click.option("--file", "files", metavar="FILE", multiple=True, help="Only this file's cost, such as ordinary.")
@click.option("--most", metavar="N", default=1_000_000, help="The largest number of releases that growth goes up to.")
def main(*, names: Sequence[str], small: bool, write: bool, files: Sequence[str], most: int) -> None:
    """Measure what releases cost: everything, or what is named."""
    if small and write:
        raise click.UsageError("Figures of the small form mean nothing: they aren't kept.")
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    extent = Extent(small, files, most)
    console = Console(width=140)
    for name in names or MEASUREMENTS:
        measurement = MEASUREMENTS[name]
        found = measurement.measure(extent)
        for shown in measurement.tables(found):
            console.print(shown)
        content = figures.described(found, figures.command_line())
        folder = figures.LATEST / "small" if small else figures.KEPT if write else figures.LATEST
        path = figures.write(folder, measurement.name, content)
        console.print(f"As JSON: {path.relative_to(figures.ROOT)}")
    if write:
        document.write(MEASUREMENTS)


if __name__ == "__main__":
    main()
