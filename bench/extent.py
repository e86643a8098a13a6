"""How much is measured, and what a measurement is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from rich.table import Table

Figures = dict[str, Any]
"""What was measured, as it is written as JSON."""


@dataclass(frozen=True, slots=True)
class Extent:
    """How much is measured.

    `small`: hardly anything, once, and by the checks as they stand, uncompiled: to see that measuring works, not for
    the figures. `files`: the names of the files that `check_file` takes (none: all). `most`: the largest number of
    releases that `growth` goes up to.
    """

    small: bool = False
    files: Sequence[str] = ()
    most: int = 1_000_000


@dataclass(frozen=True, slots=True)
class Measurement:
    """One part of the benchmark; `name` is also that of its file of figures."""

    name: str
    measure: Callable[[Extent], Figures]
    tables: Callable[[Figures], Sequence[Table]]


def table(title: str, *columns: str) -> Table:
    """Make a table whose first column has words, and all others numbers."""
    made = Table(title=title)
    for index, column in enumerate(columns):
        made.add_column(column, justify="right" if index else "left")
    return made
